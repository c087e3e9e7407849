//! The supervisor's board of the hub: open or not, who is on shift and what they do, who waits.

use crate::availability::spoken;
use crate::waiting;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Refused;
use hub::{Command, Duty, Hub, Reason, Refusal};
use kernel::time::hours;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use ui::{App, FieldErrors, Form, Staff, View};

#[derive(Serialize)]
struct Row {
    name: String,
    since: i64,
    on_since: i64,
    call: Option<String>,
}

pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    match page(&app).await {
        Ok(page) => view.page("hub/board.html", page),
        Err(fault) => view.fault(&fault),
    }
}

/// The part that follows what happens.
pub(crate) async fn part(State(app): State<App>, view: View) -> Response {
    match page(&app).await {
        Ok(page) => view.page("hub/board-part.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App) -> Result<Value, engine::Fault> {
    let engine = app.engine();
    let now = engine.now();
    let (state, _) = engine.state::<Hub>(hub::STREAM).await?;
    let (waiting, longest_since) = waiting::waiting(engine).await?;
    let answer = state.availability(now, waiting);
    let (mut free, mut busy, mut resting) = (vec![], vec![], vec![]);
    for one in state.responders.values() {
        let row = |call| Row {
            name: one.name.known().cloned().unwrap_or_default(),
            since: one.since.0,
            on_since: one.on_since.0,
            call,
        };
        match &one.duty {
            Duty::Free => free.push(row(None)),
            Duty::Busy { call } => busy.push(row(Some(call.clone()))),
            Duty::OnBreak => resting.push(row(None)),
        }
    }
    Ok(context! {
        open => answer.open,
        against_hours => state.override_at(now).is_some(),
        opens => answer.next_opening.map(spoken),
        offerable => answer.offerable(),
        wait_seconds => answer.wait_seconds,
        waiting => waiting,
        longest_since => longest_since,
        free => minijinja::value::Serde(&free),
        busy => minijinja::value::Serde(&busy),
        resting => minijinja::value::Serde(&resting),
    })
}

#[derive(Deserialize)]
pub(crate) struct Against {
    #[serde(default)]
    reason: String,
    /// Hours for which it holds; none until somebody says otherwise.
    #[serde(default)]
    hours: String,
}

pub(crate) async fn open(
    app: State<App>,
    view: View,
    staff: Staff,
    form: Form<Against>,
) -> Response {
    against(app, view, staff, form, true).await
}

pub(crate) async fn close(
    app: State<App>,
    view: View,
    staff: Staff,
    form: Form<Against>,
) -> Response {
    against(app, view, staff, form, false).await
}

async fn against(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Against>,
    open: bool,
) -> Response {
    let mut errors = FieldErrors::new();
    let reason = Reason::of(&value.reason);
    if reason.is_none() {
        errors.add("reason", "Choose why");
    }
    let until = match value.hours.trim() {
        "" => None,
        text => match text.parse::<u64>().ok().filter(|n| (1..=72).contains(n)) {
            Some(count) => Some(app.engine().now().plus(hours(count))),
            None => {
                errors.add("hours", "Enter hours from 1 to 72, or leave it empty");
                None
            }
        },
    };
    if let (Some(reason), false) = (reason, errors.any()) {
        let command =
            if open { Command::Open { reason, until } } else { Command::Close { reason, until } };
        match app.engine().execute::<Hub>(hub::STREAM, command, &staff.caller, None).await {
            Ok(_) => return Redirect::to("/hub").into_response(),
            Err(Refused::Refusal(refusal)) => errors.add("hours", refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        }
    }
    match page(&app).await {
        Ok(page) => view.again("hub/board.html", page, &typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}

/// Back to the hours.
pub(crate) async fn resume(State(app): State<App>, view: View, staff: Staff) -> Response {
    let command = Command::ResumeHours;
    match app.engine().execute::<Hub>(hub::STREAM, command, &staff.caller, None).await {
        Ok(_) | Err(Refused::Refusal(Refusal::ByHours)) => Redirect::to("/hub").into_response(),
        Err(refused) => view.refused(&refused),
    }
}
