//! Who may look after accounts.

use kernel::{Permit, Purpose, Role};

/// The rows of this capability.
pub const TABLE: &[Permit] = &[
    Permit::staff("account.manage", &[Role::Administrator], &[Purpose::Administration]),
    Permit::staff("account.read", &[Role::Administrator], &[Purpose::Administration]),
];
