//! What she is owed to hear: told, or tried.

use crate::safeguarding::{At, again, answer};
use axum::extract::State;
use axum::response::Response;
use incident::IncidentId;
use safeguarding::code::Heard;
use safeguarding::{Command, Schools};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, Asked, FieldErrors, Form, Named, Staff, View};

/// Which, how, and what was said.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Telling {
    update: u32,
    heard: String,
    update_note: String,
}

pub(crate) async fn heard(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Telling>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let Some(heard) = Heard::of(&value.heard) else {
        let mut errors = FieldErrors::new();
        errors.add("update_note", "Choose how she heard");
        return again(&at, &typed, &errors).await;
    };
    let tell = Command::TellUpdate { update: value.update, heard, note: value.update_note };
    answer(&at, tell, "update_note", &typed).await
}

pub(crate) async fn tried(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Telling>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let tried = Command::TryUpdate { update: value.update, note: value.update_note };
    answer(&at, tried, "update_note", &typed).await
}
