//! The same for the force's own systems: read the case, keep the account, decide, statement,
//! enquiries, people, the hand-off and its acknowledgement. Every read leaves its trace; every
//! command takes an `Idempotency-Key`.

use crate::api_body::{
    AccountIn, CaseOut, CrimeIn, EnquiryIn, FoundIn, NonCrimeIn, NothingIn, OutcomeIn, PersonIn,
    ReasonIn, SpokenIn, StandingOut, StatementIn, TakenIn, case,
};
use crate::{calls, exhibits, paper, statement};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use blobs::Blobs;
use call::CallId;
use engine::{Engine, Fault, Refused};
use incident::IncidentId;
use investigation::{
    Command, Crime, Investigation, InvestigationId, Refusal, State as Known, Tables, Way, permit,
};
use kernel::At;
use std::sync::Arc;
use ui::{Access, App, Client, Route, api};
use utoipa::OpenApi as _;

const READ: Access = Access::Client(permit::READ);
const RECORD: Access = Access::Client(permit::RECORD);
const TAKE_IN: Access = Access::Client(permit::TAKE_IN);

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    read, pack, file, account, crime, non_crime, outcome, sections, aloud, enquiry, finished,
    dropped, person, hand_off, taken_in
))]
struct Document;

/// This capability's part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes, each for a known API key alone.
pub(crate) fn routes(tables: &Arc<Tables>, blobs: &Arc<Blobs>) -> Vec<Route> {
    let (of_pack, of_crime) = (tables.clone(), tables.clone());
    let (of_outcome, of_enquiry, of_hand_off) = (tables.clone(), tables.clone(), tables.clone());
    let blobs = blobs.clone();
    vec![
        Route::get("/api/v1/incidents/{incident}/investigation", READ, read),
        Route::get("/api/v1/incidents/{incident}/pack.pdf", READ, move |app, client, path| {
            pack(of_pack.clone(), app, client, path)
        }),
        Route::get(
            "/api/v1/incidents/{incident}/exhibits/{exhibit}",
            READ,
            move |app, client, path| file(blobs.clone(), app, client, path),
        ),
        Route::post("/api/v1/incidents/{incident}/investigation/account", RECORD, account),
        Route::post(
            "/api/v1/incidents/{incident}/investigation/crime",
            RECORD,
            move |app, client, path, headers, body| {
                crime(of_crime.clone(), app, client, path, headers, body)
            },
        ),
        Route::post("/api/v1/incidents/{incident}/investigation/non-crime", RECORD, non_crime),
        Route::post(
            "/api/v1/incidents/{incident}/investigation/outcome",
            RECORD,
            move |app, client, path, headers, body| {
                outcome(of_outcome.clone(), app, client, path, headers, body)
            },
        ),
        Route::post("/api/v1/incidents/{incident}/investigation/statement", RECORD, sections),
        Route::post("/api/v1/incidents/{incident}/investigation/read-out", RECORD, aloud),
        Route::post(
            "/api/v1/incidents/{incident}/investigation/enquiries",
            RECORD,
            move |app, client, path, headers, body| {
                enquiry(of_enquiry.clone(), app, client, path, headers, body)
            },
        ),
        Route::post(
            "/api/v1/incidents/{incident}/investigation/enquiries/{enquiry}/finished",
            RECORD,
            finished,
        ),
        Route::post(
            "/api/v1/incidents/{incident}/investigation/enquiries/{enquiry}/dropped",
            RECORD,
            dropped,
        ),
        Route::post("/api/v1/incidents/{incident}/investigation/people", RECORD, person),
        Route::post(
            "/api/v1/incidents/{incident}/investigation/hand-off",
            RECORD,
            move |app, client, path, headers, body| {
                hand_off(of_hand_off.clone(), app, client, path, headers, body)
            },
        ),
        Route::post("/api/v1/incidents/{incident}/investigation/taken-in", TAKE_IN, taken_in),
    ]
}

fn missing() -> Response {
    api::problem(StatusCode::NOT_FOUND, "not-found", "")
}

fn failed(fault: Fault) -> Response {
    api::refused::<Refusal>(Refused::Fault(fault))
}

fn wrong(words: &str) -> Response {
    api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", words)
}

