//! Who may do what with an incident, and what for.

use kernel::Purpose::{Response, Supervision};
use kernel::Role::{CallHandler, Responder, Supervisor};
use kernel::permit::Permit;
use kernel::{Purpose, Role};

const CONTROL_ROOM: &[Role] = &[CallHandler, Supervisor];
const WHOEVER_RESPONDS: &[Role] = &[CallHandler, Responder, Supervisor];
const RESPONDING: &[Purpose] = &[Response];

/// Take a report.
pub const REPORT: &str = "incident.report";
/// See the board, which shows no person.
pub const BOARD: &str = "incident.board";
/// Read one incident.
pub const READ: &str = "incident.read";
/// Look for earlier reports of the same people and place.
pub const HISTORY: &str = "incident.history.read";
/// Grade and re-grade.
pub const GRADE: &str = "incident.grade";
/// Ask the rules of eligibility.
pub const SCREEN: &str = "incident.screen";
/// Offer, and what follows from it.
pub const OFFER: &str = "incident.offer";
/// Send somebody.
pub const PATROL: &str = "incident.patrol";
/// Add to the record: notes and call-backs.
pub const NOTE: &str = "incident.note";
/// Close and reopen.
pub const CLOSE: &str = "incident.close";
/// How many were asked, eligible, offered: no person in it.
pub const FIGURES: &str = "incident.figures";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(REPORT, CONTROL_ROOM, RESPONDING).and_client(),
    Permit::staff(BOARD, CONTROL_ROOM, RESPONDING),
    Permit::staff(READ, WHOEVER_RESPONDS, RESPONDING).and_client(),
    Permit::staff(HISTORY, CONTROL_ROOM, RESPONDING),
    Permit::staff(GRADE, CONTROL_ROOM, RESPONDING).and_client(),
    Permit::staff(SCREEN, CONTROL_ROOM, RESPONDING).and_client(),
    Permit::staff(OFFER, CONTROL_ROOM, RESPONDING).and_client(),
    Permit::staff(PATROL, CONTROL_ROOM, RESPONDING).and_client(),
    Permit::staff(NOTE, CONTROL_ROOM, RESPONDING).and_client(),
    Permit::staff(CLOSE, CONTROL_ROOM, RESPONDING).and_client(),
    Permit::staff(FIGURES, CONTROL_ROOM, &[Response, Supervision]),
];
