//! Every number, with its reason.

/// Rows of each part of the board: what one shift can see to, and more than should ever wait.
pub(crate) const BOARD_MAX: i64 = 100;
/// Disagreements shown: the newest, to learn from.
pub(crate) const DISAGREEMENTS_MAX: i64 = 20;
/// Earlier incidents of one person that are asked about again: a year of weekly calls.
pub(crate) const EARLIER_MAX: i64 = 50;
/// Characters of an officer's number in the force's own system.
pub(crate) const OFFICER_CHARS_MAX: usize = 40;
