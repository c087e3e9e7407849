//! Who may do what with an assessment.

use kernel::{Permit, Purpose, Role};

const WRITERS: &[Role] = &[Role::Responder, Role::Supervisor];
const SECOND_GRADERS: &[Role] = &[Role::Supervisor, Role::Specialist];
const SUPERVISORS: &[Role] = &[Role::Supervisor];
const RESPONSE: &[Purpose] = &[Purpose::Response];
const SUPERVISION: &[Purpose] = &[Purpose::Supervision];

/// Read the answers and the grade.
pub const READ: &str = "risk.read";
/// Ask, grade, and see to a visit.
pub const ASSESS: &str = "risk.assess";
/// See what waits for a second grade or for a new assessment.
pub const BOARD: &str = "risk.board";
/// Read one assessment for a second grade.
pub const OPEN: &str = "risk.open";
/// Grade a second time.
pub const SECOND: &str = "risk.second_grade";
/// Let a case close that was assessed without seeing her.
pub const ALLOW: &str = "risk.allow_closing";

/// The table. The control room sees the grade on its own page, not her answers.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, WRITERS, RESPONSE).and_client(),
    Permit::staff(ASSESS, WRITERS, RESPONSE).and_client(),
    Permit::staff(BOARD, SECOND_GRADERS, SUPERVISION),
    Permit::staff(OPEN, SECOND_GRADERS, SUPERVISION),
    Permit::staff(SECOND, SECOND_GRADERS, SUPERVISION).and_client(),
    Permit::staff(ALLOW, SUPERVISORS, SUPERVISION).and_client(),
];
