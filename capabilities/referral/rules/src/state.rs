//! Where a referral stands.

use crate::event::{Agency, Event};
use incident::IncidentId;
use kernel::At;

/// One referral.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody was asked.
    #[default]
    NotRequested,
    /// Somebody is.
    Requested {
        /// For whom.
        incident: IncidentId,
        /// Which kind of agency.
        agency: Agency,
        /// By when.
        due_at: At,
    },
    /// Nobody is any more.
    Withdrawn,
}

impl State {
    pub(crate) fn after(self, event: &Event) -> Self {
        match (self, event) {
            (Self::NotRequested, Event::Requested { incident, agency, due_at, .. }) => {
                Self::Requested { incident: *incident, agency: *agency, due_at: *due_at }
            }
            (Self::Requested { .. }, Event::Withdrawn { .. }) => Self::Withdrawn,
            (state, _) => state,
        }
    }
}
