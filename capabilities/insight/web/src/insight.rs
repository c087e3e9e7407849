//! `GET /insight`: the figures with charts, and each chart's table.

use crate::report::{self, Asked, Report};
use crate::table::{self, GROUPS};
use crate::{chart, words};
use ::insight::figures::Total;
use ::insight::{Measure, Period};
use axum::extract::{Query, State};
use axum::response::Response;
use minijinja::Value;
use serde::Serialize;
use stats::suppression::Cell;
use ui::{App, Serde, View, context};

#[derive(Serialize)]
struct Section {
    table: table::Table,
    charts: Vec<chart::Chart>,
}

/// One figure at the top of the page.
#[derive(Serialize)]
struct Head {
    title: String,
    shown: String,
    before: String,
}

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    Query(asked): Query<Asked>,
) -> Response {
    let engine = app.engine();
    let (period, understood) = match asked.period(engine) {
        Ok(period) => (period, true),
        Err(report::NotADay) => match Period::usual(engine.now()) {
            Ok(period) => (period, false),
            Err(_) => return view.missing(),
        },
    };
    match report::of(engine, period).await {
        Ok(report) => view.page("insight/insight.html", page(&report, understood)),
        Err(fault) => view.fault(&fault),
    }
}

fn page(report: &Report, understood: bool) -> Value {
    let mut tables = table::all(report).into_iter();
    let summary = tables.next();
    let mut sections: Vec<Section> = vec![];
    for (table, (_, measures)) in tables.by_ref().zip(GROUPS) {
        let charts = measures.iter().filter_map(|one| chart::bars(report, *one));
        sections.push(Section { table, charts: charts.collect() });
        if sections.len() == GROUPS.len() {
            break;
        }
    }
    if let Some(table) = tables.next() {
        let charts = report.figures.timed.iter().map(|one| chart::lines(report, one));
        sections.push(Section { table, charts: charts.collect() });
    }
    let (promises, released) = (tables.next(), tables.next());
    let to = report.period.last_day().map(|day| day.to_string()).unwrap_or_default();
    let from = report.period.mondays().first().map(ToString::to_string).unwrap_or_default();
    let baseline = report.baseline.now.as_ref().map(|(numbers, at, source, _)| {
        context! {
            version => report.baseline.version,
            numbers => Serde(numbers),
            at => at.0,
            source => source.known().cloned(),
        }
    });
    let nothing = Total::Exact(Cell::Count(0));
    let empty = report.figures.counted.iter().all(|one| one.total == nothing)
        && report.promised.iter().all(|line| line.total == Cell::Count(0));
    context! {
        from, to, understood, empty, baseline,
        weeks => report.period.weeks(),
        heads => Serde(&heads(report)),
        summary => Serde(&summary),
        sections => Serde(&sections),
        promises => Serde(&promises),
        released => Serde(&released),
        before_from => report.before.mondays().first().map(ToString::to_string),
        before_to => report.before.last_day().map(|day| day.to_string()).ok(),
    }
}

fn heads(report: &Report) -> Vec<Head> {
    let count = |measure| {
        let one = table::counted(report, measure)?;
        let (shown, before) = (one.total.to_string(), one.before.to_string());
        Some(Head { title: words::measure(measure), shown, before })
    };
    let wanted = [Measure::Reported, Measure::Called, Measure::Lost, Measure::Arrested];
    let mut heads: Vec<Head> = wanted.into_iter().filter_map(count).collect();
    let released = &report.figures.released;
    heads.push(Head {
        title: words::say("insight-hours"),
        shown: table::hours(released.tenths).text,
        before: table::hours(released.before).text,
    });
    heads
}
