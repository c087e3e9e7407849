//! What was done to keep her safe from tonight on: advice given, actions that somebody owes by a
//! time, children whose school must hear before the bell, how she may be reached, markers on her
//! address, and what she is owed to hear. One stream an incident. Pure.
//! Read: event, command, state, decide, child, contact, marker, code, schools, permit.

pub mod child;
pub mod code;
pub mod command;
pub mod contact;
mod decide;
pub mod event;
pub mod limits;
pub mod marker;
pub mod permit;
pub mod schools;
pub mod state;
#[cfg(test)]
mod tests;

pub use child::{Child, ChildDetails, NewChild, Notice, Told};
pub use code::{Heard, Update};
pub use command::Command;
pub use contact::{ContactWords, Hours, Verdict, Way};
pub use decide::{Refusal, Safeguarding};
pub use event::{Advice, Event, Owner};
pub use marker::{Marker, MarkerKind};
pub use permit::PERMITS;
pub use schools::{SchoolContact, Schools};
pub use state::{Action, Standing, State};

kernel::id!(SafeguardingId, "safeguarding");

impl From<incident::IncidentId> for SafeguardingId {
    /// One plan an incident, so both have the same 128 bits.
    fn from(incident: incident::IncidentId) -> Self {
        Self(incident.0)
    }
}
