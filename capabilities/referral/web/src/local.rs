//! Days and times as people type them here: local time of the force.

use kernel::At;

/// Reads what a browser's field for day and time sends: `2026-11-25T14:30`.
pub(crate) fn read(text: &str) -> Option<At> {
    let typed: jiff::civil::DateTime = text.trim().parse().ok()?;
    calendar::at_time(typed.date(), typed.hour(), typed.minute()).ok()
}

/// An instant as RFC 3339, for the API.
pub(crate) fn iso(at: i64) -> Option<String> {
    jiff::Timestamp::from_microsecond(at).ok().map(|at| at.to_string())
}

/// Reads RFC 3339.
pub(crate) fn read_iso(text: &str) -> Option<At> {
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(At(at.as_microsecond()))
}
