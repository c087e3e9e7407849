//! People in one place: who appears in which incident as what, which records are of one person,
//! who is a colleague, and which incidents are sealed. What is known of a person stands in the
//! incidents; a record holds where she appears, and what somebody added. Pure.
//! Read: event, command, state, decide, likeness, mark, repeat, seal, permit.

pub mod command;
mod decide;
pub mod event;
pub mod likeness;
pub mod limits;
pub mod mark;
pub mod permit;
pub mod policy;
mod refusal;
pub mod repeat;
pub mod seal;
pub mod state;
#[cfg(test)]
mod tests;
mod words;

pub use command::Command;
pub use decide::Person;
pub use event::{Appearance, Event, How, Known, Part, Role};
pub use likeness::Facts;
pub use permit::PERMITS;
pub use policy::Policy;
pub use refusal::Refusal;
pub use seal::Seal;
pub use state::State;

use incident::IncidentId;

kernel::id!(PersonId, "person");
kernel::id!(SealId, "seal");

/// The bits of an id that say when it was born.
const BIRTH: u128 = !((1 << 80) - 1);

impl PersonId {
    /// The short reference that people say to each other: `P-` and six letters or digits.
    pub fn reference(&self) -> String {
        kernel::id::spoken("P-", self.0)
    }

    /// The record of somebody who first appears in `incident`, from 16 bytes that are the same
    /// whenever the same appearance is asked about: so it is never made twice, and it sorts by
    /// when that incident was reported.
    pub const fn first_seen(incident: IncidentId, mark: [u8; 16]) -> Self {
        Self((incident.0 & BIRTH) | (u128::from_be_bytes(mark) & !BIRTH))
    }
}

impl From<IncidentId> for SealId {
    /// One seal an incident, so both have the same 128 bits.
    fn from(incident: IncidentId) -> Self {
        Self(incident.0)
    }
}
