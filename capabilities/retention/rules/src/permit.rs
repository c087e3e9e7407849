//! Who may do what with the clock.

use kernel::{Permit, Purpose, Role};

const SEE: &[Role] = &[Role::Supervisor, Role::DataProtection];
const ASK: &[Role] = &[Role::Responder, Role::Supervisor, Role::DisclosureOfficer];
const ANSWER: &[Role] = &[Role::Supervisor, Role::DataProtection];
const TOUCH: &[Role] =
    &[Role::Responder, Role::Supervisor, Role::DisclosureOfficer, Role::DataProtection];
const OFFICER: &[Role] = &[Role::DataProtection];
const RETENTION: &[Purpose] = &[Purpose::Retention];

/// See what goes, what is held, and what went.
pub const READ: &str = "retention.read";
/// Read a certificate; the force's own systems too.
pub const CERTIFICATE: &str = "retention.certificate.read";
/// See the days of each class.
pub const SCHEDULE_READ: &str = "retention.schedule.read";
/// Set the days of a class.
pub const SCHEDULE: &str = "retention.schedule";
/// Look at the clock when it is not believed, and say that it is right.
pub const CLOCK: &str = "retention.clock";
/// Read a hold: whoever sees all, and whoever proposed it.
pub const HOLD_READ: &str = "hold.read";
/// Propose a hold, or take one's own proposal back.
pub const HOLD_PROPOSE: &str = "hold.propose";
/// Be the second person: confirm or decline.
pub const HOLD_CONFIRM: &str = "hold.confirm";
/// Look at a hold again, and keep it on or propose its end.
pub const HOLD_REVIEW: &str = "hold.review";
/// Read a promotion.
pub const PROMOTION_READ: &str = "promotion.read";
/// Propose that something becomes evidence.
pub const PROMOTION_PROPOSE: &str = "promotion.propose";
/// Be the second person: confirm or decline.
pub const PROMOTION_CONFIRM: &str = "promotion.confirm";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, SEE, RETENTION),
    Permit::staff(CERTIFICATE, SEE, RETENTION).and_client(),
    Permit::staff(SCHEDULE_READ, SEE, RETENTION),
    Permit::staff(SCHEDULE, OFFICER, RETENTION),
    Permit::staff(CLOCK, SEE, RETENTION),
    Permit::staff(HOLD_READ, TOUCH, RETENTION),
    Permit::staff(HOLD_PROPOSE, ASK, RETENTION),
    Permit::staff(HOLD_CONFIRM, ANSWER, RETENTION),
    Permit::staff(HOLD_REVIEW, ANSWER, RETENTION),
    Permit::staff(PROMOTION_READ, TOUCH, RETENTION),
    Permit::staff(PROMOTION_PROPOSE, ASK, RETENTION),
    Permit::staff(PROMOTION_CONFIRM, ANSWER, RETENTION),
];
