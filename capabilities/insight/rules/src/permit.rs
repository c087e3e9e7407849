//! Who may see what is counted. No person stands in it.

use kernel::Purpose::Supervision;
use kernel::{Permit, Role};

/// See the figures, as a page, a file or through the API.
pub const READ: &str = "insight.read";
/// Set the baseline against which freed hours are reckoned.
pub const BASELINE: &str = "insight.baseline";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, &[Role::Supervisor], &[Supervision]).and_client(),
    Permit::staff(BASELINE, &[Role::Supervisor], &[Supervision]),
];