/// The incident of an address, if there is one and this client may know of it.
async fn found(app: &App, client: &Client, incident: &str) -> Result<IncidentId, Response> {
    let id = incident.parse::<IncidentId>().map_err(|_| missing())?;
    let engine = app.engine();
    let looked = async {
        let (state, _) = engine.state::<incident::Incident>(&id.stream()).await?;
        let may = app.may_know(&client.caller.actor, &id.stream()).await?;
        Ok::<_, Fault>(state.report.is_some() && may)
    };
    match looked.await {
        Ok(true) => Ok(id),
        Ok(false) => Err(missing()),
        Err(fault) => Err(failed(fault)),
    }
}

async fn known(engine: &Engine, id: IncidentId) -> Result<Known, Fault> {
    let stream = InvestigationId::from(id).stream();
    Ok(engine.state::<Investigation>(&stream).await?.0)
}

/// Does a command; sent again with the same key it does nothing and answers where it stands.
async fn act(
    app: &App,
    client: &Client,
    (incident, step): (IncidentId, &str),
    headers: &HeaderMap,
    command: Command,
) -> Response {
    let name = client.caller.actor.to_string();
    let key = match api::idempotency_key(headers, &name) {
        Ok(key) => key.map(|key| format!("{key}/{incident}/investigation/{step}")),
        Err(refused) => return refused,
    };
    let (engine, caller) = (app.engine(), &client.caller);
    let stream = InvestigationId::from(incident).stream();
    let done = engine.execute::<Investigation>(&stream, command, caller, key.as_deref()).await;
    match done {
        Ok(_) => match known(engine, incident).await {
            Ok(known) => (StatusCode::OK, Json(case(incident, &known).standing)).into_response(),
            Err(fault) => failed(fault),
        },
        Err(refused) => api::refused(refused),
    }
}

/// RFC 3339, told apart from nothing.
fn instant(field: &str, text: Option<&str>) -> Result<Option<At>, String> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let read = text.parse::<jiff::Timestamp>().map(|at| Some(At(at.as_microsecond())));
    read.map_err(|_| format!("{field} is an instant in RFC 3339"))
}

/// The case as it stands: account, decisions, statement, enquiries, people, exhibits, hand-offs.
#[utoipa::path(
    get, path = "/api/v1/incidents/{incident}/investigation", tag = "investigations",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, body = CaseOut, description = "The case"),
        (status = 404, description = "None such, or not for this client"),
    ),
)]
pub(crate) async fn read(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
) -> Response {
    let id = match found(&app, &client, &incident).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let engine = app.engine();
    let looked = async {
        engine.consulted(&client.caller, &id.stream(), "api-investigation").await?;
        known(engine, id).await
    };
    match looked.await {
        Ok(known) => (StatusCode::OK, Json(case(id, &known))).into_response(),
        Err(fault) => failed(fault),
    }
}

/// The case on paper: a tagged PDF.
#[utoipa::path(
    get, path = "/api/v1/incidents/{incident}/pack.pdf", tag = "investigations",
    params(("incident" = String, Path, description = "32 hexadecimal digits")),
    responses(
        (status = 200, description = "The pack", content_type = "application/pdf"),
        (status = 404, description = "None such, or not for this client"),
    ),
)]
pub(crate) async fn pack(
    tables: Arc<Tables>,
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
) -> Response {
    let id = match found(&app, &client, &incident).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let engine = app.engine();
    if let Err(fault) = engine.consulted(&client.caller, &id.stream(), "api-pack").await {
        return failed(fault);
    }
    match paper::file(engine, &tables, id).await {
        Ok(Some(response)) => response,
        Ok(None) => wrong("the pack could not be printed"),
        Err(fault) => failed(fault),
    }
}

/// One file that is an exhibit.
#[utoipa::path(
    get, path = "/api/v1/incidents/{incident}/exhibits/{exhibit}", tag = "investigations",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("exhibit" = u32, Path, description = "Its number in the case"),
    ),
    responses(
        (status = 200, description = "Its bytes"),
        (status = 404, description = "None such, no file, or gone with its key"),
    ),
)]
pub(crate) async fn file(
    blobs: Arc<Blobs>,
    State(app): State<App>,
    client: Client,
    Path((incident, exhibit)): Path<(String, String)>,
) -> Response {
    let id = match found(&app, &client, &incident).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let engine = app.engine();
    if let Err(fault) = engine.consulted(&client.caller, &id.stream(), "api-exhibit").await {
        return failed(fault);
    }
    match exhibits::opened(engine, &blobs, id.into(), &exhibit).await {
        Ok(Some(response)) => response,
        Ok(None) => missing(),
        Err(fault) => failed(fault),
    }
}

