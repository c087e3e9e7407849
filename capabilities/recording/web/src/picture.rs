//! `GET /calls/{call}/stills/{still}.webp`, the strip of all of them, and taking one by
//! `POST /calls/{call}/stills`.

use crate::of_call::OfCall;
use crate::people::People;
use crate::tape::{self, Damage};
use crate::{Means, player, recordings};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use call::{CallId, Participant};
use engine::{Engine, Fault};
use recording::{StillCause, StillId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ui::{App, Asked, Form, Serde, Staff, View, context};

/// The picture. One that is not as the record says is not shown.
pub(crate) async fn get(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    of: OfCall,
) -> Response {
    let call = of.call;
    let id = of.file.strip_suffix(".webp").and_then(|name| name.parse::<StillId>().ok());
    let Some(id) = id else { return view.missing() };
    let still = match recordings::still(app.engine(), call, id).await {
        Ok(Some(still)) => still,
        Ok(None) => return player::nothing(&app, &view, &of).await,
        Err(fault) => return view.fault(&fault),
    };
    if let Err(stop) = means.seen.consulted(&staff, &view, call, "recording-still").await {
        return stop;
    }
    match tape::opened(&means.keeper, call, &still.object, &still.sha256).await {
        Ok(bytes) => ([(CONTENT_TYPE, "image/webp")], bytes).into_response(),
        Err(Damage::Gone) => player::nothing(&app, &view, &of).await,
        Err(Damage::Missing | Damage::Altered) => {
            view.problem(StatusCode::INTERNAL_SERVER_ERROR, "recording-still-damaged")
        }
    }
}

/// One still of the strip.
#[derive(Serialize)]
struct Shown {
    src: String,
    clock: i64,
    name: String,
    part: &'static str,
    width: u16,
    height: u16,
}

/// `GET /calls/{call}/stills`: the strip of what was taken so far.
pub(crate) async fn strip(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    of: OfCall,
) -> Response {
    let call = of.call;
    if let Err(stop) = means.seen.consulted(&staff, &view, call, "recording-still").await {
        return stop;
    }
    match shown(app.engine(), call).await {
        Ok(stills) => {
            let page = context! { call => call.to_string(), stills => Serde(&stills) };
            view.page("recording/stills.html", page)
        }
        Err(fault) => view.fault(&fault),
    }
}

async fn shown(engine: &Engine, call: CallId) -> Result<Vec<Shown>, Fault> {
    let stills = recordings::stills(engine, call).await?;
    let who: Vec<Participant> = stills.iter().map(|still| still.participant).collect();
    let people = People::of(engine, call, who).await?;
    let shown = stills.iter().map(|still| {
        let (name, part) = people.one(still.participant);
        Shown {
            src: format!("/calls/{call}/stills/{}.webp", still.still),
            clock: still.at.0,
            name: name.to_owned(),
            part,
            width: still.width,
            height: still.height,
        }
    });
    Ok(shown.collect())
}

/// `participant=victim`
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    participant: String,
}

/// `POST /calls/{call}/stills`: takes one now. A script hears its address, or why there is none.
pub(crate) async fn post(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    of: OfCall,
    Form { value, .. }: Form<Wanted>,
) -> Response {
    let call = of.call;
    let engine = app.engine();
    let of = match value.participant.as_str() {
        "" => Ok(Participant::Victim),
        text => text.parse(),
    };
    let Ok(of) = of else { return view.missing() };
    let still = StillId::birth(engine.now(), engine.luck16());
    let taken = match means.taking.take(still, call, of, staff.who.id).await {
        Ok(taken) => taken,
        Err(fault) => return view.fault(&fault),
    };
    match (taken, asked) {
        (Ok(()), Asked::Page) => Redirect::to(&format!("/calls/{call}/recording")).into_response(),
        (Ok(()), _) => {
            let src = format!("/calls/{call}/stills/{still}.webp");
            let body = json!({ "still": still.to_string(), "src": src });
            (StatusCode::CREATED, Json(body)).into_response()
        }
        (Err(cause), Asked::Page) => view.problem(StatusCode::CONFLICT, message(cause)),
        (Err(cause), _) => {
            let body = json!({ "refused": words(cause) });
            (StatusCode::CONFLICT, Json(body)).into_response()
        }
    }
}

const fn message(cause: StillCause) -> &'static str {
    match cause {
        StillCause::NoPicture => "recording-still-no-picture",
        StillCause::TooLate => "recording-still-too-late",
        StillCause::Busy => "recording-still-busy",
        StillCause::Fault => "recording-still-fault",
    }
}

const fn words(cause: StillCause) -> &'static str {
    match cause {
        StillCause::NoPicture => "There is no picture to take a still of.",
        StillCause::TooLate => "The camera did not send a whole picture in time. Try again.",
        StillCause::Busy => "Too many stills are being taken. Try again in a moment.",
        StillCause::Fault => "The still could not be kept. Try again.",
    }
}
