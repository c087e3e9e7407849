//! What stands now.

use crate::command::Part;
use crate::event::{Cause, Event, Outcome, Raised, Task};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{At, Personal};
use std::collections::{BTreeMap, BTreeSet};

/// Where the present round stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Never put up.
    #[default]
    None,
    /// In the queue.
    Waiting,
    /// In the queue, with somebody.
    Taken(StaffId),
    /// Reviewed.
    Reviewed,
}

impl Stage {
    /// Whether it is in the queue.
    pub const fn open(self) -> bool {
        matches!(self, Self::Waiting | Self::Taken(_))
    }

    /// Who has it.
    pub const fn holder(self) -> Option<StaffId> {
        match self {
            Self::Taken(staff) => Some(staff),
            Self::None | Self::Waiting | Self::Reviewed => None,
        }
    }

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Waiting => "waiting",
            Self::Taken(_) => "taken",
            Self::Reviewed => "reviewed",
        }
    }
}

/// One round, reviewed.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// When.
    pub at: At,
    /// Who.
    pub by: Option<StaffId>,
    /// What was decided.
    pub outcomes: BTreeSet<Outcome>,
    /// What was found.
    pub finding: Personal<String>,
    /// What others can learn.
    pub learning: Personal<String>,
    /// Of which crime.
    pub offence: Option<Personal<String>>,
    /// How high the risk is.
    pub raise_to: Option<Raised>,
    /// Whether the crime was recorded by itself.
    pub crime_recorded: bool,
}

/// The review of one incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Of what.
    pub incident: Option<IncidentId>,
    /// Where the present round stands.
    pub stage: Stage,
    /// Which round it is.
    pub round: u32,
    /// Why.
    pub cause: Option<Cause>,
    /// Since when.
    pub opened_at: Option<At>,
    /// By when.
    pub due: Option<At>,
    /// Whether a supervisor was called.
    pub escalated: bool,
    /// Who cannot review it, of those known when it was put up; of every round.
    pub authors: BTreeMap<StaffId, Part>,
    /// Rounds before, and the last one.
    pub judged: Vec<Judged>,
    /// What is still to be done, by when.
    pub tasks: BTreeMap<Task, At>,
}

impl State {
    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::Opened { incident, cause, author, due, round } => {
                self.incident = Some(*incident);
                self.stage = Stage::Waiting;
                (self.cause, self.due, self.round) = (Some(*cause), Some(*due), *round);
                self.opened_at = Some(at);
                self.escalated = false;
                let part = match cause {
                    Cause::NoDecision => Part::Closing,
                    Cause::NonCrime | Cause::Missed => Part::Decision,
                };
                self.authors.extend(author.map(|author| (author, part)));
            }
            Event::Taken { by, .. } => self.stage = Stage::Taken(*by),
            Event::PutBack { .. } => self.stage = Stage::Waiting,
            Event::Escalated { .. } => self.escalated = true,
            Event::Decided { outcomes, finding, learning, offence, raise_to, .. } => {
                self.judged.push(Judged {
                    at,
                    by: self.stage.holder(),
                    outcomes: outcomes.clone(),
                    finding: finding.clone(),
                    learning: learning.clone(),
                    offence: offence.clone(),
                    raise_to: *raise_to,
                    crime_recorded: false,
                });
                self.stage = Stage::Reviewed;
            }
            Event::CrimeRecorded {} => {
                if let Some(last) = self.judged.last_mut() {
                    last.crime_recorded = true;
                }
            }
            Event::TaskLeft { task, due, .. } => {
                self.tasks.insert(*task, *due);
            }
            Event::TaskDone { task, .. } => {
                self.tasks.remove(task);
            }
        }
        self
    }
}
