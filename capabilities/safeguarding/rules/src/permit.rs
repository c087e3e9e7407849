//! Who may do what with a safeguarding.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];

/// Read the plan.
pub const READ: &str = "safeguarding.read";
/// Write it.
pub const WRITE: &str = "safeguarding.write";

/// The table.
pub const PERMITS: &[Permit] =
    &[Permit::staff(READ, READERS, RESPONSE), Permit::staff(WRITE, WRITERS, RESPONSE)];
