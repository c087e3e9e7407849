//! The same for the force's own systems: the pack, the answers, both grades, a visit, and what
//! stands against closing. A grade names the officer who judges: it is a person's, never a
//! system's. Every read leaves its trace.

mod body;

use crate::showing;
use crate::{Settings, limits, risk::given, talk, with};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use body::{
    AssessmentOut, RiskAnswersIn, RiskClosingIn, RiskGradeIn, RiskSecondGradeIn, RiskVisitIn,
    assessment,
};
use engine::{Fault, Refused};
use incident::{Incident, IncidentId};
use kernel::id::StaffId;
use kernel::time;
use risk::{Act, Answer, Earshot, Grade, Refusal, Risk, RiskId, permit};
use std::collections::BTreeSet;
use ui::{Access, App, Client, Route, api};
use utoipa::OpenApi as _;

const READ: Access = Access::Client(permit::READ);
const ASSESS: Access = Access::Client(permit::ASSESS);
const SECOND: Access = Access::Client(permit::SECOND);
const ALLOW: Access = Access::Client(permit::ALLOW);

#[derive(utoipa::OpenApi)]
#[openapi(paths(instrument, read, answers, grade, second_grade, visit, closing))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes(settings: &Settings) -> Vec<Route> {
    let of = "/api/v1/incidents/{incident}/risk";
    vec![
        Route::get("/api/v1/instrument", READ, with!(settings, instrument, client)),
        Route::get(of, READ, with!(settings, read, app, client, path)),
        Route::post(
            "/api/v1/incidents/{incident}/risk/answers",
            ASSESS,
            with!(settings, answers, app, client, path, headers, body),
        ),
        Route::post(
            "/api/v1/incidents/{incident}/risk/grade",
            ASSESS,
            with!(settings, grade, app, client, path, headers, body),
        ),
        Route::post(
            "/api/v1/incidents/{incident}/risk/second-grade",
            SECOND,
            with!(settings, second_grade, app, client, path, headers, body),
        ),
        Route::post(
            "/api/v1/incidents/{incident}/risk/visit",
            ASSESS,
            with!(settings, visit, app, client, path, headers, body),
        ),
        Route::post(
            "/api/v1/incidents/{incident}/risk/closing",
            ALLOW,
            with!(settings, closing, app, client, path, headers, body),
        ),
    ]
}

fn failed(fault: Fault) -> Response {
    api::refused::<Refusal>(Refused::Fault(fault))
}

fn missing() -> Response {
    api::problem(StatusCode::NOT_FOUND, "not-found", "")
}

fn wrong(words: &str) -> Response {
    api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", words)
}

/// The incident that an address names; nothing where nobody reported one.
async fn named(app: &App, text: &str) -> Result<Option<IncidentId>, Fault> {
    let Ok(id) = text.parse::<IncidentId>() else { return Ok(None) };
    let (state, _) = app.engine().state::<Incident>(&id.stream()).await?;
    Ok(state.report.map(|_| id))
}

/// One of the force's officers, by the number that she has in its own system. The number itself
/// is not kept: two judgements by one officer can be told, and nobody's name is.
#[expect(clippy::result_large_err, reason = "a response is the answer, made once a request")]
fn officer(app: &App, client: &Client, number: &str) -> Result<StaffId, Response> {
    let number = number.trim().to_lowercase();
    if number.is_empty() || number.chars().count() > limits::OFFICER_CHARS_MAX {
        let words = format!("officer has 1 to {} characters", limits::OFFICER_CHARS_MAX);
        return Err(wrong(&words));
    }
    let blind = app.engine().blind("risk/officer", &format!("{}/{number}", client.caller.actor));
    Ok(StaffId(u128::from_be_bytes(blind)))
}

/// Does it; sent again with the same key it does nothing. Answers how the assessment stands.
async fn act(
    (settings, app, client): (&Settings, &App, &Client),
    (id, step): (IncidentId, &'static str),
    headers: &HeaderMap,
    acts: Vec<Act>,
) -> Response {
    let key = match api::idempotency_key(headers, &client.caller.actor.to_string()) {
        Ok(key) => key,
        Err(refused) => return refused,
    };
    let (stream, engine) = (RiskId::from(id).stream(), app.engine());
    for (number, act) in acts.into_iter().enumerate() {
        let key = key.as_ref().map(|key| format!("{key}/{id}/risk-{step}-{number}"));
        let command = settings.command(act);
        let done = engine.execute::<Risk>(&stream, command, &client.caller, key.as_deref()).await;
        if let Err(refused) = done {
            return api::refused(refused);
        }
    }
    stands(settings, app, id).await
}

async fn stands(settings: &Settings, app: &App, id: IncidentId) -> Response {
    match showing::state(app.engine(), id).await {
        Ok(state) => (StatusCode::OK, Json(assessment(&settings.pack, id, &state))).into_response(),
        Err(fault) => failed(fault),
    }
}

/// The pack of questions in force: the same fields as its file has.
#[utoipa::path(
    get, path = "/api/v1/instrument", tag = "risk",
    responses((status = 200, body = Object, description = "instruments/README.md says each field")),
)]
pub(crate) async fn instrument(settings: Settings, _: Client) -> Response {
    (StatusCode::OK, Json(&*settings.pack)).into_response()
}

