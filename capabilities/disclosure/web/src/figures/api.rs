//! The same figures for the force's own systems.

use super::{Asked, name, years};
use ::disclosure::figures::{Band, Ending, Line, Year, YearBasis};
use ::disclosure::{Cell, Channel};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use engine::Refused;
use serde::Serialize;
use std::collections::BTreeMap;
use ui::{App, api};
use utoipa::{OpenApi as _, ToSchema};

#[derive(utoipa::OpenApi)]
#[openapi(paths(get))]
struct Document;

/// This part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// All years, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiguresOut {
    /// `calendar` (from 1 January) or `financial` (from 1 April).
    #[schema(example = "calendar")]
    basis: &'static str,
    /// The years that have any.
    years: Vec<FiguresYearOut>,
}

/// One year. Applications count in the year in which they came, disclosures in the year in
/// which they were made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiguresYearOut {
    /// The year as people write it.
    #[schema(example = "2025")]
    year: String,
    /// A line a route, then all of them.
    lines: Vec<FiguresLineOut>,
}

/// One line. Every count is text: a number, `<5` for one to four, or `*` where it would give a
/// small one away.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiguresLineOut {
    /// `ask_self`, `ask_third_party`, `know` or `all`.
    #[schema(example = "ask_self")]
    route: &'static str,
    /// Applications.
    #[schema(example = "42")]
    applications: String,
    /// Of these, by how they stand or ended.
    endings: BTreeMap<&'static str, String>,
    /// Disclosures.
    #[schema(example = "17")]
    disclosures: String,
    /// Of these, by how many days they took.
    days: BTreeMap<&'static str, String>,
    /// Of these, by how she was told.
    channels: BTreeMap<&'static str, String>,
    /// Per cent told within 28 days; nothing where it would show a small number.
    percent_within_28_days: Option<f64>,
    /// Per cent told within 35 days; nothing where it would show a small number.
    percent_within_35_days: Option<f64>,
    /// The longest in days; nothing where it would be somebody's own.
    longest_days: Option<u32>,
}

/// The yearly figures of the disclosure scheme.
#[utoipa::path(
    get, path = "/api/v1/disclosures/figures", tag = "disclosures",
    params(("basis" = Option<String>, Query, description = "calendar (default) or financial")),
    responses(
        (status = 200, body = FiguresOut, description = "The figures, small numbers suppressed"),
        (status = 401, description = "No such API key"),
    ),
)]
pub(crate) async fn get(State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    let basis = asked.basis();
    match years(app.engine(), basis).await {
        Ok(years) => {
            let years = years.iter().map(|year| of_year(year, basis)).collect();
            Json(FiguresOut { basis: basis.code(), years }).into_response()
        }
        Err(fault) => api::refused::<::disclosure::Refusal>(Refused::Fault(fault)),
    }
}

fn of_year(year: &Year, basis: YearBasis) -> FiguresYearOut {
    let lines = year.lines.iter().map(of_line).collect();
    FiguresYearOut { year: name(year.year, basis), lines }
}

fn of_line(line: &Line) -> FiguresLineOut {
    let percent = |tenths: Option<u64>| tenths.map(|tenths| tenths as f64 / 10.0);
    FiguresLineOut {
        route: line.route.map_or("all", ::disclosure::Route::code),
        applications: line.applications.to_string(),
        endings: named(Ending::ALL.iter().map(|one| one.code()), &line.endings),
        disclosures: line.disclosures.to_string(),
        days: named(Band::ALL.iter().map(|one| one.code()), &line.bands),
        channels: named(Channel::ALL.iter().map(|one| one.code()), &line.channels),
        percent_within_28_days: percent(line.within_28_permille),
        percent_within_35_days: percent(line.within_35_permille),
        longest_days: line.longest_days,
    }
}

fn named(
    codes: impl Iterator<Item = &'static str>,
    cells: &[Cell],
) -> BTreeMap<&'static str, String> {
    codes.zip(cells.iter().map(ToString::to_string)).collect()
}
