//! The video response: invitations, who may enter, what happens in it, how it ends. Pure rules;
//! media, messages and pages live elsewhere.

pub mod command;
pub mod event;
pub mod ids;

pub use command::Command;
pub use event::{Channel, Event, Guest, Language, Location, Marker, Outcome};
pub use ids::{CallId, InvitationId, NotAParticipant, Participant};
