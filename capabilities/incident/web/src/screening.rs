//! The rules of eligibility, one question at a time; each answer is kept as it is given, and
//! can be changed until the screening is concluded.

use crate::incident::act;
use axum::extract::{Path, State};
use axum::response::Response;
use incident::screening::{Answer, Rule};
use incident::{Answered, Command};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Staff, View};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answering {
    rule: String,
    answer: String,
    answer_note: String,
}

/// Nothing but a button.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pressed {}

/// Keeps one answer.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Answering>,
) -> Response {
    let rule = Rule::ALL.into_iter().find(|one| one.code() == form.value.rule);
    let answer = Answer::ALL.into_iter().find(|one| one.code() == form.value.answer);
    let note = form.value.answer_note.trim().to_owned();
    let command = match (rule, answer) {
        (Some(rule), Some(answer)) => Ok(Command::Answer(Answered { rule, answer, note })),
        _ => {
            let mut errors = FieldErrors::new();
            errors.add("next", "Answer with yes, no or not known");
            Err(errors)
        }
    };
    act(&app, &view, &staff, &incident, &form, command).await
}

/// Concludes.
pub(crate) async fn conclude(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Pressed>,
) -> Response {
    act(&app, &view, &staff, &incident, &form, Ok(Command::Conclude)).await
}

/// Asks anew.
pub(crate) async fn again(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Pressed>,
) -> Response {
    act(&app, &view, &staff, &incident, &form, Ok(Command::ScreenAgain)).await
}
