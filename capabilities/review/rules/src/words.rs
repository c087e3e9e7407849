//! Free text: trimmed, there when it is needed, never longer than its limit.

use crate::limits::WORDS_CHARS_MAX;
use crate::refusal::Refusal;
use kernel::Personal;

/// Text that must be there.
pub(crate) fn needed(text: &str, missing: Refusal) -> Result<Personal<String>, Refusal> {
    within(text, WORDS_CHARS_MAX, Some(missing))
}

/// Text that may be empty.
pub(crate) fn free(text: &str) -> Result<Personal<String>, Refusal> {
    within(text, WORDS_CHARS_MAX, None)
}

/// Text of a certain length, that must be there when something is said to be missing.
pub(crate) fn within(
    text: &str,
    chars_max: usize,
    missing: Option<Refusal>,
) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    match (text.chars().count(), missing) {
        (0, Some(missing)) => Err(missing),
        (length, _) if length > chars_max => Err(Refusal::TooLong),
        _ => Ok(Personal::new(text.to_owned())),
    }
}
