//! One filling-in of an instrument for one incident, and the officer's own grade. The answers
//! never compute the grade: they are shown to somebody who decides. Pure.
//! Read: instrument, event, command, state, decide, permit.

pub mod command;
mod decide;
pub mod event;
pub mod instrument;
pub mod limits;
pub mod permit;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::{Answer, Command};
pub use decide::{Refusal, Risk};
pub use event::{Channel, Event, Given, Grade};
pub use instrument::{Flag, Instrument, Question, Scale, Section};
pub use permit::PERMITS;
pub use state::{Assessment, Graded, Kept, State};

kernel::id!(RiskId, "risk");

impl From<incident::IncidentId> for RiskId {
    /// One assessment an incident, so both have the same 128 bits.
    fn from(incident: incident::IncidentId) -> Self {
        Self(incident.0)
    }
}
