//! The invented staff of the demonstration.

use super::rehearsal;
use access_web::{NewAccount, Secrets};
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use engine::{Caller, Engine};
use kernel::{Actor, Purpose, Role};
use serde::Serialize;
use std::error::Error;
use ui::{App, View};

/// Somebody to play.
#[derive(Serialize)]
pub(crate) struct Person {
    login: &'static str,
    name: &'static str,
    #[serde(skip)]
    role: Role,
    title: &'static str,
}

/// The kind of help for which the invented directory has one agency alone.
const PARTNERS_KIND: &str = "adviser";

/// A plainly fictional list.
pub(crate) const PEOPLE: &[Person] = &[
    person("handler", "Harriet Example", Role::CallHandler),
    person("officer", "Oscar Example", Role::Responder),
    person("supervisor", "Sunita Example", Role::Supervisor),
    person("administrator", "Aled Example", Role::Administrator),
    person("auditor", "Ada Example", Role::Auditor),
    person("disclosure", "Dilys Example", Role::DisclosureOfficer),
    person("data-protection", "Deepa Example", Role::DataProtection),
    person("offender-manager", "Owen Example", Role::OffenderManager),
    person("specialist", "Sofia Example", Role::Specialist),
    person("local-officer", "Luca Example", Role::LocalOfficer),
    person("partner", "Petra Example", Role::Partner),
];

const fn person(login: &'static str, name: &'static str, role: Role) -> Person {
    Person { login, name, role, title: role.title() }
}

/// Makes the invented accounts that are not there yet.
pub(crate) async fn seed(engine: &Engine) -> Result<(), Box<dyn Error + Send + Sync>> {
    for person in PEOPLE {
        make(engine, person.login, person.name, person.role).await?;
    }
    seed_agencies(engine).await?;
    rehearsal::open_hub(engine).await
}

/// Imports the invented directory, and lets the invented worker work for one of its agencies.
async fn seed_agencies(engine: &Engine) -> Result<(), Box<dyn Error + Send + Sync>> {
    let caller = Caller { actor: Actor::System, purpose: Purpose::Rehearsal };
    let already = referral_web::agency_for(engine, PARTNERS_KIND).await?;
    if already.is_none() {
        referral_web::import(engine, &caller, referral_web::DEMONSTRATION).await?;
    }
    let agency = referral_web::agency_for(engine, PARTNERS_KIND).await?;
    let worker = access_web::by_login(engine, "partner").await?;
    if let (Some(agency), Some(worker), None) = (agency, worker, already) {
        referral_web::attach(engine, &caller, agency, worker).await?;
    }
    Ok(())
}

/// Makes an account, unless it is there.
pub(crate) async fn make(
    engine: &Engine,
    login: &str,
    name: &str,
    role: Role,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    if access_web::by_login(engine, login).await?.is_some() {
        return Ok(());
    }
    // Nobody signs in with these: the page does it with one press.
    let secrets = Secrets::draw(engine, login);
    let account = NewAccount {
        login,
        name,
        roles: vec![role],
        password: &secrets.password,
        code_secret: &secrets.code_secret,
    };
    let caller = Caller { actor: Actor::System, purpose: Purpose::Rehearsal };
    access_web::create(engine, &caller, account).await?;
    Ok(())
}

/// Signs in as one of them.
pub(crate) async fn play(
    State(app): State<App>,
    view: View,
    Path(login): Path<String>,
) -> Response {
    let engine = app.engine();
    let person = PEOPLE.iter().any(|person| person.login == login);
    let known = person || login.starts_with(rehearsal::LOGIN);
    let found = if known { access_web::by_login(engine, &login).await } else { Ok(None) };
    let id = match found {
        Ok(Some(id)) => id,
        Ok(None) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    };
    match access_web::begin_session(engine, id).await {
        Ok(cookie) => {
            let cookie = [(SET_COOKIE, access_web::session_cookie(&cookie))];
            (AppendHeaders(cookie), Redirect::to("/")).into_response()
        }
        Err(refused) => view.refused(&refused),
    }
}
