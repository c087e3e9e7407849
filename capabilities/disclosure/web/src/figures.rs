//! `/disclosures/figures`: what a force is asked for every year, as a page, a file and through
//! the API. Small numbers are not shown, nor what would give them away; the rules see to it.

mod api;
mod chart;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use api::document;

use ::disclosure::figures::{Band, Ending, Line, Year, YearBasis};
use ::disclosure::{Channel, permit};
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault, ReadModel};
use kernel::Purpose;
use minijinja::context;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ui::{Access, App, Route, Serde, View};

const FIGURES: Access = Access::Staff(permit::FIGURES, Purpose::Disclosure);

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/disclosures/figures", FIGURES, get),
        Route::get("/disclosures/figures.csv", FIGURES, csv),
        Route::get("/api/v1/disclosures/figures", Access::Client(permit::FIGURES), api::get),
    ]
}

/// Everything that the telling, its calls and the figures read.
pub(crate) fn models() -> Vec<Arc<dyn ReadModel>> {
    let mut models = crate::call::models();
    models.push(Arc::new(rows::Rows));
    models
}

/// Which years are meant.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    basis: String,
}

impl Asked {
    /// Years of the calendar, unless those from April are asked for.
    fn basis(&self) -> YearBasis {
        YearBasis::of_code(&self.basis).unwrap_or(YearBasis::Calendar)
    }
}

async fn years(engine: &Engine, basis: YearBasis) -> Result<Vec<Year>, Fault> {
    let rows = rows::all(engine).await?;
    let mut years = ::disclosure::figures::figures(&rows, basis);
    years.reverse();
    Ok(years)
}

/// A year as people write it.
fn name(year: i16, basis: YearBasis) -> String {
    match basis {
        YearBasis::Calendar => year.to_string(),
        YearBasis::Financial => format!("{year}/{:02}", (i32::from(year) + 1).rem_euclid(100)),
    }
}

/// One line as a page and a file show it.
#[derive(Serialize)]
struct Shown {
    route: &'static str,
    applications: String,
    endings: Vec<String>,
    disclosures: String,
    bands: Vec<String>,
    channels: Vec<String>,
    within_28: String,
    within_35: String,
    longest: String,
}

/// Stands where a share or the longest would show somebody.
const NOTHING: &str = "–";

fn shown(line: &Line) -> Shown {
    let all = |cells: &[::disclosure::Cell]| cells.iter().map(ToString::to_string).collect();
    let share = |tenths: Option<u64>| {
        tenths.map_or(NOTHING.to_owned(), |n| format!("{}.{} %", n / 10, n % 10))
    };
    Shown {
        route: line.route.map_or("all", ::disclosure::Route::code),
        applications: line.applications.to_string(),
        endings: all(&line.endings),
        disclosures: line.disclosures.to_string(),
        bands: all(&line.bands),
        channels: all(&line.channels),
        within_28: share(line.within_28_permille),
        within_35: share(line.within_35_permille),
        longest: line.longest_days.map_or(NOTHING.to_owned(), |days| days.to_string()),
    }
}

/// One year of the page.
#[derive(Serialize)]
struct ShownYear {
    name: String,
    lines: Vec<Shown>,
}

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    Query(asked): Query<Asked>,
) -> Response {
    let basis = asked.basis();
    let years = match years(app.engine(), basis).await {
        Ok(years) => years,
        Err(fault) => return view.fault(&fault),
    };
    let chart = chart::of(&years, basis);
    let shown = years.iter().map(|year| ShownYear {
        name: name(year.year, basis),
        lines: year.lines.iter().map(shown).collect(),
    });
    let page = context! {
        basis => basis.code(),
        bases => YearBasis::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        endings => Ending::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        bands => Band::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        channels => Channel::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        years => Serde(shown.collect::<Vec<_>>()),
        chart => Serde(chart),
    };
    view.page("disclosure/figures.html", page)
}

pub(crate) async fn csv(
    State(app): State<App>,
    view: View,
    Query(asked): Query<Asked>,
) -> Response {
    let basis = asked.basis();
    match years(app.engine(), basis).await {
        Ok(years) => {
            let file = format!("attachment; filename=\"disclosures-{}.csv\"", basis.code());
            let kind = (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
            ([kind, (CONTENT_DISPOSITION, file)], table(&years, basis)).into_response()
        }
        Err(fault) => view.fault(&fault),
    }
}

/// Codes, counts and nothing that anybody typed: no cell can be a formula.
fn table(years: &[Year], basis: YearBasis) -> String {
    let heads = ["year", "route", "applications"].map(str::to_owned).into_iter();
    let heads = heads.chain(Ending::ALL.iter().map(|one| format!("applications_{}", one.code())));
    let heads = heads.chain(["disclosures".to_owned()]);
    let heads = heads.chain(Band::ALL.iter().map(|one| format!("disclosures_{}", one.code())));
    let heads = heads.chain(Channel::ALL.iter().map(|one| format!("disclosures_{}", one.code())));
    let last = ["percent_within_28_days", "percent_within_35_days", "longest_days"];
    let heads: Vec<String> = heads.chain(last.map(str::to_owned)).collect();
    let mut text = heads.join(",") + "\r\n";
    for year in years {
        for line in &year.lines {
            let percent =
                |n: Option<u64>| n.map_or(String::new(), |n| format!("{}.{}", n / 10, n % 10));
            let one = shown(line);
            let mut cells = vec![name(year.year, basis), one.route.to_owned(), one.applications];
            cells.extend(one.endings);
            cells.push(one.disclosures);
            cells.extend(one.bands);
            cells.extend(one.channels);
            cells.push(percent(line.within_28_permille));
            cells.push(percent(line.within_35_permille));
            cells.push(line.longest_days.map_or(String::new(), |days| days.to_string()));
            text.push_str(&(cells.join(",") + "\r\n"));
        }
    }
    text
}
