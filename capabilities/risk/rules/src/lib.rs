//! The assessments of one incident: what was asked and who could hear, the officer's own grade,
//! the second grade, and what asks for a new one. The answers never compute a grade: they are
//! shown to somebody who decides. Pure.
//! Read: instrument, check, event, command, state, decide, judge, policy, permit.

pub mod check;
pub mod command;
mod decide;
pub mod event;
pub mod instrument;
mod judge;
pub mod limits;
pub mod permit;
pub mod policy;
mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use check::{PackFault, Place, Rule};
pub use command::{Act, Answer, Command};
pub use decide::Risk;
pub use event::{Cause, Channel, Earshot, Event, Given, Grade};
pub use instrument::{Cluster, Contrary, Instrument, Question, Words};
pub use permit::PERMITS;
pub use policy::Policy;
pub use refusal::Refusal;
pub use state::{Assessment, Graded, Judged, Kept, State};

kernel::id!(RiskId, "risk");

impl From<incident::IncidentId> for RiskId {
    /// One stream an incident, so both have the same 128 bits.
    fn from(incident: incident::IncidentId) -> Self {
        Self(incident.0)
    }
}

impl From<RiskId> for incident::IncidentId {
    fn from(risk: RiskId) -> Self {
        Self(risk.0)
    }
}
