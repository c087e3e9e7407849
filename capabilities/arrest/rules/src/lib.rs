//! What the hub asks of a policing team: to arrest somebody, with everything they must know
//! before they knock. One stream a request. Pure. Read: event, command, state, decide, permit.

pub mod command;
mod decide;
pub mod event;
pub mod limits;
pub mod permit;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, Request};
pub use decide::{Arrest, Refusal};
pub use event::{Event, Necessity};
pub use permit::PERMITS;
pub use state::State;

kernel::id!(ArrestId, "arrest");
