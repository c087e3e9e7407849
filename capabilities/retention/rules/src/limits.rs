//! Every number, with its reason.

/// The furthest a review may lie ahead: a year, leap year included, so that nothing is kept
/// longer than that without somebody looking at it again.
pub const REVIEW_DAYS_MAX: u32 = 366;
/// Things under one hold: an incident with its call, recording and records is a handful.
pub const THINGS_MAX: usize = 40;
/// Characters of a reason: a few sentences.
pub const REASON_CHARS_MAX: usize = 2_000;
/// The shortest that a class may be kept: less than a day can lose what a night shift needs.
pub const DAYS_MIN: u32 = 1;
