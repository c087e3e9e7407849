//! Signing in: login, password and the code of an authenticator, on one page. Whatever was
//! wrong, the answer is the same.

use crate::{gate, password, people};
use access::{Command, Refusal, Staff};
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use engine::{Caller, Engine, Refused};
use kernel::id::StaffId;
use kernel::{Actor, Purpose};
use minijinja::context;
use serde::Deserialize;
use totp_rs::{Builder, Secret};
use ui::{App, FieldErrors, Form, View};

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    view.page("access/sign-in.html", page(&app))
}

#[derive(Deserialize)]
pub(crate) struct SignIn {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// Signs in, and sends on to the home page.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    Form { value, mut typed }: Form<SignIn>,
) -> Response {
    let engine = app.engine();
    match attempt(engine, &value).await {
        Ok(cookie) => {
            let cookie = [(SET_COOKIE, gate::session_cookie(&cookie))];
            (AppendHeaders(cookie), Redirect::to("/")).into_response()
        }
        Err(Refused::Refusal(refusal)) => {
            typed.forget("password");
            typed.forget("code");
            let mut errors = FieldErrors::new();
            let message = match refusal {
                Refusal::Rests | Refusal::CodeUsed => refusal.to_string(),
                Refusal::Exists | Refusal::NotInUse | Refusal::NoRole | Refusal::AuditorAlone => {
                    "Login, password or code is not right".into()
                }
            };
            errors.add("login", message);
            view.again("access/sign-in.html", page(&app), &typed, &errors)
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

fn page(app: &App) -> minijinja::Value {
    context! { place => ui::furniture::place(app) }
}

async fn attempt(engine: &Engine, typed: &SignIn) -> Result<String, Refused<Refusal>> {
    let wrong = Refused::Refusal(Refusal::NotInUse);
    let found = people::by_login(engine, &typed.login).await?;
    let account = match found {
        Some(id) => engine.state::<Staff>(&id.stream()).await?.0,
        None => access::Account::default(),
    };
    if account.rests(engine.now()) {
        return Err(Refused::Refusal(Refusal::Rests));
    }
    // An unknown login costs the same time as a known one.
    let hash = account.password_hash.clone().unwrap_or_else(|| UNKNOWN.to_owned());
    let password = typed.password.clone();
    let check = tokio::task::spawn_blocking(move || password::holds(&password, &hash));
    let held = check.await.expect("checking does not panic");
    let step = account.code_secret.as_deref().and_then(|s| code_step(s, &typed.code, engine));
    let Some(id) = found else { return Err(wrong) };
    let caller = Caller {
        actor: Actor::Staff { id, roles: account.roles.clone() },
        purpose: Purpose::Administration,
    };
    match step {
        Some(step) if held => start(engine, id, &caller, step).await,
        _ => {
            let note = Command::NoteFailure;
            engine.execute::<Staff>(&id.stream(), note, &caller, None).await?;
            Err(wrong)
        }
    }
}

async fn start(
    engine: &Engine,
    id: StaffId,
    caller: &Caller,
    code_step: u64,
) -> Result<String, Refused<Refusal>> {
    let (value, session) = gate::new_session(engine);
    let command = Command::StartSession { session, code_step };
    engine.execute::<Staff>(&id.stream(), command, caller, None).await?;
    Ok(value)
}

/// Begins a session without password or code: for the demonstration's invented people only.
pub async fn begin_session(engine: &Engine, id: StaffId) -> Result<String, Refused<Refusal>> {
    let (account, _) = engine.state::<Staff>(&id.stream()).await?;
    let caller = Caller {
        actor: Actor::Staff { id, roles: account.roles.clone() },
        purpose: Purpose::Rehearsal,
    };
    start(engine, id, &caller, account.code_step + 1).await
}

/// The step whose code was typed, now or half a minute to either side.
fn code_step(secret: &str, code: &str, engine: &Engine) -> Option<u64> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let totp = Builder::new().with_secret(secret).with_account_name("staff").build().ok()?;
    totp.check(code.trim(), engine.now().seconds() as u64)
}

/// The hash of a password that nobody has.
const UNKNOWN: &str = "argon2id$19456$2$1$AAAAAAAAAAAAAAAAAAAAAA\
    $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
