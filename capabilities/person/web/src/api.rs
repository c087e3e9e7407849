//! The same for the force's own systems: who is in an incident, by record.

use crate::{index, standing};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use engine::{Fault, Refused};
use incident::IncidentId;
use person::{Policy, Refusal, permit};
use serde::Serialize;
use ui::{Access, App, Named, Route, api};
use utoipa::{OpenApi as _, ToSchema};

#[derive(utoipa::OpenApi)]
#[openapi(paths(people))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes(policy: Policy) -> Vec<Route> {
    vec![Route::get(
        "/api/v1/incidents/{incident}/people",
        Access::Client(permit::READ),
        move |app, incident| people(policy, app, incident),
    )]
}

/// Somebody in an incident.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonOut {
    /// The record that stands for this person, 32 hex digits.
    person: String,
    /// `victim`, `suspect`, `child`, `witness` or `third_party`.
    role: &'static str,
    /// `reporter`, `named`, `party-1`, `child-1`.
    part: String,
    /// Incidents in which this person is the victim, within the months that make a repeat.
    as_victim: usize,
    /// Incidents in which this person is the suspect.
    as_suspect: usize,
    /// A count of what was said, no finding.
    repeat_victim: bool,
    /// A count of what was said, no finding.
    serial_suspect: bool,
}

/// Who is in an incident, by record and role.
#[utoipa::path(
    get,
    path = "/api/v1/incidents/{incident}/people",
    params(("incident" = String, Path, description = "32 hex digits")),
    responses(
        (status = 200, description = "Everybody in it", body = [PersonOut]),
        (status = 404, description = "No such incident")
    ),
    security(("key" = []))
)]
async fn people(
    policy: Policy,
    State(app): State<App>,
    Named(incident): Named<IncidentId>,
) -> Response {
    match all(&app, incident, &policy).await {
        Ok(all) => Json(all).into_response(),
        Err(fault) => api::refused::<Refusal>(Refused::Fault(fault)),
    }
}

async fn all(app: &App, incident: IncidentId, policy: &Policy) -> Result<Vec<PersonOut>, Fault> {
    let engine = app.engine();
    let mut all = vec![];
    for line in index::of_incident(engine, incident).await? {
        let lines = index::of_person(engine, line.person).await?;
        let stands = standing::of(engine, &lines, policy).await?;
        all.push(PersonOut {
            person: line.person.to_string(),
            role: line.role.code(),
            part: line.part.code(),
            as_victim: stands.as_victim,
            as_suspect: stands.as_suspect,
            repeat_victim: stands.repeat_victim,
            serial_suspect: stands.serial_suspect,
        });
    }
    Ok(all)
}
