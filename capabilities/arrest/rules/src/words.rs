//! Free text: trimmed, there when it is needed, never longer than its limit.

use crate::limits::WORDS_CHARS_MAX;
use crate::refusal::Refusal;

/// Text that must be there.
pub(crate) fn needed(text: &str, missing: Refusal) -> Result<String, Refusal> {
    let text = free(text)?;
    if text.is_empty() { Err(missing) } else { Ok(text) }
}

/// Text that may be empty.
pub(crate) fn free(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        length if length > WORDS_CHARS_MAX => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}
