//! What can be asked of a notice, an order, or bail.

use super::event::{Authority, Clock, EndedAs, Kind, Step};
use crate::ArrestId;
use crate::policy::Policy;
use incident::IncidentId;
use kernel::At;
use std::sync::Arc;

/// Everything about a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Making {
    /// What it is.
    pub of: Kind,
    /// For which incident.
    pub incident: IncidentId,
    /// After which arrest, if after one.
    pub arrest: Option<ArrestId>,
    /// From when.
    pub starts_at: At,
    /// When he was arrested, for bail.
    pub arrested_at: Option<At>,
    /// Until when; of a notice the law says it.
    pub ends_at: Option<At>,
    /// When it is looked at again.
    pub review_at: Option<At>,
    /// Whom it binds.
    pub suspect: String,
    /// What he must and must not do.
    pub terms: String,
    /// The court or station, and its reference.
    pub issued_by: String,
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
    /// Record it.
    Make(Box<Making>),
    /// It stands until then; `decided_at`: when that was decided.
    Extend { until: At, authority: Authority, decided_at: At, reason: String },
    /// A court is asked, and sits then.
    Apply { court_at: At, reason: String },
    /// He broke it.
    Breach { breached_at: At, reason: String },
    /// It is over.
    End { ended_as: EndedAs, ended_at: At, reason: String },
    /// It was looked at.
    Review { note: String, review_at: Option<At> },
    /// She was told.
    Tell { how: String, note: String },
    /// She was told then, at the arrest that this came from.
    TellAtArrest { how: String, note: String, told_at: At },
    /// Put it away.
    Close { owed_elsewhere: bool },
    /// A clock says so; `due`: the instant that was waited for.
    Note { clock: Clock, step: Step, due: At },
}
