//! The same figures as files: CSV for programs, ODS for people with a spreadsheet.

use crate::report::{self, Asked, Report};
use crate::{ods, table};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use ui::{App, View};

pub(crate) async fn csv(
    State(app): State<App>,
    view: View,
    Query(asked): Query<Asked>,
) -> Response {
    let report = match report(&app, &view, &asked).await {
        Ok(report) => report,
        Err(stop) => return stop,
    };
    let mut file = String::new();
    for table in table::all(&report) {
        file.push_str(&audit::csv::line([table.title]));
        file.push_str(&audit::csv::line(table.head));
        for row in table.rows {
            file.push_str(&audit::csv::line(row.into_iter().map(|cell| cell.text)));
        }
        file.push_str("\r\n");
    }
    answer("text/csv; charset=utf-8", "csv", &report, file.into_bytes())
}

pub(crate) async fn ods(
    State(app): State<App>,
    view: View,
    Query(asked): Query<Asked>,
) -> Response {
    match report(&app, &view, &asked).await {
        Ok(report) => answer(ods::KIND, "ods", &report, ods::file(&table::all(&report))),
        Err(stop) => stop,
    }
}

async fn report(app: &App, view: &View, asked: &Asked) -> Result<Report, Response> {
    let period = asked.period(app.engine());
    let period = period
        .map_err(|report::NotADay| view.problem(StatusCode::BAD_REQUEST, "insight-not-a-day"))?;
    report::of(app.engine(), period).await.map_err(|fault| view.fault(&fault))
}

fn answer(kind: &str, ending: &str, report: &Report, file: Vec<u8>) -> Response {
    let first = report.period.mondays().first().map(ToString::to_string).unwrap_or_default();
    let name = format!("attachment; filename=\"insight-{first}.{ending}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], file).into_response()
}
