//! What is owed to somebody by a time, and who holds it: taken by a person or given to a team,
//! handed over with a reason, and a shift's worth of them signed off by two supervisors. Pure.
//! That a promise was made, kept or missed is for whoever made it to say: the engine lists it.
//! Read: holder, event, command, state, decide, standing, handover, permit.

pub mod command;
mod decide;
pub mod event;
pub mod handover;
pub mod holder;
pub mod limits;
pub mod permit;
pub mod standing;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::{Promise, Refusal};
pub use event::Event;
pub use handover::Handover;
pub use holder::{About, Holder, Reason};
pub use permit::PERMITS;
pub use standing::Standing;
pub use state::State;

kernel::id!(PromiseId, "promise");
kernel::id!(HandoverId, "handover");
