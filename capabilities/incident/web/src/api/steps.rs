//! The steps of one incident, as the force's own system takes them.

use super::body::{AcceptIn, CloseIn, DeclineIn, GradeIn, PatrolIn, ScreeningIn, StandingOut};
use super::response::{act, failed, missing, wrong};
use crate::availability;
use crate::record::against_closing;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use incident::route::{Channel, Contact, Location};
use incident::{Answered, Cause, Command, GradeTable, Incident, IncidentId, OfferId};
use ui::{App, Client, api};

/// Grades, or re-grades with a reason. Immediate requests a patrol.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/grade", tag = "incidents",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = GradeIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn grade(
    table: GradeTable,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<GradeIn>,
) -> Response {
    let Ok(id) = incident.parse::<IncidentId>() else { return missing() };
    let state = match app.engine().state::<Incident>(&id.stream()).await {
        Ok((state, _)) => state,
        Err(fault) => return failed(fault),
    };
    let GradeIn { grade, reason } = body;
    let command = match state.grade() {
        None => Command::Grade { grade, reason, table },
        Some(_) => Command::Regrade { grade, cause: Cause::Reconsidered, reason, table },
    };
    act(&app, &client, (&incident, "grade"), &headers, command).await
}

/// Answers the rules of eligibility and concludes. Never for an Immediate.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/screening", tag = "incidents",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = ScreeningIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn screening(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<ScreeningIn>,
) -> Response {
    let read = |one: super::body::AnswerIn| Answered {
        rule: one.rule,
        answer: one.answer,
        note: one.note,
    };
    let answers = body.answers.into_iter().take(7).map(read).collect();
    act(&app, &client, (&incident, "screening"), &headers, Command::Screen { answers }).await
}

/// Puts the video response to her, if the hub is open and somebody is free in time.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/offer", tag = "incidents",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn offer(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
) -> Response {
    let engine = app.engine();
    let hub = match availability::now(engine, None).await {
        Ok(hub) => hub,
        Err(fault) => return failed(fault),
    };
    let offer = OfferId::birth(engine.now(), engine.luck16());
    let command = Command::Offer { offer, availability: availability::kept(&hub) };
    act(&app, &client, (&incident, "offer"), &headers, command).await
}

/// She says yes: a link is sent, or handed back to be read out by the hub.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/offer/accept", tag = "incidents",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = AcceptIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn accept(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<AcceptIn>,
) -> Response {
    let Ok(offer) = body.offer.parse::<OfferId>() else {
        return wrong(("offer", "is 32 hexadecimal digits"));
    };
    let contact = match body.channel {
        Channel::Text => Contact::Text(body.to),
        Channel::Email => Contact::Email(body.to),
        Channel::ReadOut => Contact::ReadOut,
    };
    if ui::Locale::from_tag(&body.language).is_none() {
        return wrong(("language", "is en, cy, ur or pl"));
    }
    let command = Command::Accept { offer, contact, language: body.language };
    act(&app, &client, (&incident, "accept"), &headers, command).await
}

/// She says no: the in-person route.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/offer/decline", tag = "incidents",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = DeclineIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn decline(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<DeclineIn>,
) -> Response {
    let Ok(offer) = body.offer.parse::<OfferId>() else {
        return wrong(("offer", "is 32 hexadecimal digits"));
    };
    let command = Command::Decline { offer, reason: body.reason, note: body.note };
    act(&app, &client, (&incident, "decline"), &headers, command).await
}

/// Asks for a patrol.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/patrol", tag = "incidents",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = PatrolIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn patrol(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<PatrolIn>,
) -> Response {
    let location = body.place.map(|words| Location { words, ..Location::default() });
    let command = Command::RequestPatrol { reason: body.reason, location };
    act(&app, &client, (&incident, "patrol"), &headers, command).await
}

/// Closes.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/close", tag = "incidents",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = CloseIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn close(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<CloseIn>,
) -> Response {
    let Ok(id) = incident.parse::<IncidentId>() else { return missing() };
    match against_closing(&app, id).await {
        Ok(None) => {}
        Ok(Some(words)) => return api::problem(StatusCode::CONFLICT, "refused", &words),
        Err(fault) => return failed(fault),
    }
    let command = Command::Close { outcome: body.outcome, note: body.note };
    act(&app, &client, (&incident, "close"), &headers, command).await
}
