//! Who may do what with evidence that leaves the service.

use kernel::{Permit, Purpose, Role};

const ASK: &[Role] = &[Role::Responder, Role::Supervisor, Role::DisclosureOfficer];
const ANSWER: &[Role] = &[Role::Supervisor, Role::DataProtection];
const TOUCH: &[Role] =
    &[Role::Responder, Role::Supervisor, Role::DisclosureOfficer, Role::DataProtection];
const INVESTIGATION: &[Purpose] = &[Purpose::Investigation];

/// Whoever answers for exports: also says no to one, and sees every one.
pub const ANSWERERS: &[Role] = ANSWER;

/// See what of an incident can be handed on, who had it, and what was handed on.
pub const READ: &str = "export.read";
/// Check every sealed piece of an incident against the record.
pub const CHECK: &str = "export.check";
/// Ask that a case is handed on.
pub const REQUEST: &str = "export.request";
/// Be the second person.
pub const APPROVE: &str = "export.approve";
/// Say no, or take one's own request back.
pub const REFUSE: &str = "export.refuse";
/// Make a working copy and take it: the two people of the request alone.
pub const PACKAGE: &str = "export.package";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, TOUCH, INVESTIGATION),
    Permit::staff(CHECK, TOUCH, INVESTIGATION),
    Permit::staff(REQUEST, ASK, INVESTIGATION),
    Permit::staff(APPROVE, ANSWER, INVESTIGATION),
    Permit::staff(REFUSE, TOUCH, INVESTIGATION),
    Permit::staff(PACKAGE, TOUCH, INVESTIGATION),
];
