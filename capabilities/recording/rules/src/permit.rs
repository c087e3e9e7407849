//! Who may see and do what with a recording, and what for.

use kernel::{Permit, Purpose, Role};

/// Play it, and see its stills.
pub const PLAY: &str = "recording.play";
/// See whether a call is being recorded; shows no person.
pub const STATE: &str = "recording.state";
/// Take a still.
pub const STILL: &str = "recording.still";

/// Play, check and take a disclosure's recording out.
pub const PLAY_DISCLOSURE: &str = "recording.play_disclosure";
/// See whether a disclosure's call is being recorded; shows no person.
pub const STATE_DISCLOSURE: &str = "recording.state_disclosure";

const DISCLOSERS: &[Role] = &[Role::DisclosureOfficer, Role::Supervisor];
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
    Permit::staff(PLAY_DISCLOSURE, DISCLOSERS, &[Purpose::Disclosure]),
    Permit::staff(STATE_DISCLOSURE, DISCLOSERS, &[Purpose::Disclosure]),
];
