//! Every number, with its reason.

/// Weeks of one page: two years, so that a year can be laid beside the one before.
pub const WEEKS_MAX: usize = 104;
/// Weeks that are shown when nobody says which: a quarter.
pub const WEEKS_USUAL: usize = 13;
/// Officers who go to one report in person; more than six is another kind of operation.
pub const OFFICERS_MAX: u32 = 6;
/// Minutes of any one part of a response: a whole shift of twelve hours.
pub const MINUTES_MAX: u32 = 720;
/// Characters of where a baseline comes from: a paragraph.
pub const SOURCE_MAX: usize = 1_000;
/// Totals with a small part are rounded to this, so that two pages cannot be subtracted.
pub const ROUND_TO: u64 = stats::suppression::SMALL;
