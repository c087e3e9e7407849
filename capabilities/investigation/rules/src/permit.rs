//! Who may do what with an investigation.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const NOBODY: &[Role] = &[];
const RESPONSE: &[Purpose] = &[Purpose::Response];
const CASE: &[Purpose] = &[Purpose::Investigation];

/// Read the account, the statement, the decisions, the pack.
pub const READ: &str = "investigation.read";
/// Keep the account, decide on the crime, and everything else that is written.
pub const RECORD: &str = "investigation.record";
/// See what waits, over all incidents.
pub const BOARD: &str = "investigation.board";
/// Say under which reference a case was taken in: the force's records system alone.
pub const TAKE_IN: &str = "investigation.take_in";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, READERS, RESPONSE).and_client(),
    Permit::staff(RECORD, WRITERS, RESPONSE).and_client(),
    Permit::staff(BOARD, WRITERS, CASE),
    Permit::staff(TAKE_IN, NOBODY, RESPONSE).and_client(),
];
