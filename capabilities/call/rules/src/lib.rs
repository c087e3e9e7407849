//! The video response: invitations, who may enter, what happens in it, how it ends. Pure rules;
//! media, messages and pages live elsewhere.

pub mod about;
pub mod command;
pub mod deadline;
mod decide;
pub mod event;
pub mod ids;
pub mod limits;
#[cfg(test)]
mod matter_tests;
pub mod permit;
mod reading;
#[cfg(test)]
mod reading_tests;
pub mod state;
#[cfg(test)]
mod tests;

pub use about::{About, MatterKind};
pub use command::Command;
pub use decide::{Call, Refusal};
pub use event::{Channel, Danger, Event, Guest, Language, Location, Marker, Outcome};
pub use ids::{CallId, InvitationId, NotAParticipant, Participant, ReadingId};
pub use permit::PERMITS;
pub use state::{Invitation, Link, Lobby, Message, Presence, Progress, Safety, Standing, State};
