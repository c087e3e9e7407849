//! Who may see what is owed, hold it and hand it over. The board shows no person: a reference,
//! a kind and a time. Of which capabilities somebody sees the promises, the web crate asks of
//! those capabilities' own permits.

use kernel::Purpose::{Response, Supervision};
use kernel::Role::{CallHandler, LocalOfficer, Responder, Specialist, Supervisor};
use kernel::{Permit, Role};

const WHOEVER_OWES: &[Role] = &[CallHandler, Responder, Supervisor, Specialist, LocalOfficer];

/// See the board.
pub const BOARD: &str = "promise.board";
/// See one promise with what was said when it changed hands.
pub const READ: &str = "promise.read";
/// Take it, give it, hand it over, add a note.
pub const HOLD: &str = "promise.hold";
/// Hand a shift over.
pub const HANDOVER: &str = "promise.handover";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(BOARD, WHOEVER_OWES, &[Response]),
    Permit::staff(READ, WHOEVER_OWES, &[Response]),
    Permit::staff(HOLD, WHOEVER_OWES, &[Response]),
    Permit::staff(HANDOVER, &[Supervisor], &[Supervision]),
];
