//! Who may do what in the hub. None of it is about a person whom the hub serves.

use kernel::Purpose::{Administration, Response, Supervision};
use kernel::Role::{Administrator, CallHandler, Responder, Supervisor};
use kernel::permit::Permit;

/// See the board.
pub const BOARD: &str = "hub.board";
/// Ask whether a video response can be offered.
pub const AVAILABILITY: &str = "hub.availability";
/// Sign on and off, rest.
pub const SHIFT: &str = "hub.shift";
/// Open and close against the hours, and sign others off.
pub const OPEN: &str = "hub.open";
/// Set the hours.
pub const HOURS: &str = "hub.hours";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(BOARD, &[Supervisor], &[Supervision]),
    Permit::staff(AVAILABILITY, &[CallHandler, Responder, Supervisor], &[Response]).and_client(),
    Permit::staff(SHIFT, &[Responder, Supervisor], &[Response]),
    Permit::staff(OPEN, &[Supervisor], &[Supervision]),
    Permit::staff(HOURS, &[Supervisor, Administrator], &[Administration]),
];
