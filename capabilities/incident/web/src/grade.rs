//! How fast, and why: the first decision, and every one that changes it.

use crate::incident::act;
use axum::extract::{Path, State};
use axum::response::Response;
use incident::{Cause, Command, Grade, GradeTable};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Staff, View};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Grading {
    grade: String,
    grade_reason: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Regrading {
    regrade: String,
    regrade_reason: String,
    /// `screening` when an answer suggested it.
    regrade_cause: String,
}

fn read(
    field: &'static str,
    grade: &str,
    reason_field: &'static str,
    reason: &str,
) -> Result<(Grade, String), FieldErrors> {
    let mut errors = FieldErrors::new();
    let chosen = Grade::ALL.into_iter().find(|one| one.code() == grade);
    if chosen.is_none() {
        errors.add(field, "Choose a grade");
    }
    let reason = errors.need(reason_field, reason, "Say why, in a few words").to_owned();
    match chosen {
        Some(grade) if !errors.any() => Ok((grade, reason)),
        _ => Err(errors),
    }
}

/// The first grade.
pub(crate) async fn post(
    table: GradeTable,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Grading>,
) -> Response {
    let read = read("grade", &form.value.grade, "grade_reason", &form.value.grade_reason);
    let command = read.map(|(grade, reason)| Command::Grade { grade, reason, table });
    act(&app, &view, &staff, &incident, &form, command).await
}

/// Another grade.
pub(crate) async fn regrade(
    table: GradeTable,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Regrading>,
) -> Response {
    let Regrading { regrade, regrade_reason, regrade_cause } = &form.value;
    let cause = if regrade_cause == "screening" { Cause::Screening } else { Cause::Reconsidered };
    let read = read("regrade", regrade, "regrade_reason", regrade_reason);
    let command = read.map(|(grade, reason)| Command::Regrade { grade, cause, reason, table });
    act(&app, &view, &staff, &incident, &form, command).await
}
