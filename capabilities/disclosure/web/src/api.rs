//! The same for other agencies' systems: an application in, where it stands out, and nothing of
//! a person. Sent again with the same `Idempotency-Key` it does nothing and answers the same.

use crate::{Means, names};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use disclosure::{
    Applicant, AtRisk, Child, Command, Disclosure, DisclosureId, Entry, Form, Refusal, Route,
    SafeContact, State as Standing, Subject,
};
use engine::{Engine, Fault, Refused};
use journal::Position;
use serde::{Deserialize, Serialize};
use ui::{App, Client, api};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(post))]
struct Document;

/// This part of the OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// An application, or a proposal to tell somebody.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ApplicationIn {
    /// `ask_self`, `ask_third_party` or `know`.
    #[schema(example = "know")]
    route: String,
    /// Whether anybody is in danger now. Required: yes leaves the scheme and makes an incident.
    danger_now: Option<bool>,
    /// Where that is, when somebody is.
    where_now: String,
    /// Who asks; nobody under `know`.
    applicant: ApplicantIn,
    /// Who is at risk; left out under `ask_self`.
    person_at_risk: Option<AtRiskIn>,
    /// Whom it is about.
    subject: SubjectIn,
    /// Why.
    #[schema(example = "She has met somebody whom the team knows.")]
    concern: String,
    /// Children of either.
    children: Vec<ChildIn>,
    /// Under `know`: who proposes it.
    proposer: String,
    /// The language in which she is told: `en` or `cy`.
    language: String,
}

/// A safe way to somebody.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ContactIn {
    #[schema(example = "07700 900001")]
    phone: String,
    email: String,
    /// When it is safe.
    times: String,
    place: String,
    /// What to say if somebody else answers.
    words: String,
}

/// Who asks.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ApplicantIn {
    name: String,
    /// `YYYY-MM-DD`.
    date_of_birth: String,
    contact: ContactIn,
    /// What a third party is to the person at risk.
    relation: String,
}

/// Who is at risk.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AtRiskIn {
    name: String,
    /// `YYYY-MM-DD`, or nothing.
    date_of_birth: String,
    address: String,
    contact: ContactIn,
}

/// Whom it is about.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SubjectIn {
    name: String,
    /// `YYYY-MM-DD`, or nothing.
    date_of_birth: String,
    address: String,
    /// What he is to the person at risk.
    relationship: String,
}

/// A child.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ChildIn {
    name: String,
    age: String,
    lives_with: String,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakenOut {
    /// 32 hexadecimal digits.
    disclosure: String,
    /// The short reference.
    #[schema(example = "AP-4QX7RD")]
    reference: String,
    /// `open`, or `left_for_emergency`.
    state: &'static str,
}

fn contact(one: ContactIn) -> SafeContact {
    let ContactIn { phone, email, times, place, words } = one;
    SafeContact { phone, email, times, place, words }
}

impl ApplicationIn {
    fn read(self) -> Form {
        let language = if self.language.is_empty() { "en".into() } else { self.language };
        let at_risk = |one: AtRiskIn| AtRisk {
            name: one.name,
            date_of_birth: one.date_of_birth,
            address: one.address,
            contact: contact(one.contact),
        };
        let child =
            |one: ChildIn| Child { name: one.name, age: one.age, lives_with: one.lives_with };
        Form {
            danger_now: self.danger_now,
            where_now: self.where_now,
            applicant: Applicant {
                name: self.applicant.name,
                date_of_birth: self.applicant.date_of_birth,
                contact: contact(self.applicant.contact),
                relation: self.applicant.relation,
            },
            person_at_risk: self.person_at_risk.map(at_risk),
            subject: Subject {
                name: self.subject.name,
                date_of_birth: self.subject.date_of_birth,
                address: self.subject.address,
                relationship: self.subject.relationship,
            },
            concern: self.concern,
            children: self.children.into_iter().map(child).collect(),
            proposer: self.proposer,
            language,
            conflicted: vec![],
        }
    }
}

/// Takes an application from another system.
#[utoipa::path(
    post, path = "/api/v1/disclosures", tag = "disclosures",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless")),
    request_body = ApplicationIn,
    responses(
        (status = 201, body = TakenOut, description = "Taken"),
        (status = 200, body = TakenOut, description = "Taken before with this key"),
        (status = 409, description = "A rule says no, in words"),
        (status = 422, description = "A field is wrong, by name"),
    ),
)]
pub(crate) async fn post(
    means: Means,
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    api::Body(body): api::Body<ApplicationIn>,
) -> Response {
    let engine = app.engine();
    let key = match api::idempotency_key(&headers, &client.caller.actor.to_string()) {
        Ok(key) => key.map(|key| format!("{key}/disclosure")),
        Err(refused) => return refused,
    };
    match taken_before(engine, key.as_deref()).await {
        Ok(Some(id)) => return stands(engine, id, StatusCode::OK).await,
        Ok(None) => {}
        Err(fault) => return failed(fault),
    }
    let Some(route) = Route::of_code(&body.route) else {
        return wrong("route is ask_self, ask_third_party or know");
    };
    let form = Box::new(body.read());
    let id = DisclosureId::birth(engine.now(), engine.luck16());
    let table = Box::new(means.settings.table.clone());
    let command = Command::Apply { route, entry: Entry::Api, form, table };
    let caller = &client.caller;
    match engine.execute::<Disclosure>(&id.stream(), command, caller, key.as_deref()).await {
        // Two at once with one key: the other one won, and its application is the answer.
        Ok(done) if done.repeated => match taken_before(engine, key.as_deref()).await {
            Ok(Some(id)) => stands(engine, id, StatusCode::OK).await,
            Ok(None) => api::problem(StatusCode::NOT_FOUND, "not-found", ""),
            Err(fault) => failed(fault),
        },
        Ok(_) => stands(engine, id, StatusCode::CREATED).await,
        Err(Refused::Refusal(
            refusal @ (Refusal::Missing(_) | Refusal::TooLong(_) | Refusal::NotADate(_)),
        )) => wrong(&refusal.to_string()),
        Err(refused) => api::refused(refused),
    }
}

/// The application that this key made before.
async fn taken_before(engine: &Engine, key: Option<&str>) -> Result<Option<DisclosureId>, Fault> {
    let Some(key) = key else { return Ok(None) };
    let Some(done) = engine.journal().find(key).await? else { return Ok(None) };
    let before = Position(done.last.0.saturating_sub(1));
    let records = engine.journal().read_from(before, 1).await?;
    Ok(records.first().and_then(|record| DisclosureId::of_stream(&record.stream)))
}

async fn stands(engine: &Engine, id: DisclosureId, status: StatusCode) -> Response {
    let state = match engine.state::<Disclosure>(&id.stream()).await {
        Ok((Standing::Left, _)) => "left_for_emergency",
        // Whatever became of it since is not told outside.
        Ok(_) => "open",
        Err(fault) => return failed(fault),
    };
    let reference = names::reference(id);
    (status, Json(TakenOut { disclosure: id.to_string(), reference, state })).into_response()
}

fn failed(fault: Fault) -> Response {
    api::refused::<Refusal>(Refused::Fault(fault))
}

fn wrong(words: &str) -> Response {
    api::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", words)
}
