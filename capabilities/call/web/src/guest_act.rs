//! What a guest does: answers, gets ready, sees, shares, warns, and calls later. Small JSON in,
//! `{"done": true}` out; a refusal is 409 and says nothing more.

use crate::Means;
use crate::guest::{self, Guest, Small};
use crate::guest_pace::What;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use call::{Command, Location};
use engine::Engine;
use serde::Deserialize;
use serde_json::json;
use ui::App;

/// `POST /j/safety {"safe": true, "alone": true}`.
#[derive(Deserialize)]
pub(crate) struct Answer {
    safe: bool,
    alone: bool,
}

pub(crate) async fn safety(
    means: Means,
    State(app): State<App>,
    guest: Guest,
    Small(Answer { safe, alone }): Small<Answer>,
) -> Response {
    let invitation = guest.invitation;
    press(&means, &app, &guest, Command::AnswerSafety { invitation, safe, alone }).await
}

/// `POST /j/later {}`: she cannot talk now and asks to be called.
pub(crate) async fn later(means: Means, State(app): State<App>, guest: Guest) -> Response {
    let invitation = guest.invitation;
    press(&means, &app, &guest, Command::AskCallLater { invitation }).await
}

/// `POST /j/ready {"camera": true, "microphone": true}`.
#[derive(Deserialize)]
pub(crate) struct Devices {
    camera: bool,
    microphone: bool,
}

pub(crate) async fn ready(
    means: Means,
    State(app): State<App>,
    guest: Guest,
    Small(Devices { camera, microphone }): Small<Devices>,
) -> Response {
    let invitation = guest.invitation;
    press(&means, &app, &guest, Command::BeReady { invitation, camera, microphone }).await
}

/// `POST /j/seen {}`: her screen shows the officer's first frame.
pub(crate) async fn seen(means: Means, State(app): State<App>, guest: Guest) -> Response {
    let participant = guest.open().and_then(|(open, _)| open.participant(guest.invitation));
    let Some(participant) = participant else { return guest::answered(refused()) };
    press(&means, &app, &guest, Command::NoteFirstFrame { participant }).await
}

/// `POST /j/audio {"on": true}`: her picture is off for the voice's sake.
#[derive(Deserialize)]
pub(crate) struct AudioOnly {
    on: bool,
}

pub(crate) async fn audio(
    means: Means,
    State(app): State<App>,
    guest: Guest,
    Small(AudioOnly { on }): Small<AudioOnly>,
) -> Response {
    let participant = guest.open().and_then(|(open, _)| open.participant(guest.invitation));
    let Some(participant) = participant else { return guest::answered(refused()) };
    press(&means, &app, &guest, Command::SwitchAudioOnly { participant, on }).await
}

/// `{"latitude": 51.5, "longitude": -3.2, "accuracy_metres": 12}`.
#[derive(Deserialize)]
pub(crate) struct Place {
    latitude: f64,
    longitude: f64,
    #[serde(default)]
    accuracy_metres: f64,
}

impl Place {
    fn read(self, engine: &Engine) -> Option<Location> {
        let Self { latitude, longitude, accuracy_metres } = self;
        let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        let sure = accuracy_metres.is_finite() && accuracy_metres >= 0.0;
        let at = engine.now();
        (on_earth && sure).then_some(Location { latitude, longitude, accuracy_metres, at })
    }
}

/// `POST /j/location`: where she is, because she agreed.
pub(crate) async fn location(
    means: Means,
    State(app): State<App>,
    guest: Guest,
    Small(place): Small<Place>,
) -> Response {
    let invitation = guest.invitation;
    match place.read(app.engine()) {
        Some(location) => {
            press(&means, &app, &guest, Command::ShareLocation { invitation, location }).await
        }
        None => guest::answered(refused()),
    }
}

/// `POST /j/danger {}` or `{"location": {…}}`: the silent signal. Whatever happens here, the
/// answer is the same, so that nothing on her screen can tell.
#[derive(Deserialize, Default)]
pub(crate) struct Danger {
    #[serde(default)]
    location: Option<Place>,
}

pub(crate) async fn danger(
    State(app): State<App>,
    guest: Guest,
    Small(danger): Small<Danger>,
) -> Response {
    let location = danger.location.and_then(|place| place.read(app.engine()));
    let invitation = guest.invitation;
    let signal = Command::SignalDanger { invitation, location };
    // No pace here: the rules make of many taps one signal every ten seconds.
    match guest.ask(app.engine(), signal).await {
        // What was not kept is not done: her page tries again and shows nothing either way.
        Err(engine::Refused::Fault(fault)) => guest::faulted(&fault),
        Ok(_) | Err(engine::Refused::Refusal(_)) => Json(json!({ "done": true })).into_response(),
    }
}

fn refused() -> Result<(), engine::Refused<call::Refusal>> {
    Err(engine::Refused::Refusal(call::Refusal::NotInRoom))
}

async fn press(means: &Means, app: &App, guest: &Guest, command: Command) -> Response {
    if !means.pace.allows(app.engine().now(), guest.invitation, What::Press) {
        return guest::too_often();
    }
    guest::answered(guest.ask(app.engine(), command).await)
}
