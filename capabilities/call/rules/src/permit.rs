//! Who may do what in a call, and for what purpose.

use kernel::{Permit, Purpose, Role};

const ROOM: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const HUB: &[Role] = &[Role::Responder, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];

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
];
