//! What happened, as far as anybody could find out: her first account, the statement made of it
//! and her word that it is right, whether a crime is recorded, what is still to be found out, who
//! and what there is, and the hand-off to the force's records system. One stream an incident.
//! Pure. Read: event, command, state, decide (and a file for each part), permit.

mod classify;
pub mod command;
mod decide;
mod enquiry;
pub mod event;
mod exhibit;
mod handoff;
pub mod limits;
pub mod permit;
mod person;
mod refusal;
pub mod state;
mod statement;
pub mod tables;
#[cfg(test)]
mod tests;
mod words;

pub use command::{Command, Crime, Seen};
pub use decide::Investigation;
pub use event::{Event, Media, OffenceCode, PersonSaid, Role, Section, Source, Way};
pub use exhibit::file;
pub use permit::PERMITS;
pub use refusal::Refusal;
pub use state::{Classified, Paragraph, State};
pub use tables::Tables;

kernel::id!(InvestigationId, "investigation");

impl From<incident::IncidentId> for InvestigationId {
    /// One investigation an incident, so both have the same 128 bits.
    fn from(incident: incident::IncidentId) -> Self {
        Self(incident.0)
    }
}

impl From<InvestigationId> for incident::IncidentId {
    fn from(investigation: InvestigationId) -> Self {
        Self(investigation.0)
    }
}