/// A command of the API: its path, its words, its body, and what it becomes.
macro_rules! command {
    (
        $(#[doc = $doc:expr])*
        $name:ident($($more:ident: $of:ty,)*), $path:literal, $step:literal,
        ($app:ident, $client:ident, $body:ident: $in:ty) => $made:expr
    ) => {
        $(#[doc = $doc])*
        #[utoipa::path(
            post, path = $path, tag = "investigations",
            params(
                ("incident" = String, Path, description = "32 hexadecimal digits"),
                ("Idempotency-Key" = Option<String>, Header, description = "A repeat is harmless"),
            ),
            request_body = $in,
            responses(
                (status = 200, body = StandingOut, description = "Where it stands now"),
                (status = 404, description = "None such, or not for this client"),
                (status = 409, description = "A rule says no, in words"),
                (status = 422, description = "A field is wrong, by name"),
            ),
        )]
        pub(crate) async fn $name(
            $($more: $of,)*
            State($app): State<App>,
            $client: Client,
            Path(incident): Path<String>,
            headers: HeaderMap,
            api::Body($body): api::Body<$in>,
        ) -> Response {
            let id = match found(&$app, &$client, &incident).await {
                Ok(id) => id,
                Err(answer) => return answer,
            };
            let made: Result<Command, String> = $made;
            match made {
                Ok(command) => act(&$app, &$client, (id, $step), &headers, command).await,
                Err(words) => wrong(&words),
            }
        }
    };
}

command! {
    /// Keeps the first account as it stands, whole; a blank line parts paragraphs.
    account(), "/api/v1/incidents/{incident}/investigation/account", "account",
    (app, client, body: AccountIn) => Ok(Command::KeepAccount { text: body.text })
}

command! {
    /// Records a crime: by a code of the force's table, or in words until somebody codes it.
    crime(tables: Arc<Tables>,), "/api/v1/incidents/{incident}/investigation/crime", "crime",
    (app, client, body: CrimeIn) => coded(tables, body)
}

fn coded(tables: Arc<Tables>, body: CrimeIn) -> Result<Command, String> {
    let from = instant("from", body.from.as_deref())?;
    let until = instant("until", body.until.as_deref())?;
    Ok(match (body.code, body.offence) {
        (Some(code), _) => {
            let crime = Crime { code, from, until, reason: body.reason };
            Command::Classify { tables, crime }
        }
        (None, offence) => {
            let offence = offence.unwrap_or_default();
            Command::RecordCrime { offence, reason: body.reason }
        }
    })
}

command! {
    /// Records that it is no crime, with the reason; somebody else reviews it.
    non_crime(), "/api/v1/incidents/{incident}/investigation/non-crime", "non-crime",
    (app, client, body: NonCrimeIn) => Ok(Command::RecordNonCrime { reason: body.reason })
}

command! {
    /// Says what came of the crime, by a code of the force's table.
    outcome(tables: Arc<Tables>,),
    "/api/v1/incidents/{incident}/investigation/outcome", "outcome",
    (app, client, body: OutcomeIn) => {
        let OutcomeIn { code, note } = body;
        Ok(Command::RecordOutcome { tables, code, note })
    }
}

command! {
    /// Keeps these sections of the statement; one that is not sent stays as it is.
    sections(), "/api/v1/incidents/{incident}/investigation/statement", "statement",
    (app, client, body: StatementIn) => {
        let known = |(code, text): (String, String)| {
            let section = investigation::Section::of(&code);
            section.map(|one| (one, text)).ok_or(format!("sections.{code} is no section"))
        };
        let sections: Result<_, String> = body.sections.into_iter().map(known).collect();
        sections.map(|sections| Command::KeepStatement { sections })
    }
}

command! {
    /// Opens a line of enquiry; without `due` it has as long as the force gives one.
    enquiry(tables: Arc<Tables>,),
    "/api/v1/incidents/{incident}/investigation/enquiries", "enquiries",
    (app, client, body: EnquiryIn) => {
        let usual = app.engine().now().plus(tables.policy.enquiry());
        instant("due", body.due.as_deref()).map(|due| Command::OpenEnquiry {
            what: body.what, owner: None, due: due.unwrap_or(usual),
        })
    }
}

