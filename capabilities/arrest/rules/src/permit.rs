//! Who may do what with an arrest, and with what stands between him and her.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] =
    &[Role::CallHandler, Role::Responder, Role::Supervisor, Role::LocalOfficer];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const TEAMS: &[Role] = &[Role::Responder, Role::Supervisor, Role::LocalOfficer];
const SUPERVISORS: &[Role] = &[Role::Supervisor];
const COUNTERS: &[Role] = &[Role::Supervisor, Role::Specialist];
const RESPONSE: &[Purpose] = &[Purpose::Response];
const CASE: &[Purpose] = &[Purpose::Investigation];
const BOTH: &[Purpose] = &[Purpose::Response, Purpose::Investigation];
const SUPERVISION: &[Purpose] = &[Purpose::Supervision];

/// Read the request beside the call, and through the API.
pub const READ: &str = "arrest.read";
/// Ask for an arrest, and ask to withdraw it.
pub const WRITE: &str = "arrest.write";
/// See the board.
pub const BOARD: &str = "arrest.board";
/// Read one request whole.
pub const OPEN: &str = "arrest.open";
/// Give it to a team, and grade it.
pub const ASSIGN: &str = "arrest.assign";
/// Take it, try, hand over, arrest, record what came of it, tell her.
pub const WORK: &str = "arrest.work";
/// Decide on a withdrawal.
pub const AGREE: &str = "arrest.agree";
/// See the figures.
pub const FIGURES: &str = "arrest.figures.read";
/// Read orders and bail.
pub const ORDER_READ: &str = "order.read";
/// Record orders and bail, and decide on them.
pub const ORDER_WRITE: &str = "order.write";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, READERS, RESPONSE).and_client(),
    Permit::staff(WRITE, WRITERS, RESPONSE),
    Permit::staff(BOARD, TEAMS, CASE),
    Permit::staff(OPEN, TEAMS, CASE),
    Permit::staff(ASSIGN, TEAMS, CASE),
    Permit::staff(WORK, TEAMS, CASE),
    Permit::staff(AGREE, SUPERVISORS, CASE),
    Permit::staff(FIGURES, COUNTERS, SUPERVISION),
    Permit::staff(ORDER_READ, TEAMS, BOTH).and_client(),
    Permit::staff(ORDER_WRITE, TEAMS, CASE),
];
