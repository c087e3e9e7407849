//! Who may do what with a arrest.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];

/// Read the request.
pub const READ: &str = "arrest.read";
/// Write it.
pub const WRITE: &str = "arrest.write";

/// The table.
pub const PERMITS: &[Permit] =
    &[Permit::staff(READ, READERS, RESPONSE), Permit::staff(WRITE, WRITERS, RESPONSE)];