command! {
    /// Adds a suspect or a witness.
    person(), "/api/v1/incidents/{incident}/investigation/people", "people",
    (app, client, body: PersonIn) => body.command()
}

command! {
    /// Says that the case is ready for the force's records system, which is told so.
    hand_off(tables: Arc<Tables>,),
    "/api/v1/incidents/{incident}/investigation/hand-off", "hand-off",
    (app, client, body: NothingIn) => { let NothingIn {} = body; Ok(Command::HandOff { tables }) }
}

command! {
    /// Says, as the records system, under which reference of its own it has the case.
    taken_in(), "/api/v1/incidents/{incident}/investigation/taken-in", "taken-in",
    (app, client, body: TakenIn) => {
        let name = client.caller.actor.to_string();
        let system = name.strip_prefix("client/").unwrap_or(&name).to_owned();
        Ok(Command::TakeIn { reference: body.reference, system })
    }
}

/// Says that the statement was read to her as it stands, and that she said it is right.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/investigation/read-out", tag = "investigations",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = SpokenIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "A field is wrong, by name"),
    ),
)]
pub(crate) async fn aloud(
    State(app): State<App>,
    client: Client,
    Path(incident): Path<String>,
    headers: HeaderMap,
    api::Body(body): api::Body<SpokenIn>,
) -> Response {
    let id = match found(&app, &client, &incident).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let spoken_at = match instant("spoken_at", body.spoken_at.as_deref()) {
        Ok(at) => at.unwrap_or_else(|| app.engine().now()),
        Err(words) => return wrong(&words),
    };
    let looked = async {
        let engine = app.engine();
        let calls = calls::of_incident(engine, id).await?;
        let call: Option<CallId> = calls.last().map(|one| one.call);
        Ok::<_, Fault>((call, known(engine, id).await?))
    };
    let (call, known) = match looked.await {
        Ok(looked) => looked,
        Err(fault) => return failed(fault),
    };
    match statement::seen(&known.statement, &body.digest) {
        Ok(seen) => {
            let command = Command::AcknowledgeAloud { way: Way::Aloud { call }, seen, spoken_at };
            act(&app, &client, (id, "read-out"), &headers, command).await
        }
        Err(refusal) => api::refused(Refused::Refusal(refusal)),
    }
}

/// Ends a line of enquiry, one way or the other.
async fn ended(
    app: App,
    client: Client,
    (incident, enquiry, step): (String, String, &str),
    headers: HeaderMap,
    command: impl FnOnce(u32) -> Command,
) -> Response {
    let id = match found(&app, &client, &incident).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let Ok(number) = enquiry.parse::<u32>() else { return missing() };
    let step = format!("enquiries/{number}/{step}");
    act(&app, &client, (id, &step), &headers, command(number)).await
}

/// A line of enquiry is done, and this is what was found.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/investigation/enquiries/{enquiry}/finished",
    tag = "investigations",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("enquiry" = u32, Path, description = "Its number in the case"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = FoundIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn finished(
    State(app): State<App>,
    client: Client,
    Path((incident, enquiry)): Path<(String, String)>,
    headers: HeaderMap,
    api::Body(FoundIn { found }): api::Body<FoundIn>,
) -> Response {
    let command = |number| Command::FinishEnquiry { number, found };
    ended(app, client, (incident, enquiry, "finished"), headers, command).await
}

/// A line of enquiry is not followed any more, and why.
#[utoipa::path(
    post, path = "/api/v1/incidents/{incident}/investigation/enquiries/{enquiry}/dropped",
    tag = "investigations",
    params(
        ("incident" = String, Path, description = "32 hexadecimal digits"),
        ("enquiry" = u32, Path, description = "Its number in the case"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless"),
    ),
    request_body = ReasonIn,
    responses(
        (status = 200, body = StandingOut, description = "Where it stands now"),
        (status = 404, description = "None such, or not for this client"),
        (status = 409, description = "A rule says no, in words"),
    ),
)]
pub(crate) async fn dropped(
    State(app): State<App>,
    client: Client,
    Path((incident, enquiry)): Path<(String, String)>,
    headers: HeaderMap,
    api::Body(ReasonIn { reason }): api::Body<ReasonIn>,
) -> Response {
    let command = |number| Command::DropEnquiry { number, reason };
    ended(app, client, (incident, enquiry, "dropped"), headers, command).await
}
