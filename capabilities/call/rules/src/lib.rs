//! The video response: invitations, who may enter, what happens in it, how it ends. Pure rules;
//! media, messages and pages live elsewhere.

pub mod command;
pub mod deadline;
mod decide;
pub mod event;
pub mod ids;
pub mod limits;
pub mod permit;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::{Call, Refusal};
pub use event::{Channel, Event, Guest, Language, Location, Marker, Outcome};
pub use ids::{CallId, InvitationId, NotAParticipant, Participant};
pub use permit::PERMITS;
pub use state::{Invitation, Link, Lobby, Message, Presence, Progress, Safety, Standing, State};
