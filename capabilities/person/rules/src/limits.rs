//! Every number, with its reason.

/// Characters of a reason or of one line of what is known: a paragraph.
pub const REASON_CHARS_MAX: usize = 1_000;
/// Characters of any field of what is known: a page.
pub const WORDS_CHARS_MAX: usize = 4_000;
/// Records that one person can have: past that, somebody merges what is not one person.
pub const ABSORBED_MAX: usize = 50;
/// Appearances of one record: a lifetime of them, and a bound on what one page opens.
pub const APPEARANCES_MAX: usize = 500;
/// Officers whom a sealed incident can admit: a team, no more.
pub const ADMITTED_MAX: usize = 40;
/// Kinds of likeness that one officer needs to merge; with fewer a supervisor decides.
pub const LIKENESS_MIN: usize = 2;
