//! What the API answers.

use super::body::{StandingOut, Wrong};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault, Refused};
use incident::screening::{Outcome, Rule};
use incident::{Command, Grade, Incident, IncidentId, Patrol, Refusal, State};
use kernel::At;
use ui::{App, Client, api};

pub(crate) fn standing(id: IncidentId, state: &State) -> StandingOut {
    let iso = |at: At| jiff::Timestamp::from_microsecond(at.0).ok().map(|at| at.to_string());
    let screening = state.screening.map(|outcome| match outcome {
        Outcome::Eligible { .. } => "eligible",
        Outcome::Ineligible { .. } => "ineligible",
    });
    StandingOut {
        incident: id.to_string(),
        reference: id.reference(),
        grade: state.grade().map(Grade::code),
        target_at: state.graded.as_ref().and_then(|graded| iso(graded.target_at)),
        step: state.step().code(),
        screening,
        excluded_by: state.excluded_by().map(Rule::code),
        offer: state.offer.live().map(|offer| offer.to_string()),
        call: state.offer.call().map(|offer| offer.to_string()),
        patrol: match state.patrol {
            Patrol::None => "none",
            Patrol::Requested { .. } => "requested",
            Patrol::Attended { .. } => "attended",
        },
        in_person: state.in_person.is_some(),
        closed: state.closed.map(incident::route::Closure::code),
    }
}

/// Where it stands now, with this status.
pub(crate) async fn stands(engine: &Engine, id: IncidentId, status: StatusCode) -> Response {
    match engine.state::<Incident>(&id.stream()).await {
        Ok((state, _)) => (status, Json(standing(id, &state))).into_response(),
        Err(fault) => failed(fault),
    }
}

pub(crate) fn failed(fault: Fault) -> Response {
    api::refused::<Refusal>(Refused::Fault(fault))
}

pub(crate) fn missing() -> Response {
    api::problem(StatusCode::NOT_FOUND, "not-found", "")
}

pub(crate) fn wrong((field, words): Wrong) -> Response {
    api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", &format!("{field} {words}"))
}

/// The name of the client, for its own keys.
pub(crate) fn name(client: &Client) -> String {
    client.caller.actor.to_string()
}

/// Does a command; sent again with the same key it does nothing and answers where it stands.
pub(crate) async fn act(
    app: &App,
    client: &Client,
    (incident, step): (&str, &'static str),
    headers: &axum::http::HeaderMap,
    command: Command,
) -> Response {
    let Ok(id) = incident.parse::<IncidentId>() else { return missing() };
    let key = match api::idempotency_key(headers, &name(client)) {
        // The same key for another step or another incident is another request.
        Ok(key) => key.map(|key| format!("{key}/{id}/{step}")),
        Err(refused) => return refused,
    };
    let engine = app.engine();
    let caller = &client.caller;
    match engine.execute::<Incident>(&id.stream(), command, caller, key.as_deref()).await {
        Ok(_) => stands(engine, id, StatusCode::OK).await,
        Err(Refused::Refusal(Refusal::NotReported)) => missing(),
        Err(refused) => api::refused(refused),
    }
}
