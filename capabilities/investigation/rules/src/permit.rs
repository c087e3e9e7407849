//! Who may do what with an investigation.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];

/// Read the account and the decision.
pub const READ: &str = "investigation.read";
/// Keep the account, decide on the crime.
pub const RECORD: &str = "investigation.record";

/// The table.
pub const PERMITS: &[Permit] =
    &[Permit::staff(READ, READERS, RESPONSE), Permit::staff(RECORD, WRITERS, RESPONSE)];
