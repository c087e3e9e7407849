//! Everything that a page, a file or the API says of one period.

use crate::{facts, promised};
use ::insight::figures::{Figures, Promised, figures};
use ::insight::{Insight, Period, STREAM, State};
use calendar::{Date, NoCalendar};
use engine::{Engine, Fault};
use serde::Deserialize;

/// Which days are asked for, as they were typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// `YYYY-MM-DD`.
    pub(crate) from: String,
    /// `YYYY-MM-DD`.
    pub(crate) to: String,
}

/// A day that was typed and is none; the page then shows the usual weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotADay;

/// One report.
pub(crate) struct Report {
    pub(crate) period: Period,
    pub(crate) before: Period,
    pub(crate) figures: Figures,
    pub(crate) promised: Vec<Promised>,
    pub(crate) baseline: State,
}

impl Asked {
    /// The weeks that are meant; one day alone means its week.
    pub(crate) fn period(&self, engine: &Engine) -> Result<Period, NotADay> {
        let (from, to) = (day(&self.from)?, day(&self.to)?);
        let period = match (from, to) {
            (None, None) => Period::usual(engine.now()),
            (Some(from), None) => Period::covering(from, calendar::civil_day(engine.now())),
            (None, Some(to)) => Period::covering(to, to),
            (Some(from), Some(to)) => Period::covering(from, to),
        };
        period.map_err(|_: NoCalendar| NotADay)
    }
}

/// A day within the years of which anything can be known.
fn day(text: &str) -> Result<Option<Date>, NotADay> {
    match text.trim() {
        "" => Ok(None),
        text => {
            let day: Date = text.parse().map_err(|_| NotADay)?;
            (2000..2200).contains(&day.year()).then_some(Some(day)).ok_or(NotADay)
        }
    }
}

/// The report of a period.
pub(crate) async fn of(engine: &Engine, period: Period) -> Result<Report, Fault> {
    // Periods lie in years that a calendar has, and so does the time before them.
    let before = period.before().unwrap_or_else(|_| period.clone());
    let all = facts::between(engine, before.from(), period.until()).await?;
    let (baseline, _) = engine.state::<Insight>(STREAM).await?;
    let standing = baseline.now.as_ref().map(|(numbers, ..)| numbers);
    let figures = figures(&all, &period, &before, standing);
    let promised = promised::of(engine, period.from(), period.until()).await?;
    Ok(Report { period, before, figures, promised, baseline })
}
