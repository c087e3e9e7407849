//! `GET /j/state`: where this device stands, as the page needs it; and `GET /j/events`, which
//! only says that it is worth asking again.

use crate::guest::{self, Guest};
use crate::guest_pace::What;
use crate::{Means, invitation_list, invitation_secret};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{AppendHeaders, IntoResponse, Response};
use call::{Guest as Kind, Lobby, Participant, Safety, Standing};
use engine::{Engine, Fault};
use futures::Stream;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use ui::App;

pub(crate) async fn get(means: Means, State(app): State<App>, headers: HeaderMap) -> Response {
    let engine = app.engine();
    let found = match Guest::find(engine, &headers).await {
        Ok(Some(guest)) => guest,
        Ok(None) => return guest::unknown().into_response(),
        Err(fault) => return guest::faulted(&fault),
    };
    if !means.pace.allows(engine.now(), found.invitation, What::State) {
        return guest::too_often();
    }
    match json(engine, &found).await {
        // The end of the call is the end of her cookies.
        Ok(state) if found.state.open().is_none() => {
            let [session, language] = guest::no_cookies();
            let cookies = AppendHeaders([(SET_COOKIE, session), (SET_COOKIE, language)]);
            (cookies, Json(state)).into_response()
        }
        Ok(state) => Json(state).into_response(),
        Err(fault) => guest::faulted(&fault),
    }
}

/// The state of a guest. Says nothing of why there is a call.
pub(crate) async fn json(engine: &Engine, guest: &Guest) -> Result<Value, Fault> {
    let Some((open, one)) = guest.open() else { return Ok(json!({ "state": "finished" })) };
    let language = open.language.tag();
    if guest.standing == Standing::Waiting {
        let code = invitation_secret::device_code(&guest.device);
        return Ok(json!({ "state": "other_device", "code": code, "language": language }));
    }
    let safety = match open.safety {
        _ if one.guest != Kind::Victim => "safe",
        Safety::Unasked => "unasked",
        Safety::AskedAgain => "asked_again",
        Safety::Answered { safe: false, .. } => "not_safe",
        Safety::Answered { safe: true, alone: false } => "not_alone",
        Safety::Answered { safe: true, alone: true } => "safe",
    };
    let line = match one.guest {
        Kind::Victim => invitation_list::in_line(engine, guest.call).await?,
        _ => None,
    };
    let officer =
        open.room.keys().any(|who| matches!(who, Participant::Staff(_)) && open.is_there(*who));
    Ok(json!({
        "state": "open",
        "you": one.guest,
        "identity": open.participant(guest.invitation).map(|who| who.to_string()),
        "language": language,
        "safety": safety,
        "ready": one.lobby != Lobby::Outside,
        "admitted": one.lobby.admitted(),
        "answered": open.officer.is_some(),
        "officer_there": officer,
        "recorded": open.is_there(Participant::Recorder),
        "before_you": line.map(|(before, _)| before),
        "waiting_seconds": line.map(|(_, since)| engine.now().since(since).as_secs()),
        "face_to_face": open.face_to_face,
        "texts": open.texts,
        "reading": open.reading_of(guest.invitation).map(|reading| reading.to_string()),
        // Some calls have neither; her page shows no button then, and no word of why.
        "chat": open.about.leaves_traces(),
        "place": open.about.leaves_traces(),
    }))
}

/// Hints, with nothing in them: `changed` when something did, `ended` when it is over.
pub(crate) async fn events(State(app): State<App>, headers: HeaderMap) -> Response {
    let stream = match Guest::find(app.engine(), &headers).await {
        Ok(Some(guest)) => guest.call.stream(),
        Ok(None) => return guest::unknown().into_response(),
        Err(fault) => return guest::faulted(&fault),
    };
    Sse::new(hints(&app, stream))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
        .into_response()
}

/// Hints closer together than this are one: the page asks again only so often.
const PACE: Duration = Duration::from_millis(150);

fn hints(app: &App, call: String) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let changes = app.feed().subscribe();
    futures::stream::unfold((changes, call), |(mut changes, call)| async move {
        loop {
            match changes.recv().await {
                Ok(change) if *change.stream == *call => break,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return None,
            }
        }
        tokio::time::sleep(PACE).await;
        // A browser swallows an event without data.
        let event = Event::default().event("changed").data("again");
        // What came meanwhile is answered by the asking that this hint causes.
        changes = changes.resubscribe();
        Some((Ok(event), (changes, call)))
    })
}
