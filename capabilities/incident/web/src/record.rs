//! What is added to the record: notes, call-backs, the close, and why it is open again.

use crate::incident::act;
use crate::limits;
use axum::extract::{Path, State};
use axum::response::Response;
use engine::Fault;
use incident::route::{CallBack, Closure};
use incident::{Command, Incident, IncidentId, permit};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Staff, View};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Noting {
    note: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Counting {
    call_back: String,
    call_back_note: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Closing {
    closure: String,
    closure_note: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reopening {
    reopen_reason: String,
}

/// Adds a note.
pub(crate) async fn note(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Noting>,
) -> Response {
    let mut errors = FieldErrors::new();
    let note = errors.need("note", &form.value.note, "Write the note").to_owned();
    if note.len() > limits::TEXT_MAX {
        errors.add("note", "A note must be two pages at most");
    }
    let command = if errors.any() { Err(errors) } else { Ok(Command::Note { note }) };
    act(&app, &view, &staff, &incident, &form, command).await
}

/// Counts a call-back.
pub(crate) async fn call_back(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Counting>,
) -> Response {
    let note = form.value.call_back_note.trim().to_owned();
    let command = CallBack::of(&form.value.call_back).map_or_else(
        || Err(wrong("call_back", "Choose what it came to")),
        |outcome| Ok(Command::CountCallBack { outcome, note }),
    );
    act(&app, &view, &staff, &incident, &form, command).await
}

/// Closes.
pub(crate) async fn close(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Closing>,
) -> Response {
    let note = form.value.closure_note.trim().to_owned();
    let command = Closure::of(&form.value.closure).map_or_else(
        || Err(wrong("closure", "Choose what it came to")),
        |outcome| Ok(Command::Close { outcome, note }),
    );
    let barred = match incident.parse() {
        Ok(id) => against_closing(&app, id).await,
        Err(_) => Ok(None),
    };
    let command = match barred {
        Ok(None) => command,
        Ok(Some(words)) => Err(wrong("closure", &words)),
        Err(fault) => return view.fault(&fault),
    };
    act(&app, &view, &staff, &incident, &form, command).await
}

/// What other capabilities hold against closing this incident. Nothing once it is closed.
pub(crate) async fn against_closing(app: &App, id: IncidentId) -> Result<Option<String>, Fault> {
    let (state, _) = app.engine().state::<Incident>(&id.stream()).await?;
    match state.closed {
        Some(_) => Ok(None),
        None => app.barred(permit::CLOSE, &id.stream()).await,
    }
}

/// Opens it again.
pub(crate) async fn reopen(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Reopening>,
) -> Response {
    let mut errors = FieldErrors::new();
    let reason = errors.need("reopen_reason", &form.value.reopen_reason, "Say why");
    let reason = reason.to_owned();
    let command = if errors.any() { Err(errors) } else { Ok(Command::Reopen { reason }) };
    act(&app, &view, &staff, &incident, &form, command).await
}

fn wrong(field: &str, words: &str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add(field, words);
    errors
}
