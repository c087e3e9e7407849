//! The board: every open incident by grade, with its target clock and what its call is doing.
//! No person stands on it, so that it can follow every change without filling the trail.

use crate::{availability, board, figures, limits};
use axum::extract::State;
use axum::response::Response;
use engine::Fault;
use incident::Grade;
use serde::Serialize;
use ui::{App, Serde, Staff, View, context};

#[derive(Serialize)]
struct Lane {
    grade: &'static str,
    tone: &'static str,
    rows: Vec<board::Row>,
    all: i64,
}

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    request: axum::http::HeaderMap,
) -> Response {
    match page(&app, &staff).await {
        // A refresh asks for the board alone.
        Ok(page) if request.contains_key("hx-request") => view.page("incident/board.html", page),
        Ok(page) => view.page("incident/incidents.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff) -> Result<minijinja::Value, Fault> {
    let (engine, veil) = (app.engine(), app.veil(&staff.caller.actor).await?);
    let stream = |row: &board::Row| format!("incident/{}", row.incident);
    let grades = [
        (None, "ungraded", "warn"),
        (Some(Grade::Immediate), Grade::Immediate.code(), "danger"),
        (Some(Grade::Priority), Grade::Priority.code(), "warn"),
        (Some(Grade::Scheduled), Grade::Scheduled.code(), "info"),
        (Some(Grade::ResolvedWithoutDeployment), Grade::ResolvedWithoutDeployment.code(), "plain"),
    ];
    let mut lanes = Vec::new();
    for (of, grade, tone) in grades {
        let (mut rows, all) = board::lane(engine, of, limits::LANE_MAX).await?;
        veil.over(&mut rows, stream);
        lanes.push(Lane { grade, tone, rows, all });
    }
    let mut closed = board::closed(engine, limits::CLOSED_MAX).await?;
    veil.over(&mut closed, stream);
    let counts = figures::since(engine, engine.now().minus(kernel::time::hours(24))).await?;
    let hub = availability::now(engine, None).await?;
    let open: i64 = lanes.iter().map(|lane| lane.all).sum();
    Ok(context! {
        lanes => Serde(&lanes), closed => Serde(&closed), counts => Serde(&counts),
        hub => Serde(&hub), open => open, now => engine.now().0,
    })
}
