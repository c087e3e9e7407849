//! Where a request stands. Being taken up, planned and carried out come with a later issue.

use crate::event::Event;
use incident::IncidentId;

/// One request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was asked.
    #[default]
    NotRequested,
    /// A team is asked.
    Requested {
        /// For which incident.
        incident: IncidentId,
    },
    /// Nobody is asked any more.
    Withdrawn,
}

impl State {
    pub(crate) fn after(self, event: &Event) -> Self {
        match (self, event) {
            (Self::NotRequested, Event::Requested { incident, .. }) => {
                Self::Requested { incident: *incident }
            }
            (Self::Requested { .. }, Event::Withdrawn { .. }) => Self::Withdrawn,
            (state, _) => state,
        }
    }
}
