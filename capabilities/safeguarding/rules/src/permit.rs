//! Who may do what with a safeguarding.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];
const SAFETY: &[Purpose] = &[Purpose::Safeguarding];

/// Read the plan.
pub const READ: &str = "safeguarding.read";
/// Write it.
pub const WRITE: &str = "safeguarding.write";

/// See which schools must hear.
pub const BOARD: &str = "safeguarding.board";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, READERS, RESPONSE).and_client(),
    Permit::staff(WRITE, WRITERS, RESPONSE).and_client(),
    Permit::staff(BOARD, READERS, SAFETY),
];
