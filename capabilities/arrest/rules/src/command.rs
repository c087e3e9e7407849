//! What can be asked.

use crate::OrderId;
use crate::event::{Necessity, RiskGrade};
use crate::policy::Policy;
use incident::IncidentId;
use kernel::At;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything a team must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// For which incident.
    pub incident: IncidentId,
    /// Who.
    pub suspect: String,
    /// What he is suspected of, and on what grounds.
    pub grounds: String,
    /// Which kinds of necessity.
    pub necessity: BTreeSet<Necessity>,
    /// The same in words.
    pub necessity_words: String,
    /// Where he is or will be; may be empty.
    pub whereabouts: String,
    /// What the team must know before it knocks; "none known" is an answer, nothing is not.
    pub risks: String,
    /// What she wishes; may be empty.
    pub wishes: String,
    /// How pressing it is; nothing when it is not graded yet.
    pub risk: Option<RiskGrade>,
    /// When she reported.
    pub reported_at: Option<At>,
    /// Whether there is an open request for the same person in the same incident.
    pub open_already: bool,
}

/// Bail, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bail {
    /// When it ends.
    pub ends_at: Option<At>,
    /// When it is looked at again.
    pub review_at: Option<At>,
    /// What he must and must not do.
    pub terms: String,
}

/// One request, under the policy of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The numbers and codes that count now.
    pub policy: Arc<Policy>,
    /// What is asked.
    pub act: Act,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Ask for an arrest.
    Request(Box<Request>),
    /// Say how pressing it is.
    Grade { risk: RiskGrade, reason: String },
    /// Ask a team.
    Assign { team: String, note: String },
    /// Take it upon oneself.
    Take,
    /// Give it to the next shift.
    HandOver { team: String, reason: String },
    /// Say that somebody tried.
    Attempt { tried_at: At, place: String, reason: String, result: String },
    /// Have him wanted everywhere.
    Circulate { reference: String },
    /// Have him wanted no more.
    CancelCirculation { reason: String },
    /// Say that he is arrested.
    CarryOut { arrested_at: At, place: String, custody: String },
    /// Say that he came by himself.
    Attend { attended_at: At, place: String },
    /// Say that he left custody.
    Release { released_at: At },
    /// Say what came of it. `order` names the order that holds his bail, if he is on bail.
    Conclude { outcome: String, note: String, court_at: Option<At>, bail: Bail, order: OrderId },
    /// Say that she was told.
    Tell { how: String, note: String },
    /// Say that she could not be told.
    TryTelling { note: String },
    /// Ask that it be withdrawn.
    AskWithdrawal { reason: String },
    /// Agree, as another person. `owed_elsewhere`: she is still to be told of something else.
    AgreeWithdrawal { reason: String, owed_elsewhere: bool },
    /// Say that it stands.
    RefuseWithdrawal { reason: String },
    /// Put it away.
    Close { owed_elsewhere: bool },
    /// Time is up: nobody tried.
    NoteAttemptMissed { due: At },
    /// Time is up: she was not told.
    NoteTellingMissed { due: At },
}
