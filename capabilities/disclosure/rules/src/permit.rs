//! Who may do what with an application. Never an offender manager, never a partner agency; the
//! rules refuse whoever holds such a role even beside another.

use kernel::{Permit, Purpose, Role};

/// Hand in an application: the public page, a call handler, another system, an officer.
pub const APPLY: &str = "disclosure.apply";
/// Read applications and their boards.
pub const READ: &str = "disclosure.read";
/// Work on one: contact, checks, risk, pauses, proposals, votes.
pub const WORK: &str = "disclosure.work";
/// Approve what somebody else proposed.
pub const APPROVE: &str = "disclosure.approve";
/// Tell her.
pub const TELL: &str = "disclosure.tell";
/// Say who must not know.
pub const CONFLICT: &str = "disclosure.conflict";
/// Read the yearly figures.
pub const FIGURES: &str = "disclosure.figures";

const SCHEME: &[Role] = &[Role::DisclosureOfficer, Role::Supervisor];
const DISCLOSURE: &[Purpose] = &[Purpose::Disclosure];

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(
        APPLY,
        &[Role::CallHandler, Role::DisclosureOfficer, Role::Supervisor],
        DISCLOSURE,
    )
    .and_client()
    .and_guest(),
    Permit::staff(READ, SCHEME, DISCLOSURE),
    Permit::staff(WORK, SCHEME, DISCLOSURE),
    Permit::staff(APPROVE, &[Role::Supervisor], DISCLOSURE),
    Permit::staff(TELL, SCHEME, DISCLOSURE),
    Permit::staff(CONFLICT, SCHEME, DISCLOSURE),
    Permit::staff(FIGURES, SCHEME, DISCLOSURE).and_client(),
];
