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
