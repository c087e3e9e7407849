//! Who may do what with a referral, an agency, a meeting of agencies.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor, Role::Specialist];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor, Role::Specialist];
const LEADERS: &[Role] = &[Role::Supervisor, Role::Administrator];
const CHAIRS: &[Role] = &[Role::Supervisor, Role::Specialist];
const CASE: &[Purpose] = &[Purpose::Response, Purpose::Safeguarding];
const AFTER: &[Purpose] = &[Purpose::Safeguarding];
const SERVICE: &[Purpose] = &[Purpose::Administration];

/// Read the request.
pub const READ: &str = "referral.read";
/// Write it, send it on, answer the agency.
pub const WRITE: &str = "referral.write";
/// See how many went where and how fast.
pub const FIGURES: &str = "referral.figures";
/// Look an agency up.
pub const AGENCY_READ: &str = "agency.read";
/// Say who it is, who works there, and how its system reaches us.
pub const AGENCY_MANAGE: &str = "agency.manage";
/// Take the directory in.
pub const AGENCY_IMPORT: &str = "agency.import";
/// Read what was referred to one's own agency.
pub const PARTNER_READ: &str = "partner.read";
/// Work on it.
pub const PARTNER_WORK: &str = "partner.work";
/// Read a meeting's list and minutes.
pub const CONFERENCE_READ: &str = "conference.read";
/// Plan it, list, minute, follow up.
pub const CONFERENCE_WRITE: &str = "conference.write";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, READERS, CASE),
    Permit::staff(WRITE, WRITERS, CASE),
    Permit::staff(FIGURES, CHAIRS, AFTER),
    Permit::staff(
        AGENCY_READ,
        &[Role::Responder, Role::Supervisor, Role::Specialist, Role::Administrator],
        SERVICE,
    ),
    Permit::staff(AGENCY_MANAGE, LEADERS, SERVICE),
    Permit::staff(AGENCY_IMPORT, LEADERS, SERVICE).and_client(),
    Permit::staff(PARTNER_READ, &[Role::Partner], AFTER),
    Permit::staff(PARTNER_WORK, &[Role::Partner], AFTER),
    Permit::staff(CONFERENCE_READ, WRITERS, AFTER),
    Permit::staff(CONFERENCE_WRITE, CHAIRS, AFTER),
];
