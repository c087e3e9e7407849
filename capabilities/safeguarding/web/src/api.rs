//! The same for the force's own systems: children and their schools, and how she may be reached.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::{Fault, Refused};
use incident::{Incident, IncidentId};
use safeguarding::{
    ChildDetails, Command, ContactWords, Hours, MarkerKind, NewChild, Refusal, Safeguarding,
    SafeguardingId, Schools, Told, Way, permit,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ui::{Access, App, Client, Route, api};
use utoipa::{OpenApi as _, ToSchema};

const READ: Access = Access::Client(permit::READ);
/// A day, as markers are counted.
const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);

const WRITE: Access = Access::Client(permit::WRITE);

#[derive(utoipa::OpenApi)]
#[openapi(paths(plan, record, told, contact, marker))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes(schools: &Arc<Schools>) -> Vec<Route> {
    let schools = schools.clone();
    vec![
        Route::get("/api/v1/incidents/{incident}/safeguarding", READ, plan),
        Route::post(
            "/api/v1/incidents/{incident}/children",
            WRITE,
            move |app, client, path, body| record(schools.clone(), app, client, path, body),
        ),
        Route::post("/api/v1/incidents/{incident}/children/{child}/told", WRITE, told),
        Route::post("/api/v1/incidents/{incident}/contact", WRITE, contact),
        Route::post("/api/v1/incidents/{incident}/markers", WRITE, marker),
    ]
}

/// A child and the notice to the school.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChildOut {
    child: u32,
    school: String,
    /// `owed`, `told`, `acknowledged` or `withdrawn`.
    notice: &'static str,
    /// Before when the school must have heard, RFC 3339.
    due_at: Option<String>,
    /// Whether the terms of that day are not known, and the earliest day was taken.
    assumed: bool,
    /// Whether the bell rang before the school had said that it knows.
    missed: bool,
}

/// What of the plan has a clock.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanOut {
    children: Vec<ChildOut>,
    actions_owed: usize,
    /// Whether it was asked how she may be reached.
    contact_asked: bool,
    /// Markers that stand on her address, by kind.
    markers: Vec<&'static str>,
    /// What she is owed to hear and has not.
    updates_owed: usize,
}

/// A child.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChildIn {
    name: String,
    /// `2017-05-03`, or nothing.
    #[serde(default)]
    born: String,
    /// What the child said or showed.
    #[serde(default)]
    voice: String,
    /// Whether the child was there.
    #[serde(default)]
    present: bool,
    /// A code of the force's list of schools.
    school: String,
}

/// That a school was told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldIn {
    /// `telephone`, `in_person` or `email`.
    #[schema(value_type = String, example = "telephone")]
    how: Told,
    #[serde(default)]
    spoke_with: String,
}

/// How and when she may be reached, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactIn {
    /// Of `ring`, `text`, `voicemail`, `email`.
    #[schema(value_type = Vec<String>)]
    ways: Vec<Way>,
    /// `09:00`; nothing for always.
    #[serde(default)]
    from: String,
    /// `15:30`.
    #[serde(default)]
    until: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    say: String,
    #[serde(default)]
    others: String,
    /// A word agreed with her.
    #[serde(default)]
    codeword: String,
    /// What is done when she says it.
    #[serde(default)]
    codeword_means: String,
}

/// A marker on her address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkerIn {
    /// `urgent`, `weapons`, `officers`, `at_risk`, `alarm` or `children`.
    #[schema(value_type = String, example = "weapons")]
    of: MarkerKind,
    words: String,
    /// In how many days somebody looks at it again, up to a year.
    review_days: u32,
}

fn failed(fault: Fault) -> Response {
    api::refused::<Refusal>(Refused::Fault(fault))
}

fn missing() -> Response {
    api::problem(StatusCode::NOT_FOUND, "not-found", "")
}

/// The incident, when there is one of that id.
async fn known(app: &App, incident: &str) -> Result<Option<IncidentId>, Fault> {
    let Ok(id) = incident.parse::<IncidentId>() else { return Ok(None) };
    let (state, _) = app.engine().state::<Incident>(&id.stream()).await?;
    Ok(state.report.is_some().then_some(id))
}

