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
    Local { weekday: weekday(day), minute: minute as u16 }
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
    (guess..).find(|year| day < days_before(year + 1, 1)).unwrap_or(guess)
}

/// Days from 1970-01-01 to the first of this month.
const fn days_before(year: i64, month: i64) -> i64 {
    // Years start in March, so that the leap day is their last.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
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

/// Why hours make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursFault {
    /// A stretch of no length, or past midnight.
    #[error("The hub must close after it opens, on the same day.")]
    ClosesFirst,
    /// Two stretches touch or cross.
    #[error("The opening times of a day must not overlap.")]
    Overlap,
    /// More stretches than a day needs.
    #[error("A day has at most three opening times.")]
    TooMany,
}

/// A morning, an afternoon and a night.
pub const SPANS_MAX: usize = 3;

impl Hours {
    /// Every day from `opens` to `closes`.
    pub fn daily(opens: u16, closes: u16) -> Self {
        Self { days: std::array::from_fn(|_| vec![Span { opens, closes }]) }
    }

    /// Whether they make sense.
    pub fn check(&self) -> Result<(), HoursFault> {
        for day in &self.days {
            if day.len() > SPANS_MAX {
                return Err(HoursFault::TooMany);
            }
            if day.iter().any(|span| span.opens >= span.closes || span.closes > DAY) {
                return Err(HoursFault::ClosesFirst);
            }
            if day.windows(2).any(|two| two[0].closes > two[1].opens) {
                return Err(HoursFault::Overlap);
            }
        }
        Ok(())
    }

    fn of_day(&self, weekday: u8) -> &[Span] {
        self.days.get(usize::from(weekday.saturating_sub(1))).map_or(&[], Vec::as_slice)
    }

    /// Whether it is open at this time on the wall.
    pub fn open(&self, now: Local) -> bool {
        let within = |span: &Span| (span.opens..span.closes).contains(&now.minute);
        self.of_day(now.weekday).iter().any(within)
    }

    /// When it opens next, within a week.
    pub fn next_opening(&self, now: Local) -> Option<Local> {
        let today = self.of_day(now.weekday).iter().find(|span| span.opens > now.minute);
        if let Some(span) = today {
            return Some(Local { weekday: now.weekday, minute: span.opens });
        }
        (1..=7).find_map(|ahead| {
            let weekday = (now.weekday - 1 + ahead) % 7 + 1;
            let first = self.of_day(weekday).first()?;
            Some(Local { weekday, minute: first.opens })
        })
    }
}
