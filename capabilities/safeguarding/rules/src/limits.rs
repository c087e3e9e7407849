//! Every number, with its reason.

use std::time::Duration;

/// Characters of an action or a reason: a paragraph.
pub const WORDS_CHARS_MAX: usize = 1_000;
/// Characters of the note: a page.
pub const NOTE_CHARS_MAX: usize = 4_000;
/// Actions in one plan: past that nobody does them.
pub const ACTIONS_MAX: usize = 50;
/// The furthest an action may be put off: what takes longer belongs in casework.
pub const DUE_WITHIN: Duration = Duration::from_secs(28 * 86_400);
/// Children in one plan: more than any household has, and each has a clock of its own name.
pub const CHILDREN_MAX: usize = 12;
/// Years after which somebody is no child any more, counted by the year: a mistyped century.
pub const CHILD_YEARS_MAX: i32 = 19;
/// Digits of a telephone number: the shortest that anybody has, and the longest of E.164.
pub const NUMBER_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Markers of one plan, those that were taken off too: each kind a few times.
pub const MARKERS_MAX: usize = 24;
/// How far ahead a marker is looked at: a year, as an address changes hands.
pub const MARKER_REVIEW_WITHIN: std::time::Duration = std::time::Duration::from_secs(366 * 86_400);
/// Updates of one plan: a crime that is recorded and decided anew a few times.
pub const UPDATES_MAX: usize = 12;
