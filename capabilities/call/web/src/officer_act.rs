//! What an officer does in a call: one small `POST` a deed. A script gets 204, or 409 with the
//! refusal in words; a plain form is sent on to the call.

use crate::officer_log;
use crate::officer_named::{Here, Named};
use crate::{Means, rooms};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use call::{Call, Command, Marker, Outcome, Participant, Refusal};
use engine::Refused;
use kernel::At;
use kernel::id::StaffId;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use ui::{App, Asked, Form, Staff, View};

/// How far back a marker may lie: the time between seeing something and pressing the key.
const MARKER_BACK_MAX: Duration = Duration::from_secs(30);

async fn ask(
    app: &App,
    view: &View,
    staff: &Staff,
    asked: Asked,
    call: Here,
    command: Command,
) -> Response {
    let done = app.engine().execute::<Call>(&call.stream(), command, &staff.caller, None).await;
    answer(view, asked, done.map(|_| ()), &call.base())
}

fn answer(view: &View, asked: Asked, done: Result<(), Refused<Refusal>>, onward: &str) -> Response {
    match (done, asked) {
        (Ok(()), Asked::Page) => Redirect::to(onward).into_response(),
        (Ok(()), Asked::Part | Asked::Autosave) => StatusCode::NO_CONTENT.into_response(),
        (Err(refused), Asked::Page) => view.refused(&refused),
        (Err(Refused::Refusal(refusal)), Asked::Part | Asked::Autosave) => {
            (StatusCode::CONFLICT, Json(json!({ "refused": refusal.to_string() }))).into_response()
        }
        (Err(refused @ Refused::Fault(_)), Asked::Part | Asked::Autosave) => view.refused(&refused),
    }
}

/// `POST /calls/{call}/pick-up`.
pub(crate) async fn pick_up(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
) -> Response {
    ask(&app, &view, &staff, asked, call, Command::PickUp).await
}

/// `POST /calls/{call}/room`: a token for whoever asks, under their own name. Everybody in a
/// room is seen by everybody, a supervisor too.
pub(crate) async fn room(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(call): Named,
) -> Response {
    let engine = app.engine();
    let state = match engine.state::<Call>(&call.stream()).await {
        Ok((state, _)) => state,
        Err(fault) => return view.fault(&fault),
    };
    if state.open().is_none() {
        let over = json!({ "finished": state.call().is_some() });
        return (StatusCode::CONFLICT, Json(over)).into_response();
    }
    let me = Participant::Staff(staff.who.id);
    if let Err(fault) = rooms::note_entering(engine, call.id, me).await {
        return view.fault(&fault);
    }
    let identity = me.to_string();
    let token = means.settings.rooms.token(call.id, &identity, &staff.who.name, engine.now());
    let elsewhere = means.settings.rooms.media_url();
    // A page may be open under another name of this host: `own` says that its own will do.
    let own = elsewhere.is_none();
    let url = elsewhere.unwrap_or_else(|| app.place().origin.clone());
    Json(json!({ "url": url, "own": own, "token": token, "identity": identity })).into_response()
}

/// `POST /calls/{call}/first-frame`: this page shows her.
pub(crate) async fn first_frame(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
) -> Response {
    let participant = Participant::Staff(staff.who.id);
    ask(&app, &view, &staff, asked, call, Command::NoteFirstFrame { participant }).await
}

/// `text=…`
#[derive(Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    text: String,
}

/// `POST /calls/{call}/say`.
pub(crate) async fn say(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
    Form { value, .. }: Form<Written>,
) -> Response {
    let by = Participant::Staff(staff.who.id);
    ask(&app, &view, &staff, asked, call, Command::Say { by, text: value.text }).await
}

/// `marker=injury&label=…&at=<µs>`; without a time it is now, without a label the kind's word.
#[derive(Deserialize)]
pub(crate) struct Marked {
    #[serde(default)]
    marker: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    at: String,
}

