//! Where a request stands.

use crate::event::{Event, RiskGrade};
use incident::IncidentId;
use kernel::At;
use kernel::id::StaffId;

/// How far a request is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was asked.
    #[default]
    NotRequested,
    /// Asked, of nobody in particular.
    Requested,
    /// A team is asked.
    Assigned,
    /// Somebody has taken it.
    Taken,
    /// He is arrested.
    Arrested,
    /// He came by himself.
    Attended,
    /// Nothing more is to be done.
    Closed,
    /// Nobody is asked any more.
    Withdrawn,
}

impl Stage {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotRequested => "not_requested",
            Self::Requested => "requested",
            Self::Assigned => "assigned",
            Self::Taken => "taken",
            Self::Arrested => "arrested",
            Self::Attended => "attended",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether he is still to be arrested.
    pub const fn wanted(self) -> bool {
        matches!(self, Self::Requested | Self::Assigned | Self::Taken)
    }

    /// Whether he was arrested or came, and it is not put away.
    pub const fn made(self) -> bool {
        matches!(self, Self::Arrested | Self::Attended)
    }
}

/// One request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How far it is.
    pub stage: Stage,
    /// For which incident.
    pub incident: Option<IncidentId>,
    /// When it was asked.
    pub requested_at: At,
    /// When she reported.
    pub reported_at: Option<At>,
    /// How pressing it is.
    pub risk: Option<RiskGrade>,
    /// Which team has it.
    pub team: Option<String>,
    /// Who has taken it.
    pub holder: Option<StaffId>,
    /// How often somebody tried.
    pub attempts: u32,
    /// From when the present clock runs: the request, or the last attempt.
    pub since: At,
    /// By when somebody has to try.
    pub attempt_due: Option<At>,
    /// How often nobody tried in time.
    pub missed: u32,
    /// Whether he is wanted everywhere.
    pub circulated: bool,
    /// When he was arrested.
    pub arrested_at: Option<At>,
    /// When he came by himself.
    pub attended_at: Option<At>,
    /// When he left custody.
    pub released_at: Option<At>,
    /// What came of it last.
    pub outcome: Option<String>,
    /// Whether nothing more is expected.
    pub settled: bool,
    /// When a court will see him.
    pub court_at: Option<At>,
    /// By when she is told; nothing when she knows everything.
    pub tell_by: Option<At>,
    /// Whether she was not told in time, of what is owed now.
    pub telling_missed: bool,
    /// Who asked that it be withdrawn; `Some(None)` when it was none of the staff.
    pub withdrawal: Option<Option<StaffId>>,
}

impl State {
    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        match event {
            Event::Requested { incident, risk, attempt_due, reported_at, .. } => {
                (self.stage, self.incident) = (Stage::Requested, Some(*incident));
                (self.requested_at, self.since, self.reported_at) = (at, at, *reported_at);
                (self.risk, self.attempt_due) = (*risk, *attempt_due);
            }
            Event::Graded { risk, attempt_due, .. } => {
                (self.risk, self.attempt_due) = (Some(*risk), Some(*attempt_due));
            }
            Event::Assigned { team, .. } | Event::HandedOver { team, .. } => {
                (self.stage, self.holder) = (Stage::Assigned, None);
                self.team = Some(team.clone());
            }
            Event::Taken { officer } => (self.stage, self.holder) = (Stage::Taken, *officer),
            Event::Attempted { attempt_due, .. } => {
                (self.attempts, self.since) = (self.attempts + 1, at);
                self.attempt_due = Some(*attempt_due);
            }
            Event::AttemptMissed { .. } => self.missed += 1,
            Event::Circulated { .. } => self.circulated = true,
            Event::CirculationCancelled { .. } => self.circulated = false,
            Event::CarriedOut { arrested_at, tell, .. } => {
                (self.stage, self.arrested_at) = (Stage::Arrested, Some(*arrested_at));
                self.made(tell.by);
            }
            Event::AttendedVoluntarily { attended_at, tell, .. } => {
                (self.stage, self.attended_at) = (Stage::Attended, Some(*attended_at));
                self.made(tell.by);
            }
            Event::Released { released_at, tell } => {
                (self.released_at, self.tell_by) = (Some(*released_at), Some(tell.by));
            }
            Event::OutcomeRecorded { outcome, settled, court_at, tell, .. } => {
                (self.outcome, self.settled) = (Some(outcome.clone()), *settled);
                (self.court_at, self.tell_by) = (*court_at, Some(tell.by));
            }
            Event::VictimTold { .. } => (self.tell_by, self.telling_missed) = (None, false),
            Event::TellingTried { .. } => {}
            Event::TellingMissed { .. } => self.telling_missed = true,
            Event::WithdrawalAsked { by, .. } => self.withdrawal = Some(*by),
            Event::WithdrawalRefused { .. } => self.withdrawal = None,
            Event::Withdrawn { .. } => {
                (self.stage, self.attempt_due) = (Stage::Withdrawn, None);
                self.withdrawal = None;
            }
            Event::Closed {} => self.stage = Stage::Closed,
        }
        self
    }

    fn made(&mut self, tell_by: At) {
        (self.attempt_due, self.withdrawal) = (None, None);
        self.tell_by = Some(tell_by);
    }
}
