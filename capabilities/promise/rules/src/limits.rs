//! Every number, with its reason.

use kernel::time::hours;
use std::time::Duration;

/// Characters of a reason or a note: a page.
pub const WORDS_MAX: usize = 2_000;
/// The longest that a promise counts as due soon: a day is enough to plan for.
pub const SOON_MAX: Duration = hours(24);
/// A promise is due soon when one part in so many of its time is left.
pub const SOON_PART: u32 = 4;
/// Promises of one handover that its record keeps: more than one sheet a supervisor can read.
pub const ENTRIES_MAX: usize = 500;
