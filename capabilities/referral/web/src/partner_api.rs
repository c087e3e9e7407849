//! The console for agencies with systems of their own: the same referrals, the same rules, a key
//! that opens nothing else. Every command takes an `Idempotency-Key`.

use crate::partner::{self, System, failed};
use crate::{kinds, limits, local, referral_list};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::Refused;
use referral::{Asked, Command, DeclineWhy, Field, How, Outcome, Referral, ReferralId, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ui::{Access, App, Route, api};
use utoipa::{IntoParams, OpenApi as _, ToSchema};

/// Asked by `System`, which knows the agencies' own keys; the force's keys open nothing here.
const OWN_KEY: Access = Access::Guest;

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, one, accept, decline, ask, contact, close, crate::import::api_post))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/partner/referrals", OWN_KEY, list),
        Route::get("/api/v1/partner/referrals/{referral}", OWN_KEY, one),
        Route::post("/api/v1/partner/referrals/{referral}/accept", OWN_KEY, accept),
        Route::post("/api/v1/partner/referrals/{referral}/decline", OWN_KEY, decline),
        Route::post("/api/v1/partner/referrals/{referral}/ask", OWN_KEY, ask),
        Route::post("/api/v1/partner/referrals/{referral}/contact", OWN_KEY, contact),
        Route::post("/api/v1/partner/referrals/{referral}/close", OWN_KEY, close),
    ]
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
pub(crate) struct After {
    /// `next` of the page before.
    #[serde(default)]
    after: String,
}

/// Referrals of this agency, oldest first. Nobody is named.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReferralsOut {
    referrals: Vec<StandingOut>,
    /// Give it as `after` for the next page; nothing on the last one.
    next: Option<String>,
}

/// Where one stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandingOut {
    /// 32 hexadecimal digits.
    referral: String,
    kind: String,
    title: String,
    /// `sent`, `seen`, `accepted`, `engaged`, `closed` or `withdrawn`.
    step: String,
    /// By when a yes or no is owed, RFC 3339.
    acknowledge_by: Option<String>,
    /// By when she must have been spoken with, RFC 3339.
    due_at: Option<String>,
    /// Whether a question waits for the hub's answer.
    question: bool,
}

/// One referral, with what this agency is told.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReferralOut {
    #[serde(flatten)]
    standing: StandingOut,
    /// What they must know; nothing when it is erased.
    summary: Option<String>,
    /// What of her record this agency is told, by field.
    #[schema(value_type = Object)]
    shared: Option<BTreeMap<Field, String>>,
    /// What was said since.
    notes: Vec<NoteOut>,
}

/// One thing that was said.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoteOut {
    at: Option<String>,
    what: &'static str,
    text: Option<String>,
}

/// A no.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclineIn {
    /// `not_ours`, `elsewhere`, `no_room`, `known_already`, `too_little` or `other`.
    #[schema(value_type = String, example = "no_room")]
    why: DeclineWhy,
    /// In words.
    reason: String,
}

/// A question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskIn {
    question: String,
}

/// The first contact with her.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactIn {
    /// RFC 3339.
    contacted_at: String,
    /// `telephone`, `video`, `in_person` or `message`.
    #[schema(value_type = String, example = "telephone")]
    how: How,
    note: String,
}

/// The end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseIn {
    /// `helped`, `declined_by_her`, `not_reached`, `passed_on` or `other`.
    #[schema(value_type = String, example = "helped")]
    outcome: Outcome,
    note: String,
}

/// What was referred to this agency.
#[utoipa::path(
    get, path = "/api/v1/partner/referrals", tag = "partner",
    params(After),
    responses(
        (status = 200, body = ReferralsOut, description = "A page of this agency's referrals"),
        (status = 401, description = "Not the key of an agency"),
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    system: System,
    Query(asked): Query<After>,
) -> Response {
    let lines = match referral_list::page_of(app.engine(), system.agency, &asked.after).await {
        Ok(lines) => lines,
        Err(fault) => return failed(fault),
    };
    let full = lines.len() as i64 == limits::PAGE_MAX;
    let next = lines.last().filter(|_| full).map(|line| line.id.clone());
    let shown = lines.into_iter().filter(|line| line.step != "declined");
    let referrals = shown
        .map(|line| StandingOut {
            title: kinds::title(&line.kind),
            referral: line.id,
            kind: line.kind,
            step: line.step,
            acknowledge_by: line.acknowledge_by.and_then(local::iso),
            due_at: local::iso(line.due_at),
            question: line.question,
        })
        .collect();
    (StatusCode::OK, Json(ReferralsOut { referrals, next })).into_response()
}

fn standing(id: ReferralId, asked: &Asked) -> StandingOut {
    StandingOut {
        referral: id.to_string(),
        kind: asked.kind.text().to_owned(),
        title: kinds::title(asked.kind.text()),
        step: asked.step.code().to_owned(),
        acknowledge_by: asked.acknowledge_by.and_then(|at| local::iso(at.0)),
        due_at: local::iso(asked.due_at.0),
        question: asked.question,
    }
}

fn missing() -> Response {
    api::problem(StatusCode::NOT_FOUND, "not-found", "")
}

