//! When what is due. The day of the application is day 0; a term of days ends when its last local
//! day ends; a warning comes when its day begins, before anybody's shift.

use crate::stage::{Limit, Stage, StageTable, Start};
use calendar::{
    NoCalendar, add_calendar_days, add_working_days, calendar_days_between, working_days_between,
};
use kernel::At;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A day that is marked, and the instant at which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The day after the application.
    pub day: u32,
    /// When that is.
    pub at: At,
}

/// Everything that is due, as it stood when an event set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// The end of the present stage's time.
    pub stage_due_at: At,
    /// The end of all time.
    pub due_at: At,
    /// Warnings.
    pub warnings: Vec<Moment>,
    /// From when it is overdue, and again.
    pub overdue: Vec<Moment>,
}

/// A pause that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Since when.
    pub from: At,
    /// Until when.
    pub to: At,
    /// Whether the days of the whole stood still too.
    pub stops_total: bool,
}

/// What the clocks of an application are counted from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Basis<'a> {
    pub(crate) table: &'a StageTable,
    pub(crate) applied_at: At,
    pub(crate) pauses: &'a [Pause],
    pub(crate) extended_days: u32,
}

impl Basis<'_> {
    /// The clocks of `stage`, entered at `since`.
    pub(crate) fn clocks(&self, stage: Stage, since: At) -> Result<Clocks, NoCalendar> {
        let shift = self.stopped_days() + self.extended_days;
        let end = |day: &u32| add_calendar_days(self.applied_at, day.saturating_add(shift));
        let overdue = self.table.overdue_days.iter();
        let overdue = overdue.map(|day| Ok(Moment { day: *day, at: end(day)? }));
        let warnings = self.table.warn_days.iter().map(|day| {
            // The end of the day before is the beginning of the day.
            Ok(Moment { day: *day, at: end(&day.saturating_sub(1))? })
        });
        let due_at = end(&self.table.total_days)?;
        Ok(Clocks {
            stage_due_at: self.stage_due(stage, since, due_at)?,
            due_at,
            warnings: warnings.collect::<Result<_, _>>()?,
            overdue: overdue.collect::<Result<_, _>>()?,
        })
    }

    /// A pause stops the clock of a stage; that of the whole only when its reason says so.
    fn stopped_days(&self) -> u32 {
        self.pauses.iter().filter(|pause| pause.stops_total).map(days).sum()
    }

    /// No stage outlasts the whole: an application has no more time than its days.
    fn stage_due(&self, stage: Stage, since: At, due_at: At) -> Result<At, NoCalendar> {
        let Some(row) = self.table.limit(stage) else {
            return Ok(due_at);
        };
        let start = match row.from {
            Start::Application => self.applied_at,
            Start::StageBefore => since,
        };
        let pauses = self.pauses.iter().filter(|pause| pause.from >= start);
        let due = match row.limit {
            Limit::Rest => due_at,
            Limit::Hours(hours) => {
                let stood: Duration = pauses.map(|pause| pause.to.since(pause.from)).sum();
                calendar::hours_after(start, hours).plus(stood)
            }
            Limit::CalendarDays(n) => {
                add_calendar_days(start, n.saturating_add(pauses.map(days).sum()))?
            }
            Limit::WorkingDays(mut n) => {
                let jurisdiction = self.table.jurisdiction;
                for pause in pauses {
                    n += working_days_between(jurisdiction, pause.from, pause.to)?;
                }
                add_working_days(jurisdiction, start, n)?
            }
        };
        Ok(due.min(due_at))
    }
}

fn days(pause: &Pause) -> u32 {
    u32::try_from(calendar_days_between(pause.from, pause.to)).unwrap_or(0)
}
