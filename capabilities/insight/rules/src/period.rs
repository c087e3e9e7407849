//! Whole weeks of London's days, Monday to Sunday, and the same number of weeks before them.
//! Only whole weeks are counted, so that two pages never differ by a day that is somebody's own.

use crate::limits::{WEEKS_MAX, WEEKS_USUAL};
use calendar::{Date, NoCalendar};
use kernel::At;

/// Some whole weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first instant of each week, and the end of the last.
    bounds: Vec<At>,
    /// The Monday of each week.
    mondays: Vec<Date>,
}

impl Period {
    /// The weeks in which these days lie; the other way round is the same, and what is longer
    /// than may be shown loses its beginning.
    pub fn covering(from: Date, to: Date) -> Result<Self, NoCalendar> {
        let (from, to) = if from <= to { (from, to) } else { (to, from) };
        let (mut monday, first) = (monday_of(to)?, monday_of(from)?);
        let mut mondays = vec![monday];
        while monday > first && mondays.len() < WEEKS_MAX {
            monday = days_before(monday, 7)?;
            mondays.push(monday);
        }
        mondays.reverse();
        Self::of(mondays)
    }

    /// The usual weeks, up to this moment's.
    pub fn usual(now: At) -> Result<Self, NoCalendar> {
        let today = calendar::civil_day(now);
        Self::covering(days_before(today, 7 * (WEEKS_USUAL - 1))?, today)
    }

    /// As many weeks, just before.
    pub fn before(&self) -> Result<Self, NoCalendar> {
        let back = 7 * self.weeks();
        let mondays = self.mondays.iter().map(|monday| days_before(*monday, back));
        Self::of(mondays.collect::<Result<_, _>>()?)
    }

    fn of(mondays: Vec<Date>) -> Result<Self, NoCalendar> {
        let mut bounds =
            mondays.iter().map(|day| calendar::start_of(*day)).collect::<Result<Vec<_>, _>>()?;
        if let Some(last) = mondays.last() {
            bounds.push(calendar::start_of(days_after(*last, 7)?)?);
        }
        Ok(Self { bounds, mondays })
    }

    /// How many weeks.
    pub const fn weeks(&self) -> usize {
        self.mondays.len()
    }

    /// The Monday of each week.
    pub fn mondays(&self) -> &[Date] {
        &self.mondays
    }

    /// The last Sunday.
    pub fn last_day(&self) -> Result<Date, NoCalendar> {
        days_after(self.mondays[self.weeks() - 1], 6)
    }

    /// The first instant.
    pub fn from(&self) -> At {
        self.bounds[0]
    }

    /// The first instant after it.
    pub fn until(&self) -> At {
        self.bounds[self.weeks()]
    }

    /// The week in which an instant lies.
    pub fn week_of(&self, at: At) -> Option<usize> {
        let after = self.bounds.partition_point(|bound| *bound <= at);
        (1..=self.weeks()).contains(&after).then(|| after - 1)
    }
}

fn monday_of(day: Date) -> Result<Date, NoCalendar> {
    days_before(day, day.weekday().to_monday_zero_offset().unsigned_abs().into())
}

fn days_before(day: Date, days: usize) -> Result<Date, NoCalendar> {
    (0..days).try_fold(day, |day, _| day.yesterday().map_err(|_| NoCalendar::OutOfRange))
}

fn days_after(day: Date, days: usize) -> Result<Date, NoCalendar> {
    (0..days).try_fold(day, |day, _| day.tomorrow().map_err(|_| NoCalendar::OutOfRange))
}
