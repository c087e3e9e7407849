//! What was done to keep her safe from tonight on: advice given, and actions that somebody owes
//! by a time. One stream an incident. Pure.
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
pub use decide::{Refusal, Safeguarding};
pub use event::{Advice, Event, Owner};
pub use permit::PERMITS;
pub use state::{Action, Standing, State};

kernel::id!(SafeguardingId, "safeguarding");

impl From<incident::IncidentId> for SafeguardingId {
    /// One plan an incident, so both have the same 128 bits.
    fn from(incident: incident::IncidentId) -> Self {
        Self(incident.0)
    }
}
