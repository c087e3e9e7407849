//! Every number, with its reason.

/// Characters of an account: an hour of speech, written down, and what a form may send.
pub const ACCOUNT_CHARS_MAX: usize = 40_000;
/// Characters of a reason: a page.
pub const REASON_CHARS_MAX: usize = 4_000;
/// Characters of an offence's name: a line.
pub const OFFENCE_CHARS_MAX: usize = 200;
