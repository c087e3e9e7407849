//! Every number, with its reason.

/// Characters of a finding, a lesson or a note: a page.
pub const WORDS_CHARS_MAX: usize = 4_000;
/// Characters of an offence's name: a line, as in an investigation.
pub const OFFENCE_CHARS_MAX: usize = 200;
/// Items that one week's sample may have: what one specialist can read in a week.
pub const SAMPLE_MAX: usize = 100;
