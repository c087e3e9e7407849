//! Who may see and do what with a recording, and what for.

use kernel::{Permit, Purpose, Role};

/// Play it, and see its stills.
pub const PLAY: &str = "recording.play";
/// See whether a call is being recorded; shows no person.
pub const STATE: &str = "recording.state";
/// Take a still.
pub const STILL: &str = "recording.still";

const HUB: &[Role] = &[Role::Responder, Role::Supervisor];

/// The rows.
pub const PERMITS: &[Permit] = &[
    Permit::staff(PLAY, HUB, &[Purpose::Response, Purpose::Investigation, Purpose::Supervision]),
    Permit::staff(
        STATE,
        &[Role::CallHandler, Role::Responder, Role::Supervisor],
        &[Purpose::Response, Purpose::Supervision],
    ),
    Permit::staff(STILL, HUB, &[Purpose::Response]),
];
