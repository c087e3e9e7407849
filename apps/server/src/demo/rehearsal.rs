//! Desks for the rehearsal: officers who are nobody, and the API key of a control
//! room that is none. Only where a demonstration runs.

use super::people;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use engine::{Caller, Engine};
use hub::{Hours, Hub};
use kernel::{Actor, Purpose, Role};
use serde::Deserialize;
use serde_json::json;
use std::error::Error;
use ui::{App, View, api};

type Fault = Box<dyn Error + Send + Sync>;

/// The name of the rehearsal's own system among the API clients.
pub(crate) const CLIENT: &str = "rehearsal";
/// The login of every desk begins so.
pub(crate) const LOGIN: &str = "rehearsal-";

/// The API key of the rehearsal: the same for as long as this data directory lives.
pub(crate) fn key(engine: &Engine) -> String {
    let derived = engine.derive("rehearsal api key", b"");
    derived.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How many desks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    count: u32,
}

/// `POST /demo/rehearsal {"count": 3}`: their logins, and the key.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    api::Body(Wanted { count }): api::Body<Wanted>,
) -> Response {
    let engine = app.engine();
    match desks(engine, count.min(rehearsal::limits::CALLS_MAX)).await {
        Ok(officers) => {
            Json(json!({ "api_key": key(engine), "officers": officers })).into_response()
        }
        Err(fault) => view.fault(&*fault),
    }
}

/// `POST /demo/rehearsal/journal`: how many events there are, and whether the chain over them
/// holds. Checkpoints are for `sightline journal verify`, which has the folder.
pub(crate) async fn verify(State(app): State<App>, view: View) -> Response {
    let journal = &**app.engine().journal();
    match journal::verify::verify(journal, vec![], |_| None).await {
        Ok(report) => {
            Json(json!({ "events": report.records, "verified": report.is_sound() })).into_response()
        }
        Err(fault) => view.fault(&fault),
    }
}

/// Makes the desks that are not there yet.
async fn desks(engine: &Engine, count: u32) -> Result<Vec<String>, Fault> {
    let mut logins = Vec::new();
    for desk in 1..=count {
        let (login, name) = (format!("{LOGIN}{desk:02}"), format!("Rehearsal {desk:02}"));
        people::make(engine, &login, &name, Role::Responder).await?;
        logins.push(login);
    }
    Ok(logins)
}

/// Opens the hub all day, every day: whoever tries the service may do so at night.
pub(crate) async fn open_hub(engine: &Engine) -> Result<(), Fault> {
    let all_day = Hours::daily(0, hub::hours::DAY);
    let (state, _) = engine.state::<Hub>(hub::STREAM).await?;
    if !state.open(engine.now()) {
        let caller = Caller { actor: Actor::System, purpose: Purpose::Rehearsal };
        let command = hub::Command::SetHours { hours: all_day };
        engine.execute::<Hub>(hub::STREAM, command, &caller, None).await?;
    }
    Ok(())
}
