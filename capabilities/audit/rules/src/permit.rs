//! Who may read the trail.

use kernel::{Permit, Purpose, Role};

/// Read everybody's trail. One's own is open to all who are signed in.
//= Data Protection Act 2018, section 62(4): logs are for verifying lawfulness and self-monitoring
pub const READ: &str = "audit.read";

/// Read one's own trail.
pub const READ_OWN: &str = "audit.read_own";

/// The rows.
pub const PERMITS: &[Permit] = &[
    Permit::staff(READ, &[Role::Auditor], &[Purpose::Audit]),
    Permit::staff(READ_OWN, &Role::ALL, &[Purpose::Audit]),
];
