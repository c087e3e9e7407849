//! What can be asked.

use crate::event::{Cause, Outcome, Raised, Task};
use crate::policy::Policy;
use incident::IncidentId;
use kernel::At;
use kernel::id::StaffId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What somebody had to do with the incident before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Recorded whether it is a crime.
    Decision,
    /// Was the officer of the call.
    Call,
    /// Graded it, or its risk.
    Grade,
    /// Closed it.
    Closing,
    /// Screened it.
    Screening,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 5] =
        [Self::Decision, Self::Call, Self::Grade, Self::Closing, Self::Screening];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Call => "call",
            Self::Grade => "grade",
            Self::Closing => "closing",
            Self::Screening => "screening",
        }
    }

    /// In words, after "you".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Decision => "recorded whether it is a crime",
            Self::Call => "were the officer of the call",
            Self::Grade => "graded it",
            Self::Closing => "closed it",
            Self::Screening => "screened it",
        }
    }
}

/// Somebody who made what is reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Author {
    /// Who.
    pub staff: StaffId,
    /// What of it.
    pub part: Part,
}

/// What a reviewer says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// What is decided.
    pub outcomes: BTreeSet<Outcome>,
    /// What was found.
    pub finding: String,
    /// What others can learn.
    pub learning: String,
    /// Of which crime.
    pub offence: String,
    /// How high the risk is.
    pub raise_to: Option<Raised>,
    /// Whether it has been recorded as a crime meanwhile.
    pub crime_now: bool,
    /// Who made what is reviewed, as far as is known now.
    pub authors: Vec<Author>,
}

/// One request, under these data.
#[derive(Clone, Debug)]
pub struct Command {
    /// The force's data.
    pub policy: Arc<Policy>,
    /// What.
    pub act: Act,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Put it up for review.
    Open { incident: IncidentId, cause: Cause, author: Option<StaffId>, since: At },
    /// I review it.
    Take { authors: Vec<Author> },
    /// I do not.
    PutBack { reason: String },
    /// Its time is over.
    Escalate { due: At },
    /// This is what I find.
    Decide(Box<Judgement>),
    /// The crime was recorded.
    NoteCrime,
    /// The crime could not be recorded by itself.
    LeaveCrime,
    /// What was asked for is done.
    FinishTask { task: Task, note: String },
}
