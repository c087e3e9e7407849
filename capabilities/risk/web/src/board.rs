//! The board for supervisors and specialists: what waits for a second grade, who is to be
//! assessed again, whom nobody has seen, and where two differed. No person stands here, so that
//! it can follow every change.

use crate::risk_list::{self, Part, Row};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::Fault;
use minijinja::{Value, context};
use ui::{App, Serde, Staff, View};

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    headers: HeaderMap,
) -> Response {
    match page(&app, &staff).await {
        Ok(page) if headers.contains_key("hx-request") => view.page("risk/now.html", page),
        Ok(page) => view.page("risk/board.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff) -> Result<Value, Fault> {
    let (engine, now) = (app.engine(), app.engine().now());
    let veil = app.veil(&staff.caller.actor).await?;
    let part = async |part: Part| -> Result<Vec<Row>, Fault> {
        let mut rows = risk_list::part(engine, part).await?;
        veil.over(&mut rows, |row| format!("incident/{}", row.id));
        Ok(rows)
    };
    let (second, again) = (part(Part::Second).await?, part(Part::Again).await?);
    let (unseen, differ) = (part(Part::Unseen).await?, part(Part::Differ).await?);
    let late = |rows: &[Row], due: fn(&Row) -> Option<i64>| {
        rows.iter().filter(|row| due(row).is_some_and(|due| due <= now.0)).count()
    };
    let late = late(&second, |row| row.second_due) + late(&again, |row| row.reassess_due);
    Ok(context! {
        second => Serde(&second), again => Serde(&again), unseen => Serde(&unseen),
        differ => Serde(&differ), late => late, now => now.0,
    })
}
