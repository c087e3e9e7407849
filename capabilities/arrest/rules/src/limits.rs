//! Every number, with its reason.

/// Characters of any field of a request: what a team reads on the way.
pub const WORDS_CHARS_MAX: usize = 2_000;