/// One referral. The read leaves its trace, and says to the hub that it was seen.
#[utoipa::path(
    get, path = "/api/v1/partner/referrals/{referral}", tag = "partner",
    params(("referral" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = ReferralOut, description = "The referral"),
        (status = 404, description = "None such, or not this agency's"),
    ),
)]
pub(crate) async fn one(
    State(app): State<App>,
    system: System,
    Path(referral): Path<String>,
) -> Response {
    let Ok(id) = referral.parse::<ReferralId>() else { return missing() };
    let engine = app.engine();
    match partner::own(engine, system.agency, id).await {
        Ok(Some(_)) => {}
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    }
    if let Err(fault) = engine.consulted(&system.caller, &id.stream(), "api-partner").await {
        return failed(fault);
    }
    let see = Command::See { agency: system.agency };
    if let Err(Refused::Fault(fault)) =
        engine.execute::<Referral>(&id.stream(), see, &system.caller, None).await
    {
        return failed(fault);
    }
    let asked = match partner::own(engine, system.agency, id).await {
        Ok(Some(asked)) => asked,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    let notes = asked.notes.iter().map(|note| NoteOut {
        at: local::iso(note.at.0),
        what: note.what,
        text: note.text.known().cloned(),
    });
    let out = ReferralOut {
        standing: standing(id, &asked),
        summary: asked.summary.known().cloned(),
        shared: asked.shared.known().cloned(),
        notes: notes.collect(),
    };
    (StatusCode::OK, Json(out)).into_response()
}

/// Does a command; sent again with the same key it does nothing and answers where it stands.
async fn act(
    app: &App,
    system: &System,
    (referral, step): (&str, &str),
    headers: &HeaderMap,
    command: Command,
) -> Response {
    let Ok(id) = referral.parse::<ReferralId>() else { return missing() };
    let name = system.caller.actor.to_string();
    let key = match api::idempotency_key(headers, &name) {
        Ok(key) => key.map(|key| format!("{key}/{id}/{step}")),
        Err(refused) => return refused,
    };
    let engine = app.engine();
    // Asked before the rules are: what is not this agency's does not exist, key or no key. What
    // it declined is shown to it once more, as the answer to its own request.
    let (state, _) = match engine.state::<Referral>(&id.stream()).await {
        Ok(state) => state,
        Err(fault) => return failed(fault),
    };
    if !state.0.is_some_and(|asked| asked.is_with(system.agency)) {
        return missing();
    }
    let caller = &system.caller;
    match engine.execute::<Referral>(&id.stream(), command, caller, key.as_deref()).await {
        Ok(_) => match engine.state::<Referral>(&id.stream()).await {
            Ok((state, _)) => state.0.map_or_else(missing, |asked| {
                (StatusCode::OK, Json(standing(id, &asked))).into_response()
            }),
            Err(fault) => failed(fault),
        },
        Err(Refused::Refusal(Refusal::NotYours)) => missing(),
        Err(refused) => api::refused(refused),
    }
}

/// Yes.
#[utoipa::path(
    post, path = "/api/v1/partner/referrals/{referral}/accept", tag = "partner",
    params(
        ("referral" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not this agency's"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn accept(
    State(app): State<App>,
    system: System,
    Path(referral): Path<String>,
    headers: HeaderMap,
) -> Response {
    let command = Command::Accept { agency: system.agency };
    act(&app, &system, (&referral, "accept"), &headers, command).await
}

/// No, with a reason.
#[utoipa::path(
    post, path = "/api/v1/partner/referrals/{referral}/decline", tag = "partner",
    params(
        ("referral" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = DeclineIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not this agency's"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn decline(
    State(app): State<App>,
    system: System,
    Path(referral): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<DeclineIn>,
) -> Response {
    let DeclineIn { why, reason } = body;
    let command = Command::Decline { agency: system.agency, why, reason };
    act(&app, &system, (&referral, "decline"), &headers, command).await
}

/// A question to the hub.
#[utoipa::path(
    post, path = "/api/v1/partner/referrals/{referral}/ask", tag = "partner",
    params(
        ("referral" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = AskIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not this agency's"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn ask(
    State(app): State<App>,
    system: System,
    Path(referral): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<AskIn>,
) -> Response {
    let command = Command::Ask { agency: system.agency, question: body.question };
    act(&app, &system, (&referral, "ask"), &headers, command).await
}

/// She was spoken with.
#[utoipa::path(
    post, path = "/api/v1/partner/referrals/{referral}/contact", tag = "partner",
    params(
        ("referral" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = ContactIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not this agency's"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "A field is wrong, by name"),
    ),
)]
pub(crate) async fn contact(
    State(app): State<App>,
    system: System,
    Path(referral): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<ContactIn>,
) -> Response {
    let Some(contacted_at) = local::read_iso(&body.contacted_at) else {
        let words = "contacted_at is an instant in RFC 3339";
        return api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", words);
    };
    let ContactIn { how, note, .. } = body;
    let command = Command::Engage { agency: system.agency, contacted_at, how, note };
    act(&app, &system, (&referral, "contact"), &headers, command).await
}

/// Done.
#[utoipa::path(
    post, path = "/api/v1/partner/referrals/{referral}/close", tag = "partner",
    params(
        ("referral" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = CloseIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not this agency's"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn close(
    State(app): State<App>,
    system: System,
    Path(referral): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<CloseIn>,
) -> Response {
    let CloseIn { outcome, note } = body;
    let command = Command::Close { agency: Some(system.agency), outcome, note };
    act(&app, &system, (&referral, "close"), &headers, command).await
}
