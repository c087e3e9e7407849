//! A request to an agency to help her, with her consent or the reason why it goes without.
//! One stream a referral. Pure. Read: event, command, state, decide, permit.

pub mod command;
mod decide;
pub mod event;
pub mod limits;
pub mod permit;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::{Referral, Refusal};
pub use event::{Agency, Basis, Event};
pub use permit::PERMITS;
pub use state::State;

kernel::id!(ReferralId, "referral");