async fn shown(app: &App, id: IncidentId) -> Result<PlanOut, Fault> {
    let stream = SafeguardingId::from(id).stream();
    let (plan, _) = app.engine().state::<Safeguarding>(&stream).await?;
    let children = plan.children.iter().map(|(number, one)| ChildOut {
        child: *number,
        school: one.school.clone(),
        notice: one.notice.code(),
        due_at: jiff::Timestamp::from_microsecond(one.due.0).ok().map(|at| at.to_string()),
        assumed: one.assumed,
        missed: one.missed,
    });
    let owed = |one: &&safeguarding::Action| one.standing == safeguarding::Standing::Owed;
    Ok(PlanOut {
        children: children.collect(),
        actions_owed: plan.actions.values().filter(owed).count(),
        contact_asked: plan.contact.is_some(),
        markers: plan.standing_markers().map(|(_, one)| one.of.code()).collect(),
        updates_owed: plan.updates.values().filter(|one| one.heard.is_none()).count(),
    })
}

async fn act(app: &App, client: &Client, incident: &str, command: Command) -> Response {
    let id = match known(app, incident).await {
        Ok(Some(id)) => id,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    let stream = SafeguardingId::from(id).stream();
    let engine = app.engine();
    match engine.execute::<Safeguarding>(&stream, command, &client.caller, None).await {
        Ok(_) => match shown(app, id).await {
            Ok(plan) => (StatusCode::OK, Json(plan)).into_response(),
            Err(fault) => failed(fault),
        },
        Err(refused) => api::refused(refused),
    }
}

/// Where the plan stands. Nobody is named.
#[utoipa::path(
    get, path = "/api/v1/incidents/{incident}/safeguarding", tag = "safeguarding",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = PlanOut, description = "Where it stands"),
        (status = 404, description = "None such"),
    ),
)]
pub(crate) async fn plan(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
) -> Response {
    let read = async {
        let Some(id) = known(&app, &incident).await? else { return Ok(None) };
        app.engine().consulted(&client.caller, &id.stream(), "api-safeguarding").await?;
        shown(&app, id).await.map(Some)
    };
    match read.await {
        Ok(Some(plan)) => (StatusCode::OK, Json(plan)).into_response(),
        Ok(None) => missing(),
        Err(fault) => failed(fault),
    }
}

/// Records a child; the answer says before when the school must hear.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/children", tag = "safeguarding",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    request_body = ChildIn,
    responses(
        (status = 200, body = PlanOut, description = "Where the plan stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn record(
    schools: Arc<Schools>,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    api::Body(body): api::Body<ChildIn>,
) -> Response {
    let ChildIn { name, born, voice, present, school } = body;
    let details = ChildDetails { name, born, voice };
    let new = NewChild { details, present, school, schools };
    act(&app, &client, &incident, Command::RecordChild(Box::new(new))).await
}

/// Notes that a school was told.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/children/{child}/told", tag = "safeguarding",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("child" = u32, Path, description = "Its number in the plan"),
    ),
    request_body = ToldIn,
    responses(
        (status = 200, body = PlanOut, description = "Where the plan stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn told(
    State(app): State<App>,
    client: Client,
    Path((incident, child)): Path<(String, u32)>,
    api::Body(ToldIn { how, spoke_with }): api::Body<ToldIn>,
) -> Response {
    let command = Command::TellSchool { child, told: how, spoke_with };
    act(&app, &client, &incident, command).await
}

/// Sets how and when she may be reached.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/contact", tag = "safeguarding",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    request_body = ContactIn,
    responses(
        (status = 200, body = PlanOut, description = "Where the plan stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "Hours that are none"),
    ),
)]
pub(crate) async fn contact(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    api::Body(body): api::Body<ContactIn>,
) -> Response {
    let ContactIn { ways, from, until, number, say, others, codeword, codeword_means } = body;
    let always = from.is_empty() && until.is_empty();
    let hours = if always { None } else { Hours::parse(&from, &until) };
    if hours.is_none() && !always {
        let words = "from and until are times such as 09:00, or both are empty";
        return api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", words);
    }
    let words = ContactWords { number, say, others, codeword, codeword_means };
    act(&app, &client, &incident, Command::RuleContact { ways, hours, words }).await
}

/// Marks her address for whoever takes the next call from there.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/markers", tag = "safeguarding",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    request_body = MarkerIn,
    responses(
        (status = 200, body = PlanOut, description = "Where the plan stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn marker(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    api::Body(MarkerIn { of, words, review_days }): api::Body<MarkerIn>,
) -> Response {
    let review_at = app.engine().now().plus(DAY.saturating_mul(review_days));
    act(&app, &client, &incident, Command::SetMarker { of, words, review_at }).await
}
