//! The figures as tables: the same for the page, the files and whoever reads with a screen
//! reader, so that no chart says what no table says.

use crate::report::Report;
use crate::words::{self, say};
use ::insight::Measure;
use ::insight::figures::{Counted, Total};
use promise::standing::Came;
use serde::Serialize;
use stats::quantile::Spread;
use stats::suppression::Cell;

/// One cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Shown {
    /// As it is read.
    pub(crate) text: String,
    /// The number, where there is one.
    pub(crate) number: Option<f64>,
}

/// One table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Table {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<Shown>>,
}

/// Measures that belong together.
pub(crate) const GROUPS: [(&str, &[Measure]); 6] = [
    ("demand", &[Measure::Reported, Measure::Repeat, Measure::CallBack]),
    (
        "offers",
        &[
            Measure::Asked,
            Measure::Eligible,
            Measure::Offered,
            Measure::Accepted,
            Measure::Declined,
            Measure::Lost,
        ],
    ),
    ("calls", &[Measure::Faced, Measure::Called, Measure::Released]),
    ("referrals", &[Measure::Referred, Measure::Engaged]),
    ("arrests", &[Measure::ArrestRequested, Measure::Arrested]),
    ("reviews", &[Measure::ReviewOpened, Measure::Reviewed]),
];

fn text(text: impl Into<String>) -> Shown {
    Shown { text: text.into(), number: None }
}

fn cell(cell: Cell) -> Shown {
    Shown { text: cell.to_string(), number: cell.count().map(|count| count as f64) }
}

fn total(total: Total) -> Shown {
    let number = match total {
        Total::Exact(cell) => cell.count(),
        Total::About(_) => None,
    };
    Shown { text: total.to_string(), number: number.map(|count| count as f64) }
}

/// Minutes to one place.
fn minutes(seconds: Option<u64>) -> Shown {
    match seconds {
        None => text("*"),
        Some(seconds) => {
            let tenths = (seconds + 3) / 6;
            let number = tenths as f64 / 10.0;
            Shown { text: format!("{}.{}", tenths / 10, tenths % 10), number: Some(number) }
        }
    }
}

/// Hours to one place.
pub(crate) fn hours(tenths: Option<i64>) -> Shown {
    match tenths {
        None => text("*"),
        Some(tenths) => {
            let sign = if tenths < 0 { "-" } else { "" };
            let whole = tenths.unsigned_abs();
            let shown = format!("{sign}{}.{}", whole / 10, whole % 10);
            Shown { text: shown, number: Some(tenths as f64 / 10.0) }
        }
    }
}

/// The figures of one measure.
pub(crate) fn counted(report: &Report, measure: Measure) -> Option<&Counted> {
    report.figures.counted.iter().find(|one| one.measure == measure)
}

/// Every table of a report, in the order of the page.
pub(crate) fn all(report: &Report) -> Vec<Table> {
    let mut tables = vec![summary(report)];
    tables.extend(GROUPS.iter().map(|(group, measures)| by_week(report, group, measures)));
    tables.push(times(report));
    tables.push(promises(report));
    tables.push(released(report));
    tables
}

fn summary(report: &Report) -> Table {
    let rows = report.figures.counted.iter().map(|one| {
        vec![
            text(words::measure(one.measure)),
            total(one.total),
            total(one.before),
            change(one.total, one.before),
        ]
    });
    Table {
        id: "summary".into(),
        title: say("insight-summary"),
        head: ["insight-what", "insight-period", "insight-before", "insight-change"]
            .map(say)
            .into(),
        rows: rows.collect(),
    }
}

/// The change in whole per cent, where both are shown.
fn change(now: Total, before: Total) -> Shown {
    match (now.number(), before.number()) {
        (Some(now), Some(before)) if before > 0 => {
            let change = (now as i64 - before as i64) * 100 / before as i64;
            Shown { text: format!("{change:+} %"), number: Some(change as f64) }
        }
        _ => text(""),
    }
}

fn by_week(report: &Report, group: &str, measures: &[Measure]) -> Table {
    let lines: Vec<&Counted> = measures.iter().filter_map(|one| counted(report, *one)).collect();
    let mut head = vec![say("insight-week")];
    head.extend(measures.iter().map(|one| words::measure(*one)));
    let mut rows: Vec<Vec<Shown>> = vec![];
    for (week, monday) in report.period.mondays().iter().enumerate() {
        let mut row = vec![text(monday.to_string())];
        row.extend(lines.iter().map(|line| cell(line.weeks[week])));
        rows.push(row);
    }
    let mut sum = vec![text(say("insight-period"))];
    sum.extend(lines.iter().map(|line| total(line.total)));
    let mut before = vec![text(say("insight-before"))];
    before.extend(lines.iter().map(|line| total(line.before)));
    rows.extend([sum, before]);
    Table { id: group.to_owned(), title: say(&format!("insight-group-{group}")), head, rows }
}

fn times(report: &Report) -> Table {
    let timed = &report.figures.timed;
    let mut head = vec![say("insight-week")];
    for one in timed {
        let name = say(&format!("insight-time-{}", one.measure.code()));
        head.push(format!("{name}, {}", say("insight-half")));
        head.push(format!("{name}, {}", say("insight-most")));
    }
    let pair = |spread: Option<Spread>| {
        [minutes(spread.map(|one| one.half)), minutes(spread.map(|one| one.most))]
    };
    let mut rows: Vec<Vec<Shown>> = vec![];
    for (week, monday) in report.period.mondays().iter().enumerate() {
        let mut row = vec![text(monday.to_string())];
        row.extend(timed.iter().flat_map(|one| pair(one.weeks[week])));
        rows.push(row);
    }
    let mut sum = vec![text(say("insight-period"))];
    sum.extend(timed.iter().flat_map(|one| pair(one.all)));
    let mut before = vec![text(say("insight-before"))];
    before.extend(timed.iter().flat_map(|one| pair(one.before)));
    rows.extend([sum, before]);
    Table { id: "times".into(), title: say("insight-times"), head, rows }
}

fn promises(report: &Report) -> Table {
    let mut head = vec![say("insight-what")];
    head.extend(Came::ALL.iter().map(|one| say(&format!("promise-came-{}", one.code()))));
    head.push(say("insight-due"));
    let rows = report.promised.iter().map(|line| {
        let name = match &line.kind {
            Some((owner, name)) => words::promise(owner, name),
            None => say("insight-all"),
        };
        let mut row = vec![text(name)];
        row.extend(line.came.iter().map(|one| cell(*one)));
        row.push(cell(line.total));
        row
    });
    Table { id: "kept".into(), title: say("insight-promises"), head, rows: rows.collect() }
}

fn released(report: &Report) -> Table {
    let released = &report.figures.released;
    let count = counted(report, Measure::Released);
    let mean = released.call_minutes;
    let mean = mean
        .map_or_else(|| text("*"), |one| Shown { text: one.to_string(), number: Some(one as f64) });
    let now = count.map_or_else(|| text("*"), |one| total(one.total));
    let earlier = count.map_or_else(|| text("*"), |one| total(one.before));
    Table {
        id: "released".into(),
        title: say("insight-released"),
        head: ["insight-what", "insight-period", "insight-before"].map(say).into(),
        rows: vec![
            vec![text(words::measure(Measure::Released)), now, earlier],
            vec![text(say("insight-call-minutes")), mean, text("")],
            vec![text(say("insight-hours")), hours(released.tenths), hours(released.before)],
        ],
    }
}