/// `POST /calls/{call}/marker`.
pub(crate) async fn marker(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
    Form { value, .. }: Form<Marked>,
) -> Response {
    let (marker, word) = match value.marker.as_str() {
        "account" => (Marker::Account, "Account"),
        "injury" => (Marker::Injury, "Injury"),
        "scene" => (Marker::Scene, "Scene"),
        "safety" => (Marker::Safety, "Safety"),
        _ => (Marker::Other, "Marker"),
    };
    let now = app.engine().now();
    let pressed = value.at.parse().map_or(now, At);
    let at = pressed.clamp(now.minus(MARKER_BACK_MAX), now);
    let label = Some(value.label.trim()).filter(|l| !l.is_empty()).unwrap_or(word).to_owned();
    ask(&app, &view, &staff, asked, call, Command::SetMarker { at, label, marker }).await
}

/// `POST /calls/{call}/still`: of her.
pub(crate) async fn still(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
) -> Response {
    let of = Participant::Victim;
    ask(&app, &view, &staff, asked, call, Command::RequestStill { of }).await
}

/// `POST /calls/{call}/ask-safety`.
pub(crate) async fn ask_safety(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
) -> Response {
    ask(&app, &view, &staff, asked, call, Command::AskSafety).await
}

/// `POST /calls/{call}/offender-returned`: with the last place she gave, for the patrol.
pub(crate) async fn offender_returned(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
) -> Response {
    let location = match officer_log::last_place(app.engine(), call.id).await {
        Ok(location) => location,
        Err(fault) => return view.fault(&fault),
    };
    ask(&app, &view, &staff, asked, call, Command::SayOffenderReturned { location }).await
}

/// `on=yes`: the officer's own picture is off for the voice's sake.
#[derive(Deserialize)]
pub(crate) struct AudioOnly {
    #[serde(default)]
    on: String,
}

/// `POST /calls/{call}/audio-only`.
pub(crate) async fn audio_only(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
    Form { value, .. }: Form<AudioOnly>,
) -> Response {
    let participant = Participant::Staff(staff.who.id);
    let on = value.on == "yes";
    ask(&app, &view, &staff, asked, call, Command::SwitchAudioOnly { participant, on }).await
}

/// `invitation=…`
#[derive(Deserialize)]
pub(crate) struct Waiting {
    #[serde(default)]
    invitation: String,
}

/// `POST /calls/{call}/admit`: out of the lobby, into the room.
pub(crate) async fn admit(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
    Form { value, .. }: Form<Waiting>,
) -> Response {
    let Ok(invitation) = value.invitation.parse() else { return view.missing() };
    ask(&app, &view, &staff, asked, call, Command::AdmitGuest { invitation }).await
}

/// `to=<staff>`
#[derive(Deserialize)]
pub(crate) struct To {
    #[serde(default)]
    to: String,
}

/// `POST /calls/{call}/hand-over`.
pub(crate) async fn hand_over(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
    Form { value, .. }: Form<To>,
) -> Response {
    let Ok(to) = value.to.parse::<StaffId>() else { return view.missing() };
    ask(&app, &view, &staff, asked, call, Command::HandOver { to }).await
}

/// `POST /disclosures/calls/{call}/take-over`: the call is the asker's own from now on.
pub(crate) async fn take_over(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
) -> Response {
    ask(&app, &view, &staff, asked, call, Command::HandOver { to: staff.who.id }).await
}

/// `outcome=completed`
#[derive(Deserialize)]
pub(crate) struct Ending {
    #[serde(default)]
    outcome: String,
}

/// `POST /calls/{call}/finish`: only with an outcome. The room ends by what follows from it.
pub(crate) async fn finish(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(call): Named,
    Form { value, .. }: Form<Ending>,
) -> Response {
    let Some(outcome) = Outcome::of_code(&value.outcome) else {
        let words = "Choose how the call ended.";
        return match asked {
            Asked::Page => view.problem(StatusCode::UNPROCESSABLE_ENTITY, "officer-no-outcome"),
            Asked::Part | Asked::Autosave => {
                let refused = Json(json!({ "refused": words }));
                (StatusCode::UNPROCESSABLE_ENTITY, refused).into_response()
            }
        };
    };
    ask(&app, &view, &staff, asked, call, Command::Finish { outcome }).await
}
