//! What happened, as far as the officer could find out in the call: her first account, and
//! whether a crime is recorded. One stream an incident. Pure.
//! Read: event, command, state, decide, permit.

pub mod command;
mod decide;
pub mod event;
pub mod limits;
pub mod permit;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::{Investigation, Refusal};
pub use event::Event;
pub use permit::PERMITS;
pub use state::{Classified, Paragraph, State};

kernel::id!(InvestigationId, "investigation");

impl From<incident::IncidentId> for InvestigationId {
    /// One investigation an incident, so both have the same 128 bits.
    fn from(incident: incident::IncidentId) -> Self {
        Self(incident.0)
    }
}
