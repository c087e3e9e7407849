//! A request to an agency to help her, with her consent or the reason why it goes without; the
//! agencies themselves; and the meeting that hears of those in greatest danger. One stream a
//! referral, an agency, a meeting. Pure. Read: kind, event, command, state, decide, permit.

pub mod agency;
pub mod command;
pub mod conference;
pub mod deadline;
mod decide;
pub mod event;
pub mod kind;
pub mod limits;
pub mod permit;
mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, Request};
pub use decide::Referral;
pub use event::{Basis, DeclineWhy, Event, How, Outcome, Waits};
pub use kind::{Field, Kind, KindCode, Kinds};
pub use permit::PERMITS;
pub use refusal::Refusal;
pub use state::{Asked, Note, State, Step};

kernel::id!(ReferralId, "referral");
kernel::id!(AgencyId, "agency");
kernel::id!(ConferenceId, "conference");
