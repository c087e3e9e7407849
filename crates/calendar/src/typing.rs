//! Times and days as a browser's own fields send them, on the clocks of London.

use crate::{Date, at_time, civil_day, end_of, time_of_day};
use kernel::At;

/// What was typed is neither a time nor nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no time")]
pub struct NotATime;

/// `2025-11-03T08:30` (or with a space); nothing for what is no time.
pub fn instant(text: &str) -> Option<At> {
    let (day, time) = text.trim().split_once(['T', ' '])?;
    let mut parts = time.split(':').map(str::parse::<i8>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    at_time(date(day)?, hour, minute).ok()
}

/// The end of the day `2025-11-03`.
pub fn end_of_day(text: &str) -> Option<At> {
    end_of(date(text)?).ok()
}

/// The same, told apart from an empty field: an error is a day that is none.
pub fn maybe_end_of_day(text: &str) -> Result<Option<At>, NotATime> {
    maybe(text, end_of_day)
}

/// A time, told apart from an empty field.
pub fn maybe_instant(text: &str) -> Result<Option<At>, NotATime> {
    maybe(text, instant)
}

fn maybe(text: &str, read: fn(&str) -> Option<At>) -> Result<Option<At>, NotATime> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some).ok_or(NotATime) }
}

fn date(text: &str) -> Option<Date> {
    let mut numbers = text.trim().split('-');
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let year = year.parse().ok().filter(|year| (1900..=2100).contains(year))?;
    crate::date(year, month.parse().ok()?, day.parse().ok()?).filter(|_| numbers.next().is_none())
}

/// As the field wants it: `2025-11-03T08:30`.
pub fn field(at: At) -> String {
    let (hour, minute) = time_of_day(at);
    format!("{}T{hour:02}:{minute:02}", civil_day(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_on_the_clocks_of_london() {
        let winter = instant("2025-11-03T09:00").unwrap();
        assert_eq!(winter, At::from_seconds(1_762_160_400));
        assert_eq!(field(winter), "2025-11-03T09:00");
        let summer = instant("2026-07-01 09:00").unwrap();
        assert_eq!(field(summer), "2026-07-01T09:00");
        assert_eq!(end_of_day("2025-11-02").unwrap(), instant("2025-11-03T00:00").unwrap());
        for text in ["", "9:00", "2025-02-30T09:00", "2025-11-03T25:00", "x", "2025-11-03"] {
            assert_eq!(instant(text), None, "{text}");
        }
        assert_eq!(maybe_end_of_day(" "), Ok(None));
        assert_eq!(maybe_end_of_day("2025-13-01"), Err(NotATime));
        assert_eq!(end_of_day("99999-01-01"), None);
    }
}
