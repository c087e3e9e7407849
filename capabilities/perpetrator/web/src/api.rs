//! The list for the force's own systems: by record, counts and days, no name.

use crate::Settings;
use crate::standing::{self, Filter};
use ::perpetrator::{Refusal, permit};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use engine::Refused;
use serde::Serialize;
use ui::{Access, App, Client, Route, api};
use utoipa::{OpenApi as _, ToSchema};

#[derive(utoipa::OpenApi)]
#[openapi(paths(perpetrators))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes(settings: &Settings) -> Vec<Route> {
    let settings = settings.clone();
    vec![Route::get(
        "/api/v1/perpetrators",
        Access::Client(permit::BOARD),
        move |app, client, query| perpetrators(settings.clone(), app, client, query),
    )]
}

/// Somebody on the list.
#[derive(Serialize, ToSchema)]
struct PersonOut {
    /// The record of the person, 32 hex digits.
    person: String,
    incidents: usize,
    victims: usize,
    /// An order of a list by `instruments/harm.toml`: no finding, and nothing is decided by it.
    points: u32,
    /// Rows of the sum of which it is not known what they add.
    unknown: usize,
    serial: bool,
    high: bool,
    /// Whether there is an open plan.
    plan: bool,
    /// When something of the plan is due next, RFC 3339.
    next_due: Option<String>,
}

/// The list.
#[derive(Serialize, ToSchema)]
struct ListOut {
    /// The version of the table by which harm is counted.
    harm_version: u32,
    people: Vec<PersonOut>,
}

/// Who stands on the list for proactive teams.
#[utoipa::path(
    get,
    path = "/api/v1/perpetrators",
    params(("show" = Option<String>, Query,
        description = "`serial`, `high`, `plan`, `none` or `late`")),
    responses((status = 200, description = "The list, the most points first", body = ListOut)),
    security(("key" = []))
)]
async fn perpetrators(
    settings: Settings,
    State(app): State<App>,
    client: Client,
    Query(filter): Query<Filter>,
) -> Response {
    let rows = match standing::list(&app, &settings, &client.caller.actor).await {
        Ok(rows) => rows,
        Err(fault) => return api::refused::<Refusal>(Refused::Fault(fault)),
    };
    let one = |row: &standing::Row| PersonOut {
        person: row.id.clone(),
        incidents: row.incidents,
        victims: row.victims,
        points: row.points,
        unknown: row.unknown,
        serial: row.serial,
        high: row.high,
        plan: row.plan.is_some(),
        next_due: row.plan.as_ref().and_then(|plan| plan.next_due).and_then(written),
    };
    let people = standing::wanted(&rows, &filter).into_iter().map(one).collect();
    Json(ListOut { harm_version: settings.harm.version, people }).into_response()
}

/// A time as it is written.
fn written(at: i64) -> Option<String> {
    jiff::Timestamp::from_microsecond(at).ok().map(|at| at.to_string())
}
