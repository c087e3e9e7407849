//! Local days: where a day begins and ends in London, summer and winter.

use crate::{Date, NoCalendar};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::At;
use std::sync::OnceLock;
use std::time::Duration;

/// The clocks of the whole United Kingdom. The zone is embedded: no machine's own is asked.
fn london() -> &'static TimeZone {
    static LONDON: OnceLock<TimeZone> = OnceLock::new();
    LONDON.get_or_init(|| TimeZone::get("Europe/London").expect("the zone is embedded"))
}

/// `At` knows more years than a calendar does: what lies beyond is its first or last instant.
fn timestamp(at: At) -> Timestamp {
    let beyond = if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(at.0).unwrap_or(beyond)
}

/// The local day on which `at` falls.
pub fn civil_day(at: At) -> Date {
    london().to_datetime(timestamp(at)).date()
}

/// The local hour and minute of `at`.
pub fn time_of_day(at: At) -> (i8, i8) {
    let local = london().to_datetime(timestamp(at));
    (local.hour(), local.minute())
}

/// A day by its numbers, or nothing when there is none such.
pub fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The first instant of that local day. Clocks change at one in the morning, so that there
/// always is one.
pub fn start_of(day: Date) -> Result<At, NoCalendar> {
    at_time(day, 0, 0)
}

/// The end of that local day: the first instant of the next one. What is done before it is in
/// time; at it, it is late.
pub fn end_of(day: Date) -> Result<At, NoCalendar> {
    start_of(days_later(day, 1)?)
}

/// `hour:minute` of that local day. A time that the clocks leap over is an hour later; one that
/// comes twice is the first of the two.
pub fn at_time(day: Date, hour: i8, minute: i8) -> Result<At, NoCalendar> {
    let time = jiff::civil::Time::new(hour, minute, 0, 0).map_err(|_| NoCalendar::OutOfRange)?;
    let local = day.to_datetime(time);
    let instant = london().to_timestamp(local).map_err(|_| NoCalendar::OutOfRange)?;
    Ok(At(instant.as_microsecond()))
}

/// `hours` of elapsed time after `at`: 24 of them are not always a day.
pub const fn hours_after(at: At, hours: u32) -> At {
    at.plus(Duration::from_secs(hours as u64 * 3_600))
}

pub(crate) fn days_later(day: Date, days: u32) -> Result<Date, NoCalendar> {
    let span = jiff::Span::new().try_days(i64::from(days)).map_err(|_| NoCalendar::OutOfRange)?;
    day.checked_add(span).map_err(|_| NoCalendar::OutOfRange)
}

/// The same time of the clock on another local day.
pub(crate) fn moved(at: At, to: Date) -> Result<At, NoCalendar> {
    let local = london().to_datetime(timestamp(at));
    let instant = london().to_timestamp(to.to_datetime(local.time()));
    instant.map(|one| At(one.as_microsecond())).map_err(|_| NoCalendar::OutOfRange)
}
