//! Times and numbers as people read them. Everything here is in UTC, and says so.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::At;

/// `1 December 2026, 00:00:00 UTC`.
pub(crate) fn time(at: At) -> String {
    let Ok(time) = Timestamp::from_microsecond(at.0) else {
        return "a time beyond all calendars".to_owned();
    };
    time.to_zoned_datetime(TimeZone::UTC).strftime("%-d %B %Y, %H:%M:%S UTC").to_string()
}

/// `1 stream`, `2 streams`.
pub(crate) fn count(number: u64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
