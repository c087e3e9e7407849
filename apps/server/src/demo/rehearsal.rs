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
    /// Officers of the disclosure scheme.
    #[serde(default)]
    disclosers: u32,
}

/// `POST /demo/rehearsal {"count": 3}`: their logins, and the key. With `"disclosers": 2` also
/// those of the disclosure scheme, with a supervisor and whoever answers for the force's data.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    api::Body(Wanted { count, disclosers }): api::Body<Wanted>,
) -> Response {
    let engine = app.engine();
    let made = async {
        let officers = desks(engine, ("", Role::Responder), count).await?;
        let scheme = ("disclosure-", Role::DisclosureOfficer);
        let disclosers = desks(engine, scheme, disclosers).await?;
        let others = match disclosers.is_empty() {
            true => None,
            false => Some((
                one(engine, "supervisor", Role::Supervisor).await?,
                one(engine, "data-protection", Role::DataProtection).await?,
            )),
        };
        Ok::<_, Fault>((officers, disclosers, others))
    };
    match made.await {
        Ok((officers, disclosers, others)) => {
            let (supervisor, data_protection) = others.unzip();
            Json(json!({
                "api_key": key(engine), "officers": officers, "disclosers": disclosers,
                "supervisor": supervisor, "data_protection": data_protection,
            }))
            .into_response()
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
async fn desks(
    engine: &Engine,
    (part, role): (&str, Role),
    count: u32,
) -> Result<Vec<String>, Fault> {
    let mut logins = Vec::new();
    for desk in 1..=count.min(rehearsal::limits::CALLS_MAX) {
        logins.push(one(engine, &format!("{part}{desk:02}"), role).await?);
    }
    Ok(logins)
}

/// Makes one account, unless it is there.
async fn one(engine: &Engine, part: &str, role: Role) -> Result<String, Fault> {
    let (login, name) = (format!("{LOGIN}{part}"), format!("Rehearsal {part}"));
    people::make(engine, &login, &name, role).await?;
    Ok(login)
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
