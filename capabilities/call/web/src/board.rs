//! `GET /board`: the supervisor's view of every call that goes on, danger first, then whoever
//! waits longest. Codes and times; a supervisor who wants to see a person joins the call.

use crate::officer_calls::{self, Line, Standing};
use crate::queue;
use axum::extract::State;
use axum::response::Response;
use engine::Fault;
use hub::{Duty, Hub};
use kernel::time::hours;
use minijinja::{Value, context};
use serde::Serialize;
use std::collections::BTreeMap;
use ui::{App, Serde, Staff, View};

/// How far back finished calls are shown: a shift.
const FINISHED_SINCE: std::time::Duration = hours(8);
/// Finished calls shown.
const FINISHED_MAX: usize = 12;

pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    match page(&app, &staff).await {
        Ok(page) => view.page("call/board.html", page),
        Err(fault) => view.fault(&fault),
    }
}

/// One responder, as the board shows them.
#[derive(Serialize)]
struct Responder {
    name: String,
    duty: &'static str,
    since: i64,
    call: Option<String>,
}

async fn page(app: &App, staff: &Staff) -> Result<Value, Fault> {
    let engine = app.engine();
    let lines = queue::live(app, staff).await?;
    let since = engine.now().minus(FINISHED_SINCE);
    let mut finished = officer_calls::finished_since(engine, since).await?;
    let veil = app.veil(&staff.caller.actor).await?;
    veil.over(&mut finished, |line| format!("incident/{}", line.incident));
    let (hub, _) = engine.state::<Hub>(hub::STREAM).await?;
    let names: BTreeMap<String, String> = hub
        .responders
        .iter()
        .map(|(id, one)| (id.to_string(), one.name.known().cloned().unwrap_or_default()))
        .collect();
    let responders: Vec<Responder> = hub
        .responders
        .values()
        .map(|one| {
            let (duty, call) = match &one.duty {
                Duty::Free => ("free", None),
                Duty::Busy { call } => ("busy", Some(call.clone())),
                Duty::OnBreak => ("break", None),
            };
            let name = one.name.known().cloned().unwrap_or_default();
            Responder { name, duty, since: one.since.0, call }
        })
        .collect();
    let danger: Vec<&Line> = lines.iter().filter(|line| line.danger()).collect();
    let lane = |want: &[Standing]| -> Vec<&Line> {
        lines.iter().filter(|line| want.contains(&line.standing)).collect()
    };
    let waiting = lane(&[Standing::Ready]);
    Ok(context! {
        hub => queue::hub(engine, waiting.len()).await?,
        target => queue::WAIT_TARGET_SECONDS,
        danger => Serde(&danger),
        coming => Serde(&lane(&[Standing::Invited, Standing::Arriving])),
        waiting => Serde(&waiting),
        meeting => Serde(&lane(&[Standing::PickedUp])),
        face => Serde(&lane(&[Standing::FaceToFace])),
        done => finished.len(),
        finished => Serde(&finished.iter().take(FINISHED_MAX).collect::<Vec<_>>()),
        longest => waiting.first().and_then(|line| line.ready_at),
        names => names,
        responders => Serde(&responders),
    })
}
