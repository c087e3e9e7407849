//! Who may do what in a call, and for what purpose.

use crate::{About, MatterKind};
use kernel::{Permit, Purpose, Role};

const ROOM: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const HUB: &[Role] = &[Role::Responder, Role::Supervisor];
const DISCLOSERS: &[Role] = &[Role::DisclosureOfficer, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];

/// See, answer and finish calls in which a disclosure is made; whoever may not sees nothing of
/// such a call, and nobody reaches any other call by it.
pub const DISCLOSE: &str = "call.disclose";

/// What somebody on the staff must be allowed to enter the room of a call about this, and what
/// for.
pub const fn to_enter(about: &About) -> (&'static str, Purpose) {
    match about {
        About::Response { .. } => ("call.take_part", Purpose::Response),
        About::Matter { kind: MatterKind::Disclosure, .. } => (DISCLOSE, Purpose::Disclosure),
    }
}

/// The rows.
pub const PERMITS: &[Permit] = &[
    Permit::staff("call.read", ROOM, &[Purpose::Response, Purpose::Supervision]).and_guest(),
    Permit::staff("call.invite", ROOM, RESPONSE),
    Permit::staff("call.answer", HUB, RESPONSE),
    Permit::staff("call.board", &[Role::Supervisor], &[Purpose::Supervision]),
    Permit::staff("call.hand_over", HUB, RESPONSE),
    Permit::staff("call.finish", ROOM, RESPONSE),
    Permit::staff("call.offender_returned", ROOM, RESPONSE).and_guest(),
    Permit::staff("call.take_part", HUB, RESPONSE).and_guest(),
    Permit::staff(DISCLOSE, DISCLOSERS, &[Purpose::Disclosure]),
];
