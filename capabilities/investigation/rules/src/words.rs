//! Texts as they are typed: trimmed, with a limit.

use crate::limits;
use crate::refusal::Refusal;

/// A text that must be there.
pub(crate) fn needed(text: &str, chars_max: usize, missing: Refusal) -> Result<String, Refusal> {
    let text = free(text, chars_max)?;
    if text.is_empty() { Err(missing) } else { Ok(text) }
}

/// A text that may be empty.
pub(crate) fn free(text: &str, chars_max: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > chars_max { Err(Refusal::TooLong) } else { Ok(text.to_owned()) }
}

/// A reason: a page at most.
pub(crate) fn reason(text: &str) -> Result<String, Refusal> {
    needed(text, limits::REASON_CHARS_MAX, Refusal::ReasonMissing)
}