/// How the assessment of an incident stands: answers, flags, contradictions, grades, what is owed.
#[utoipa::path(
    get, path = "/api/v1/incidents/{incident}/risk", tag = "risk",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = AssessmentOut, description = "As it stands; round 0: nothing asked"),
        (status = 404, description = "None such"),
    ),
)]
pub(crate) async fn read(
    settings: Settings,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
) -> Response {
    let id = match named(&app, &incident).await {
        Ok(Some(id)) => id,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    match app.engine().consulted(&client.caller, &id.stream(), "api-risk").await {
        Ok(()) => stands(&settings, &app, id).await,
        Err(fault) => failed(fault),
    }
}

/// Keeps who can hear her and what she answered; only what changed is stored.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/risk/answers", tag = "risk",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = RiskAnswersIn,
    responses(
        (status = 200, body = AssessmentOut, description = "As it stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "A code that is none"),
    ),
)]
pub(crate) async fn answers(
    settings: Settings,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<RiskAnswersIn>,
) -> Response {
    let id = match named(&app, &incident).await {
        Ok(Some(id)) => id,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    let who: Option<BTreeSet<_>> = body.earshot.iter().map(|code| Earshot::of(code)).collect();
    let Some(who) = who else { return wrong("earshot has a code that is none") };
    if !["", "in_person", "audio_only"].contains(&body.channel.as_str()) {
        return wrong("channel is in_person or audio_only; a call says itself how it is held");
    }
    let talk = match talk::now(app.engine(), id).await {
        Ok(talk) => talk,
        Err(fault) => return failed(fault),
    };
    let channel = talk::told(&talk, &body.channel);
    let answers = body
        .answers
        .into_iter()
        .map(|one| Answer { question: one.question, given: given(&one.answer), note: one.note })
        .collect();
    let near = Act::NoteEarshot { channel, who, words: body.earshot_words };
    let acts = vec![near, Act::Keep { channel, answers }];
    act((&settings, &app, &client), (id, "answers"), &headers, acts).await
}

/// The officer's grade. Never computed, and refused while a contradiction is not answered for.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/risk/grade", tag = "risk",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = RiskGradeIn,
    responses(
        (status = 200, body = AssessmentOut, description = "As it stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "A code that is none"),
    ),
)]
pub(crate) async fn grade(
    settings: Settings,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<RiskGradeIn>,
) -> Response {
    let id = match named(&app, &incident).await {
        Ok(Some(id)) => id,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    let Some(grade) = Grade::of(&body.grade) else {
        return wrong("grade is standard, medium or high");
    };
    let officer = match officer(&app, &client, &body.officer) {
        Ok(officer) => Some(officer),
        Err(refused) => return refused,
    };
    let (reason, acknowledged) = (body.reason, body.acknowledged);
    let acts = vec![Act::Grade { grade, reason, acknowledged, officer }];
    act((&settings, &app, &client), (id, "grade"), &headers, acts).await
}

/// The second grade, by a supervisor or specialist who did not give the first.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/risk/second-grade", tag = "risk",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = RiskSecondGradeIn,
    responses(
        (status = 200, body = AssessmentOut, description = "As it stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "A code that is none"),
    ),
)]
pub(crate) async fn second_grade(
    settings: Settings,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<RiskSecondGradeIn>,
) -> Response {
    let id = match named(&app, &incident).await {
        Ok(Some(id)) => id,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    let Some(grade) = Grade::of(&body.grade) else {
        return wrong("grade is standard, medium or high");
    };
    let officer = match officer(&app, &client, &body.officer) {
        Ok(officer) => Some(officer),
        Err(refused) => return refused,
    };
    let acts = vec![Act::SecondGrade { grade, reason: body.reason, officer }];
    act((&settings, &app, &client), (id, "second-grade"), &headers, acts).await
}

/// Books a visit in person, or says that it was made.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/risk/visit", tag = "risk",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = RiskVisitIn,
    responses(
        (status = 200, body = AssessmentOut, description = "As it stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn visit(
    settings: Settings,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<RiskVisitIn>,
) -> Response {
    let id = match named(&app, &incident).await {
        Ok(Some(id)) => id,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    let now = app.engine().now();
    let act_ = match body.attended {
        true => Act::AttendVisit { attended_at: now, note: body.note },
        false => {
            let visit_at = now.plus(time::hours(u64::from(body.in_hours)));
            Act::BookVisit { visit_at, note: body.note }
        }
    };
    act((&settings, &app, &client), (id, "visit"), &headers, vec![act_]).await
}

/// A supervisor lets the case close though nobody saw her, once a visit is booked or made.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/risk/closing", tag = "risk",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = RiskClosingIn,
    responses(
        (status = 200, body = AssessmentOut, description = "As it stands now"),
        (status = 404, description = "None such"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn closing(
    settings: Settings,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<RiskClosingIn>,
) -> Response {
    let id = match named(&app, &incident).await {
        Ok(Some(id)) => id,
        Ok(None) => return missing(),
        Err(fault) => return failed(fault),
    };
    let officer = match officer(&app, &client, &body.officer) {
        Ok(officer) => Some(officer),
        Err(refused) => return refused,
    };
    let acts = vec![Act::AllowClosing { reason: body.reason, officer }];
    act((&settings, &app, &client), (id, "closing"), &headers, acts).await
}
