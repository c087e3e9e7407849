//! Every number, with its reason.

/// The longest that a referral may wait to be taken up: past three days it helps nobody.
pub const DUE_HOURS_MAX: u32 = 72;
/// Characters of a summary: a page.
pub const SUMMARY_CHARS_MAX: usize = 4_000;
/// Characters of a reason: a few sentences.
pub const REASON_CHARS_MAX: usize = 2_000;
