//! Opening hours by the clock on the wall in London, and that clock itself. No time-zone
//! database: the United Kingdom's summer time is two Sundays a year.

use kernel::At;
use serde::{Deserialize, Serialize};

/// Minutes in a day.
pub const DAY: u16 = 1440;

/// A time on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Local {
    /// 1 Monday to 7 Sunday.
    pub weekday: u8,
    /// Minutes since midnight.
    pub minute: u16,
}

/// One stretch of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Minute at which it opens.
    pub opens: u16,
    /// Minute at which it closes; 1440 is midnight at the end of the day.
    pub closes: u16,
}

/// The hours of one week, Monday first. A day without a span is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Seven days, Monday first.
    pub days: [Vec<Span>; 7],
}

/// The clock on the wall in London.
//= Summer Time Act 1972, section 1 as amended: one hour in advance from 01:00 GMT on the last
//= Sunday in March to 01:00 GMT on the last Sunday in October
pub fn london(at: At) -> Local {
    let seconds = at.seconds() + if summer(at) { 3600 } else { 0 };
    let day = seconds.div_euclid(86_400);
    let minute = seconds.rem_euclid(86_400) / 60;
    Local {
        weekday: weekday(day),
        minute: minute as u16,
    }
}

/// 1 Monday to 7 Sunday; day 0, 1970-01-01, was a Thursday.
const fn weekday(day: i64) -> u8 {
    ((day + 3).rem_euclid(7) + 1) as u8
}

fn summer(at: At) -> bool {
    let day = at.seconds().div_euclid(86_400);
    let year = year_of(day);
    let (from, to) = (last_sunday(year, 3), last_sunday(year, 10));
    (from * 86_400 + 3600..to * 86_400 + 3600).contains(&at.seconds())
}

fn year_of(day: i64) -> i64 {
    let guess = 1970 + day.div_euclid(366);
    (guess..)
        .find(|year| day < days_before(year + 1, 1))
        .unwrap_or(guess)
}

/// Days from 1970-01-01 to the first of this month.
const fn days_before(year: i64, month: i64) -> i64 {
    // Years start in March, so that the leap day is their last.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * m + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// March and October both have 31 days.
const fn last_sunday(year: i64, month: i64) -> i64 {
    let last = days_before(year, month) + 30;
    last - (weekday(last) as i64 % 7)
}
