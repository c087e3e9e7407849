//! A report from the force's own system, and the incident that it became.

use super::body::{IncidentOut, ReportIn, StandingOut};
use super::response::{failed, missing, name, standing, stands, wrong};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::{Engine, Fault};
use incident::{Command, Incident, IncidentId};
use journal::Position;
use ui::{App, Client, api};

/// Takes a report.
#[utoipa::path(
    post, path = "/api/v1/incidents", tag = "incidents",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless")),
    request_body = ReportIn,
    responses(
        (status = 201, body = StandingOut, description = "Taken"),
        (status = 200, body = StandingOut, description = "Taken before with this key"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "A field is wrong, by name"),
    ),
)]
pub(crate) async fn post(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    api::Body(body): api::Body<ReportIn>,
) -> Response {
    let engine = app.engine();
    let key = match api::idempotency_key(&headers, &name(&client)) {
        Ok(key) => key.map(|key| format!("{key}/report")),
        Err(refused) => return refused,
    };
    match taken_before(engine, key.as_deref()).await {
        Ok(Some(id)) => return stands(engine, id, StatusCode::OK).await,
        Ok(None) => {}
        Err(fault) => return failed(fault),
    }
    let report = match body.read(engine.now()) {
        Ok(report) => Box::new(report),
        Err(field) => return wrong(field),
    };
    let id = IncidentId::birth(engine.now(), engine.luck16());
    let command = Command::Report(report);
    let caller = &client.caller;
    match engine.execute::<Incident>(&id.stream(), command, caller, key.as_deref()).await {
        // Two at once with one key: the other one won, and its incident is the answer.
        Ok(done) if done.repeated => match taken_before(engine, key.as_deref()).await {
            Ok(Some(id)) => stands(engine, id, StatusCode::OK).await,
            Ok(None) => missing(),
            Err(fault) => failed(fault),
        },
        Ok(_) => stands(engine, id, StatusCode::CREATED).await,
        Err(refused) => api::refused(refused),
    }
}

/// The incident that this key made before.
async fn taken_before(engine: &Engine, key: Option<&str>) -> Result<Option<IncidentId>, Fault> {
    let Some(key) = key else { return Ok(None) };
    let Some(done) = engine.journal().find(key).await? else { return Ok(None) };
    let before = Position(done.last.0.saturating_sub(1));
    let records = engine.journal().read_from(before, 1).await?;
    Ok(records.first().and_then(|record| IncidentId::of_stream(&record.stream)))
}

/// One incident, with what was said. The read leaves its trace.
#[utoipa::path(
    get, path = "/api/v1/incidents/{incident}", tag = "incidents",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = IncidentOut, description = "The incident"),
        (status = 404, description = "None such, or not for this client"),
    ),
)]
pub(crate) async fn get(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
) -> Response {
    let Ok(id) = incident.parse::<IncidentId>() else { return missing() };
    let engine = app.engine();
    let state = match engine.state::<Incident>(&id.stream()).await {
        Ok((state, _)) => state,
        Err(fault) => return failed(fault),
    };
    let Some(report) = state.report.as_deref() else { return missing() };
    if let Err(fault) = engine.consulted(&client.caller, &id.stream(), "api-incident").await {
        return failed(fault);
    }
    let report = report.person.known().map(|person| {
        serde_json::json!({
            "source": report.source,
            "person": person,
            "place": report.place.known(),
            "account": report.account.known(),
            "contact": report.contact.known(),
            "contact_flags": report.contact_flags,
            "suspect": report.suspect.known(),
            "relationship": report.relationship,
            "children": report.children,
            "force_reference": report.force_reference.known(),
        })
    });
    let body = IncidentOut { standing: standing(id, &state), report };
    (StatusCode::OK, Json(body)).into_response()
}
