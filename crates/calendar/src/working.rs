//! Working days and calendar days. One convention throughout: the local day on which something
//! happens is day 0, counting begins on the next, and a term of days ends when its last local day
//! ends (`end_of`: the midnight after it).

use crate::bank::bank_holiday;
use crate::local::{civil_day, days_later, end_of, moved};
use crate::{Date, Jurisdiction, NoCalendar};
use jiff::civil::Weekday;
use kernel::At;

/// Whether that day is neither Saturday, Sunday nor a bank holiday. The holidays of its year must
/// be known, even on a weekend.
pub fn is_working_day(jurisdiction: Jurisdiction, day: Date) -> Result<bool, NoCalendar> {
    let holiday = bank_holiday(jurisdiction, day)?.is_some();
    Ok(!holiday && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
}

/// The first working day after `day`.
pub fn next_working_day(jurisdiction: Jurisdiction, day: Date) -> Result<Date, NoCalendar> {
    let mut next = days_later(day, 1)?;
    while !is_working_day(jurisdiction, next)? {
        next = days_later(next, 1)?;
    }
    Ok(next)
}

/// The end of the `n`th working day after the local day of `from`. With 0 working days it is the
/// end of that day itself, working day or not.
pub fn add_working_days(jurisdiction: Jurisdiction, from: At, n: u32) -> Result<At, NoCalendar> {
    let mut day = civil_day(from);
    for _ in 0..n {
        day = next_working_day(jurisdiction, day)?;
    }
    end_of(day)
}

/// How many working days lie after the local day of `from`, up to and with the local day of `to`;
/// 0 when that is not later. Whatever `add_working_days` gives for `n` is the end of a day for
/// which this is `n`.
pub fn working_days_between(
    jurisdiction: Jurisdiction,
    from: At,
    to: At,
) -> Result<u32, NoCalendar> {
    let (mut day, last) = (civil_day(from), civil_day(to));
    let mut count = 0;
    while day < last {
        day = days_later(day, 1)?;
        count += u32::from(is_working_day(jurisdiction, day)?);
    }
    Ok(count)
}

/// The end of the local day that is `n` days after the local day of `from`: what must be done
/// within 28 days may be done until the twenty-eighth day after is over.
pub fn add_calendar_days(from: At, n: u32) -> Result<At, NoCalendar> {
    end_of(days_later(civil_day(from), n)?)
}

/// The same time of the clock `n` local days later.
pub fn same_time_days_later(from: At, n: u32) -> Result<At, NoCalendar> {
    moved(from, days_later(civil_day(from), n)?)
}

/// How many local days `to` is after `from`; below zero when it is before.
pub fn calendar_days_between(from: At, to: At) -> i32 {
    let (from, to) = (civil_day(from), civil_day(to));
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or_default()
}
