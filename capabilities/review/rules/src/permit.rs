//! Who may review and sample.

use kernel::{Permit, Purpose, Role};

const REVIEWERS: &[Role] = &[Role::Supervisor, Role::Specialist];
const SPECIALISTS: &[Role] = &[Role::Specialist];
const SUPERVISION: &[Purpose] = &[Purpose::Supervision];

/// See the queue.
pub const BOARD: &str = "review.board";
/// Read one review with its incident.
pub const READ: &str = "review.read";
/// Take, put back, decide.
pub const WORK: &str = "review.work";
/// Say that what a review asked for is done.
pub const TASK: &str = "review.task";
/// See what was drawn, and what was found in it.
pub const SAMPLES: &str = "sample.read";
/// Draw a sample, and judge what is in it.
pub const SAMPLE: &str = "sample.judge";

/// The table.
//= Statutory guidance on domestic abuse specialists in control rooms, duties: a specialist checks
//=  how calls were handled and risk was assessed
pub const PERMITS: &[Permit] = &[
    Permit::staff(BOARD, REVIEWERS, SUPERVISION),
    Permit::staff(READ, REVIEWERS, SUPERVISION),
    Permit::staff(WORK, REVIEWERS, SUPERVISION),
    Permit::staff(TASK, REVIEWERS, SUPERVISION),
    Permit::staff(SAMPLES, REVIEWERS, SUPERVISION),
    Permit::staff(SAMPLE, SPECIALISTS, SUPERVISION),
];
