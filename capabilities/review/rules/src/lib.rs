//! Somebody else looks again: at every incident that is no crime, and at a sample of what was
//! screened and answered. One stream a review (of the incident's 128 bits), one a week's sample.
//! Pure. Read: event, command, state, decide, clock, sample, permit.

pub mod clock;
pub mod command;
mod decide;
pub mod event;
pub mod limits;
pub mod permit;
pub mod policy;
mod refusal;
pub mod sample;
pub mod state;
#[cfg(test)]
mod tests;
mod words;

pub use command::{Act, Author, Command, Judgement, Part};
pub use decide::Review;
pub use event::{Cause, Event, Outcome, Raised, Task};
pub use permit::PERMITS;
pub use policy::Policy;
pub use refusal::Refusal;
pub use sample::Sample;
pub use state::{Judged, Stage, State};

kernel::id!(ReviewId, "review");
kernel::id!(SampleId, "sample");

impl From<incident::IncidentId> for ReviewId {
    /// One review an incident, so both have the same 128 bits.
    fn from(incident: incident::IncidentId) -> Self {
        Self(incident.0)
    }
}
