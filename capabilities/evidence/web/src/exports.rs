//! `/exports`: what waits for a second person, and what was answered. Shows no person's record.

use crate::{evidence, lines, names};
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault};
use minijinja::{Value, context};
use ui::{App, Serde, Staff, View};

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    answer(&app, &view, &staff, "evidence/exports.html").await
}

/// The part of it that changes.
pub(crate) async fn now(State(app): State<App>, view: View, staff: Staff) -> Response {
    answer(&app, &view, &staff, "evidence/now.html").await
}

async fn answer(app: &App, view: &View, staff: &Staff, template: &str) -> Response {
    let engine = app.engine();
    let all = async {
        let veil = app.veil(&staff.caller.actor).await?;
        let (mut waiting, mut answered) =
            (lines::waiting(engine).await?, lines::answered(engine).await?);
        for lines in [&mut waiting, &mut answered] {
            veil.over(lines, |line| format!("incident/{}", line.incident));
        }
        let waiting = shown(engine, waiting).await?;
        Ok::<_, Fault>(context! { waiting, answered => shown(engine, answered).await? })
    };
    match all.await {
        Ok(page) => view.page(template, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn shown(engine: &Engine, lines: Vec<lines::Line>) -> Result<Vec<Value>, Fault> {
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        let by = names::staff(engine, Some(&line.requested_by)).await?;
        let (path, reference) = (evidence::path(&line.stream), names::reference(&line.incident));
        shown.push(context! { by, path, reference, ..Value::from(Serde(&line)) });
    }
    Ok(shown)
}
