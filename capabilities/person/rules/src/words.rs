//! Words that somebody typed, trimmed and within their length.

use crate::limits::{REASON_CHARS_MAX, WORDS_CHARS_MAX};
use crate::refusal::Refusal;
use kernel::Personal;

/// A reason that is said.
pub(crate) fn reason(text: &str) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::ReasonMissing),
        1..=REASON_CHARS_MAX => Ok(Personal::new(text.to_owned())),
        _ => Err(Refusal::TooLong),
    }
}

/// A field that may be empty.
pub(crate) fn free(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() <= WORDS_CHARS_MAX {
        true => Ok(text.to_owned()),
        false => Err(Refusal::TooLong),
    }
}
