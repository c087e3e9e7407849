//! The same for the force's records system: requests and orders of an incident, each with its
//! clocks. Every read leaves its trace.

use crate::{arrest_list, order_list};
use arrest::{ArrestId, OrderId, Refusal, permit};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::{Fault, Refused};
use incident::IncidentId;
use serde::Serialize;
use ui::{Access, App, Client, Route, api};
use utoipa::{OpenApi as _, ToSchema};

const READ: Access = Access::Client(permit::READ);
const ORDER_READ: Access = Access::Client(permit::ORDER_READ);

#[derive(utoipa::OpenApi)]
#[openapi(paths(of_incident, arrest, order))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/incidents/{incident}/arrests", READ, of_incident),
        Route::get("/api/v1/arrests/{arrest}", READ, arrest),
        Route::get("/api/v1/orders/{order}", ORDER_READ, order),
    ]
}

/// A request. What was said is left out once it is erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArrestOut {
    arrest: String,
    incident: String,
    /// `requested`, `assigned`, `taken`, `arrested`, `attended`, `closed`, `withdrawn`.
    stage: String,
    risk: Option<String>,
    team: Option<String>,
    attempts: i64,
    circulated: bool,
    outcome: Option<String>,
    /// RFC 3339.
    requested_at: Option<String>,
    attempt_due: Option<String>,
    /// By when she is told; nothing when she knows everything.
    tell_by: Option<String>,
    suspect: Option<String>,
    grounds: Option<String>,
    necessity: Option<Vec<String>>,
    necessity_words: Option<String>,
    whereabouts: Option<String>,
    risks: Option<String>,
    wishes: Option<String>,
}

/// A notice, an order, or bail.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderOut {
    order: String,
    incident: String,
    arrest: Option<String>,
    /// `violence_notice`, `violence_order`, `abuse_notice`, `abuse_order`, `restraining`,
    /// `non_molestation`, `bail`.
    of: String,
    starts_at: Option<String>,
    ends_at: Option<String>,
    review_at: Option<String>,
    court_at: Option<String>,
    /// By when a court has heard of it.
    court_due: Option<String>,
    /// Whether a clock is over without a decision.
    over: bool,
    breaches: i64,
    ended: Option<String>,
    tell_by: Option<String>,
    suspect: Option<String>,
    terms: Option<String>,
    issued_by: Option<String>,
}

/// What an incident has.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArrestsOut {
    arrests: Vec<ArrestOut>,
    orders: Vec<OrderOut>,
}

fn iso(at: i64) -> Option<String> {
    jiff::Timestamp::from_microsecond(at).ok().map(|at| at.to_string())
}

impl From<arrest_list::Line> for ArrestOut {
    fn from(line: arrest_list::Line) -> Self {
        let arrest_list::Line { row, said } = line;
        let of =
            |read: fn(&arrest_list::Said) -> &String| said.as_ref().map(|said| read(said).clone());
        Self {
            suspect: of(|said| &said.suspect),
            grounds: of(|said| &said.grounds),
            necessity: said.as_ref().map(|said| said.necessity.clone()),
            necessity_words: of(|said| &said.necessity_words),
            whereabouts: of(|said| &said.whereabouts),
            risks: of(|said| &said.risks),
            wishes: of(|said| &said.wishes),
            arrest: row.id,
            incident: row.incident,
            stage: row.stage,
            risk: row.risk,
            team: row.team,
            attempts: row.attempts,
            circulated: row.circulated,
            outcome: row.outcome,
            requested_at: iso(row.at),
            attempt_due: row.attempt_due.and_then(iso),
            tell_by: row.tell_by.and_then(iso),
        }
    }
}

impl From<order_list::Line> for OrderOut {
    fn from(line: order_list::Line) -> Self {
        let order_list::Line { row, said } = line;
        let said = said.map(|said| (said.suspect, said.terms, said.issued_by));
        Self {
            order: row.id,
            incident: row.incident,
            arrest: row.arrest,
            of: row.of,
            starts_at: iso(row.starts_at),
            ends_at: row.ends_at.and_then(iso),
            review_at: row.review_at.and_then(iso),
            court_at: row.court_at.and_then(iso),
            court_due: row.court_due.and_then(iso),
            over: row.over,
            breaches: row.breaches,
            ended: row.ended,
            tell_by: row.tell_by.and_then(iso),
            suspect: said.as_ref().map(|said| said.0.clone()),
            terms: said.as_ref().map(|said| said.1.clone()),
            issued_by: said.map(|said| said.2),
        }
    }
}

fn failed(fault: Fault) -> Response {
    api::refused::<Refusal>(Refused::Fault(fault))
}

fn missing() -> Response {
    api::problem(StatusCode::NOT_FOUND, "not-found", "")
}

async fn noted(app: &App, client: &Client, incident: &str) -> Result<(), Fault> {
    let stream = format!("incident/{incident}");
    app.engine().consulted(&client.caller, &stream, "api-arrests").await
}

/// Every request and every order of an incident.
#[utoipa::path(
    get, path = "/api/v1/incidents/{incident}/arrests", tag = "arrests",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = ArrestsOut, description = "What it has; both lists may be empty"),
        (status = 404, description = "None such"),
    ),
)]
pub(crate) async fn of_incident(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
) -> Response {
    let Ok(id) = incident.parse::<IncidentId>() else { return missing() };
    let engine = app.engine();
    let read = async {
        let (state, _) = engine.state::<incident::Incident>(&id.stream()).await?;
        if state.report.is_none() {
            return Ok(None);
        }
        noted(&app, &client, &id.to_string()).await?;
        let arrests = arrest_list::of_incident(engine, id).await?;
        let orders = order_list::of_incident(engine, id).await?;
        Ok::<_, Fault>(Some((arrests, orders)))
    };
    match read.await {
        Ok(Some((arrests, orders))) => {
            let arrests = arrests.into_iter().map(ArrestOut::from).collect();
            let orders = orders.into_iter().map(OrderOut::from).collect();
            (StatusCode::OK, Json(ArrestsOut { arrests, orders })).into_response()
        }
        Ok(None) => missing(),
        Err(fault) => failed(fault),
    }
}

/// One request.
#[utoipa::path(
    get, path = "/api/v1/arrests/{arrest}", tag = "arrests",
    params(("arrest" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = ArrestOut, description = "The request"),
        (status = 404, description = "None such"),
    ),
)]
pub(crate) async fn arrest(
    State(app): State<App>,
    client: Client,
    Path(arrest): Path<String>,
) -> Response {
    let Ok(id) = arrest.parse::<ArrestId>() else { return missing() };
    let line = match arrest_list::one(app.engine(), id).await {
        Ok(Some(line)) => line,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    match noted(&app, &client, &line.row.incident).await {
        Ok(()) => (StatusCode::OK, Json(ArrestOut::from(line))).into_response(),
        Err(fault) => failed(fault),
    }
}

/// One notice, order, or bail.
#[utoipa::path(
    get, path = "/api/v1/orders/{order}", tag = "arrests",
    params(("order" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = OrderOut, description = "What stands, or stood"),
        (status = 404, description = "None such"),
    ),
)]
pub(crate) async fn order(
    State(app): State<App>,
    client: Client,
    Path(order): Path<String>,
) -> Response {
    let Ok(id) = order.parse::<OrderId>() else { return missing() };
    let line = match order_list::one(app.engine(), id).await {
        Ok(Some(line)) => line,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    match noted(&app, &client, &line.row.incident).await {
        Ok(()) => (StatusCode::OK, Json(OrderOut::from(line))).into_response(),
        Err(fault) => failed(fault),
    }
}
