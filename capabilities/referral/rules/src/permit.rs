//! Who may do what with a referral.

use kernel::{Permit, Purpose, Role};

const READERS: &[Role] = &[Role::CallHandler, Role::Responder, Role::Supervisor];
const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];

/// Read the request.
pub const READ: &str = "referral.read";
/// Write it.
pub const WRITE: &str = "referral.write";

/// The table.
pub const PERMITS: &[Permit] =
    &[Permit::staff(READ, READERS, RESPONSE), Permit::staff(WRITE, WRITERS, RESPONSE)];
