//! Every number, with its reason.

/// Characters of a note to one answer: a few sentences.
pub const NOTE_CHARS_MAX: usize = 2_000;
/// Characters of the reason for a grade: a page.
pub const REASON_CHARS_MAX: usize = 4_000;
/// Answers in one keep: more than any instrument has questions.
pub const ANSWERS_MAX: usize = 200;
