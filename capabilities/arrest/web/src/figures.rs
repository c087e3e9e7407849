//! The measures: requests, arrests, and the time from her report to the arrest, by risk. Nothing
//! of a person; numbers small enough to point at somebody are not shown.

use crate::arrest_list::{self, Counted};
use crate::limits;
use arrest::RiskGrade;
use arrest::limits::SMALLEST_SHOWN;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault};
use minijinja::context;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ui::{App, Serde, View};

/// How far back.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    days: u32,
}

/// A number that may be shown, or one that may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    /// Nothing: it is too small, or would give a small one away.
    pub(crate) shown: Option<i64>,
}

/// One row: a risk, or all together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    pub(crate) risk: &'static str,
    pub(crate) requests: Cell,
    pub(crate) arrests: Cell,
    pub(crate) attended: Cell,
    pub(crate) withdrawn: Cell,
    /// Half of the arrests were made within so many minutes of the report.
    pub(crate) median_minutes: Option<i64>,
}

/// Counts by risk, and all of them last.
pub(crate) fn count(counted: &[Counted]) -> Vec<Line> {
    let risks = RiskGrade::ALL.map(RiskGrade::code).into_iter().chain(["ungraded"]);
    let mut lines: Vec<Line> = risks
        .map(|risk| {
            let of = |one: &&Counted| one.risk.as_deref().unwrap_or("ungraded") == risk;
            line(risk, &counted.iter().filter(of).collect::<Vec<_>>())
        })
        .collect();
    let mut all = line("all", &counted.iter().collect::<Vec<_>>());
    // One number that is left out could be had by taking the others from the sum.
    let hidden = |cell: fn(&Line) -> Cell| {
        lines.iter().filter(|line| cell(line).shown.is_none()).count() == 1
    };
    let columns: [(bool, &mut Cell); 4] = [
        (hidden(|line| line.requests), &mut all.requests),
        (hidden(|line| line.arrests), &mut all.arrests),
        (hidden(|line| line.attended), &mut all.attended),
        (hidden(|line| line.withdrawn), &mut all.withdrawn),
    ];
    for (hidden, cell) in columns {
        if hidden {
            cell.shown = None;
        }
    }
    lines.push(all);
    lines
}

fn line(risk: &'static str, of: &[&Counted]) -> Line {
    let number = |fits: fn(&&&Counted) -> bool| {
        let number = i64::try_from(of.iter().filter(fits).count()).unwrap_or(i64::MAX);
        Cell { shown: Some(number).filter(|number| *number == 0 || *number >= SMALLEST_SHOWN) }
    };
    let mut times: Vec<Duration> =
        of.iter().filter_map(|one| one.arrested_at.map(|at| at.since(one.since))).collect();
    times.sort_unstable();
    let enough = i64::try_from(times.len()).unwrap_or(i64::MAX) >= SMALLEST_SHOWN;
    let median = times.get(times.len() / 2).filter(|_| enough);
    Line {
        risk,
        requests: number(|_| true),
        arrests: number(|one| one.arrested_at.is_some()),
        attended: number(|one| one.attended),
        withdrawn: number(|one| one.withdrawn),
        median_minutes: median.map(|time| i64::try_from(time.as_secs() / 60).unwrap_or(i64::MAX)),
    }
}

async fn lines(engine: &Engine, asked: Asked) -> Result<(u32, Vec<Line>), Fault> {
    let days = limits::PERIODS.into_iter().find(|days| *days == asked.days);
    let days = days.unwrap_or(limits::PERIODS[1]);
    let from = engine.now().minus(kernel::time::hours(u64::from(days) * 24));
    Ok((days, count(&arrest_list::counted(engine, from).await?)))
}

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    Query(asked): Query<Asked>,
) -> Response {
    let (days, lines) = match lines(app.engine(), asked).await {
        Ok(found) => found,
        Err(fault) => return view.fault(&fault),
    };
    let any = lines.iter().any(|line| line.requests.shown != Some(0));
    let most = lines.iter().filter(|line| line.risk != "all");
    let most = most.filter_map(|line| line.requests.shown).max().unwrap_or_default();
    let page = context! {
        lines => Serde(&lines), any, most, days, periods => limits::PERIODS.to_vec(),
        least => SMALLEST_SHOWN,
    };
    view.page("arrest/figures.html", page)
}

/// The same as a file.
pub(crate) async fn csv(
    State(app): State<App>,
    view: View,
    Query(asked): Query<Asked>,
) -> Response {
    let (days, lines) = match lines(app.engine(), asked).await {
        Ok(found) => found,
        Err(fault) => return view.fault(&fault),
    };
    let head = [
        "Days",
        "Risk",
        "Requests",
        "Arrests",
        "Voluntary attendance",
        "Withdrawn",
        "Median minutes from report to arrest",
    ];
    let mut file = audit::csv::line(head);
    let hidden = format!("1 to {}, or withheld", SMALLEST_SHOWN - 1);
    for line in lines {
        let cell = |cell: Cell| cell.shown.map_or_else(|| hidden.clone(), |n| n.to_string());
        file.push_str(&audit::csv::line([
            days.to_string(),
            line.risk.to_owned(),
            cell(line.requests),
            cell(line.arrests),
            cell(line.attended),
            cell(line.withdrawn),
            line.median_minutes.map_or_else(String::new, |minutes| minutes.to_string()),
        ]));
    }
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"arrests.csv\""),
    ];
    (head, file).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::At;

    fn one(risk: &str, minutes: Option<u64>) -> Counted {
        let since = At::from_seconds(0);
        Counted {
            risk: Some(risk.to_owned()),
            since,
            arrested_at: minutes.map(|minutes| since.plus(kernel::time::minutes(minutes))),
            attended: false,
            withdrawn: false,
        }
    }

    #[test]
    fn small_numbers_are_hidden_and_cannot_be_had_from_the_sum() {
        let mut counted: Vec<_> = (1..=6).map(|n| one("high", Some(n * 10))).collect();
        counted.extend((0..5).map(|_| one("medium", None)));
        counted.extend((0..2).map(|_| one("standard", Some(5))));
        let lines = count(&counted);
        assert_eq!(lines[0].requests.shown, Some(6));
        assert_eq!(lines[0].median_minutes, Some(40));
        assert_eq!((lines[1].requests.shown, lines[1].arrests.shown), (Some(5), Some(0)));
        assert_eq!((lines[2].requests.shown, lines[2].median_minutes), (None, None));
        assert_eq!(lines[4].risk, "all");
        assert_eq!((lines[4].requests.shown, lines[4].arrests.shown), (None, None));
        assert_eq!(lines[4].withdrawn.shown, Some(0));
    }
}
