//! What is done with somebody who does harm, so that he does less: one plan a person, of the
//! person's 128 bits, across all incidents; and the harm that was said of him, counted as
//! documented and never a verdict. Pure. Read: event, command, state, decide, harm, permit.

mod caution;
pub mod command;
mod decide;
pub mod event;
pub mod harm;
pub mod limits;
pub mod permit;
pub mod policy;
mod programme;
mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
mod words;

pub use command::{Act, Command};
pub use decide::Perpetrator;
pub use event::{Attendance, Decision, Event, Outcome, Strategy, Why};
pub use permit::PERMITS;
pub use policy::Policy;
pub use refusal::Refusal;
pub use state::State;

kernel::id!(PerpetratorId, "perpetrator");

impl From<person::PersonId> for PerpetratorId {
    /// One plan a person, so both have the same 128 bits.
    fn from(person: person::PersonId) -> Self {
        Self(person.0)
    }
}
