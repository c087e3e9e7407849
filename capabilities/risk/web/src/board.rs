//! The board for supervisors and specialists: what waits for a second grade, who is to be
//! assessed again, whom nobody has seen, and where two differed. No person stands here, so that
//! it can follow every change.

use crate::risk_list::{self, Part, Row};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::Fault;
use minijinja::{Value, context};
use ui::{App, Serde, View};

pub(crate) async fn get(State(app): State<App>, view: View, headers: HeaderMap) -> Response {
    match page(&app).await {
        Ok(page) if headers.contains_key("hx-request") => view.page("risk/now.html", page),
        Ok(page) => view.page("risk/board.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App) -> Result<Value, Fault> {
    let (engine, now) = (app.engine(), app.engine().now());
    let second = risk_list::part(engine, Part::Second).await?;
    let again = risk_list::part(engine, Part::Again).await?;
    let unseen = risk_list::part(engine, Part::Unseen).await?;
    let differ = risk_list::part(engine, Part::Differ).await?;
    let late = |rows: &[Row], due: fn(&Row) -> Option<i64>| {
        rows.iter().filter(|row| due(row).is_some_and(|due| due <= now.0)).count()
    };
    let late = late(&second, |row| row.second_due) + late(&again, |row| row.reassess_due);
    Ok(context! {
        second => Serde(&second), again => Serde(&again), unseen => Serde(&unseen),
        differ => Serde(&differ), late => late, now => now.0,
    })
}
