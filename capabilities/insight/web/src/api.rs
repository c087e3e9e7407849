//! The same figures for the force's own systems. What is too small to be shown is `null` with
//! the reason beside it; a rounded total says that it is one.

use crate::report::{self, Asked, Report};
use ::insight::figures::Total;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use promise::standing::Came;
use serde::Serialize;
use stats::quantile::Spread;
use stats::suppression::Cell;
use std::collections::BTreeMap;
use ui::{App, api};
use utoipa::{OpenApi, ToSchema};

/// The part of the API that is insight's.
#[derive(OpenApi)]
#[openapi(
    paths(get),
    components(schemas(Out, CountedOut, TimedOut, SpreadOut, PromisedOut, Count))
)]
pub(crate) struct Document;

/// A count as it may be shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Count {
    /// The count; `null` when it is not shown.
    count: Option<u64>,
    /// As it is read: `12`, `~50` rounded to five, `<5` one to four, `*` hidden beside a small one.
    #[schema(example = "<5")]
    shown: String,
}

/// How often something happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedOut {
    /// What, by its stored code.
    #[schema(example = "reported")]
    measure: &'static str,
    /// By week.
    weeks: Vec<Count>,
    /// In all.
    total: Count,
    /// In the period before.
    before: Count,
}

/// How long something took for half and for nearly all, in seconds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpreadOut {
    /// The median.
    p50_seconds: u64,
    /// The 95th percentile.
    p95_seconds: u64,
}

/// How long something took; `null` where there are fewer than five.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimedOut {
    /// What, by its stored code.
    #[schema(example = "faced")]
    measure: &'static str,
    /// By week.
    weeks: Vec<Option<SpreadOut>>,
    /// In all.
    all: Option<SpreadOut>,
    /// In the period before.
    before: Option<SpreadOut>,
}

/// What became of the promises of one kind that fell due in the period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PromisedOut {
    /// The capability that owes it; `null` in the line for all.
    owner: Option<String>,
    /// Which promise; `null` in the line for all.
    name: Option<String>,
    /// `kept`, `kept_late`, `missed`, `ended`, `open`.
    came: BTreeMap<&'static str, Count>,
    /// In all.
    total: Count,
}

/// Everything of one period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Out {
    /// The first Monday.
    #[schema(example = "2025-11-03")]
    from: String,
    /// The last Sunday.
    to: String,
    /// The Monday of each week.
    weeks: Vec<String>,
    /// How often.
    counted: Vec<CountedOut>,
    /// How long.
    timed: Vec<TimedOut>,
    /// Promises kept and missed.
    promises: Vec<PromisedOut>,
    /// Tenths of an hour set free; `null` without a baseline or with fewer than five responses.
    released_tenths_of_an_hour: Option<i64>,
    /// The version of the baseline; 0 before any was set.
    baseline_version: u32,
}

/// The figures of whole weeks, small numbers suppressed.
#[utoipa::path(get, path = "/api/v1/insight", tag = "insight",
    params(
        ("from" = Option<String>, Query, description = "A day of the first week, YYYY-MM-DD"),
        ("to" = Option<String>, Query, description = "A day of the last week, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, body = Out, description = "The figures"),
        (status = 400, description = "A day that is none"),
    ))]
pub(crate) async fn get(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let Ok(period) = asked.period(app.engine()) else {
        return api::problem(StatusCode::BAD_REQUEST, "not-a-day", "from and to are YYYY-MM-DD");
    };
    match report::of(app.engine(), period).await {
        Ok(report) => Json(out(report)).into_response(),
        Err(fault) => api::refused::<insight::Refusal>(engine::Refused::Fault(fault)),
    }
}

fn cell(cell: Cell) -> Count {
    Count { count: cell.count(), shown: cell.to_string() }
}

fn total(total: Total) -> Count {
    Count { count: total.number(), shown: total.to_string() }
}

fn spread(spread: Option<Spread>) -> Option<SpreadOut> {
    spread.map(|one| SpreadOut { p50_seconds: one.half, p95_seconds: one.most })
}

fn out(report: Report) -> Out {
    let Report { period, figures, promised, baseline, .. } = report;
    let weeks: Vec<String> = period.mondays().iter().map(ToString::to_string).collect();
    let counted = figures.counted.into_iter().map(|one| CountedOut {
        measure: one.measure.code(),
        weeks: one.weeks.into_iter().map(cell).collect(),
        total: total(one.total),
        before: total(one.before),
    });
    let timed = figures.timed.into_iter().map(|one| TimedOut {
        measure: one.measure.code(),
        weeks: one.weeks.into_iter().map(spread).collect(),
        all: spread(one.all),
        before: spread(one.before),
    });
    let promises = promised.into_iter().map(|line| {
        let (owner, name) = line.kind.unzip();
        let came = Came::ALL.iter().map(|one| one.code()).zip(line.came.into_iter().map(cell));
        PromisedOut { owner, name, came: came.collect(), total: cell(line.total) }
    });
    Out {
        from: weeks.first().cloned().unwrap_or_default(),
        to: period.last_day().map(|day| day.to_string()).unwrap_or_default(),
        weeks,
        counted: counted.collect(),
        timed: timed.collect(),
        promises: promises.collect(),
        released_tenths_of_an_hour: figures.released.tenths,
        baseline_version: baseline.version,
    }
}
