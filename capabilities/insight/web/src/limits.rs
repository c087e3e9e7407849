//! Every list has a limit and every number a reason.

/// Facts of two periods that are looked at: ten years of a force with three hundred reports a
/// day. Past it the page says that it counts no further.
pub(crate) const FACTS_MAX: i64 = 2_000_000;
/// Promises of two years that are looked at.
pub(crate) const PROMISES_MAX: i64 = 1_000_000;
/// Somebody who reports again within so many days is a repeat victim, as forces count them.
pub(crate) const REPEAT_DAYS: u32 = 365;
