//! Words that somebody typed, trimmed and within their length.

use crate::command::Checked;
use crate::event::Safety;
use crate::limits::WORDS_CHARS_MAX;
use crate::refusal::Refusal;
use kernel::Personal;

/// Words that must be there.
pub(crate) fn said(text: &str) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::WordsMissing);
    }
    free(text)
}

/// Words that may be missing.
pub(crate) fn free(text: &str) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    match text.chars().count() <= WORDS_CHARS_MAX {
        true => Ok(Personal::new(text.to_owned())),
        false => Err(Refusal::TooLong),
    }
}

/// Whether those he harmed are safe: nothing is done that he notices before somebody asked.
//= Authorised Professional Practice on domestic abuse, managing perpetrators: the victim's
//=  safety is looked to before anybody approaches him
pub(crate) fn safety(checked: &Checked) -> Result<Safety, Refusal> {
    let safe = checked.safe.ok_or(Refusal::SafetyMissing)?;
    let words = said(&checked.words).map_err(|refusal| match refusal {
        Refusal::WordsMissing => Refusal::SafetyMissing,
        other => other,
    })?;
    Ok(Safety { safe, words })
}
