//! Officers sent in person.

use crate::incident::act;
use crate::screening::Pressed;
use axum::extract::{Path, State};
use axum::response::Response;
use incident::Command;
use incident::route::{InPerson, Location};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Staff, View};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Requesting {
    patrol_reason: String,
    patrol_place: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Routing {
    in_person_note: String,
}

/// Asks for a patrol.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Requesting>,
) -> Response {
    let mut errors = FieldErrors::new();
    let reason = errors.need(
        "patrol_reason",
        &form.value.patrol_reason,
        "Say why, so that the patrol knows what it comes to",
    );
    let place = form.value.patrol_place.trim();
    let location =
        (!place.is_empty()).then(|| Location { words: place.to_owned(), ..Location::default() });
    let command = match errors.any() {
        true => Err(errors.clone()),
        false => Ok(Command::RequestPatrol { reason: reason.to_owned(), location }),
    };
    act(&app, &view, &staff, &incident, &form, command).await
}

/// It is there.
pub(crate) async fn attended(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Pressed>,
) -> Response {
    let command = Command::NotePatrolAttended { attended_at: app.engine().now() };
    act(&app, &view, &staff, &incident, &form, Ok(command)).await
}

/// The response goes in person, by the handler's judgement.
pub(crate) async fn in_person(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
    form: Form<Routing>,
) -> Response {
    let note = form.value.in_person_note.trim().to_owned();
    let command = Command::RouteInPerson { reason: InPerson::Judgement, note };
    act(&app, &view, &staff, &incident, &form, Ok(command)).await
}
