//! Who may do what with an assessment.

use kernel::{Permit, Purpose, Role};

const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];

/// Read the answers and the grade.
pub const READ: &str = "risk.read";
/// Ask and grade.
pub const ASSESS: &str = "risk.assess";

/// The table. The control room sees the grade on its own page, not her answers.
pub const PERMITS: &[Permit] =
    &[Permit::staff(READ, WRITERS, RESPONSE), Permit::staff(ASSESS, WRITERS, RESPONSE)];
