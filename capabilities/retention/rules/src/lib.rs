//! What outranks the clock, and how long the clock runs: holds, promotions to evidence, and the
//! force's own days for each class. Pure: what the key store knows is told in the command.
//! Never here: a key, or the destruction of one.

pub mod clock;
pub mod hold;
pub mod limits;
pub mod permit;
pub mod promotion;
mod refusal;
pub mod schedule;
pub mod subject;
#[cfg(test)]
mod tests;

pub use clock::Clock;
pub use hold::Hold;
pub use permit::PERMITS;
pub use promotion::Promotion;
pub use refusal::Refusal;
pub use schedule::Schedule;
pub use subject::{Mark, Subject, Thing};

use kernel::Class;

kernel::id!(HoldId, "hold");
kernel::id!(PromotionId, "promotion");

/// The record of why something was kept longer: it must outlive what it kept.
//= Management of Police Information code of practice, review, retention and disposal: each
//= decision to keep is itself on record, with its reason
pub const RECORD: Class = Class {
    name: "retention-record",
    keep_days: 4383,
    authority: "Management of Police Information code of practice: every decision to keep is \
                on record",
};
