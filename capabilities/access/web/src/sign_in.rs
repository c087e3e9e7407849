//! Signing in: login, password and the code of an authenticator, on one page. Whatever was
//! wrong, the answer is the same.

use crate::tries::Tries;
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
use std::sync::Arc;
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
    tries: Arc<Tries>,
    State(app): State<App>,
    view: View,
    Form { value, mut typed }: Form<SignIn>,
) -> Response {
    let engine = app.engine();
    match attempt(engine, &tries, &value).await {
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

/// The same answer after the same work, whether there is such a login or not.
async fn attempt(
    engine: &Engine,
    tries: &Tries,
    typed: &SignIn,
) -> Result<String, Refused<Refusal>> {
    let index = people::login_index(engine, &typed.login);
    if !tries.take(&index, engine.now()) {
        return Err(Refused::Refusal(Refusal::Rests));
    }
    let found = people::by_login(engine, &typed.login).await?;
    // A stream that is nobody's is read as one that is somebody's.
    let nobody = || StaffId::birth(engine.now(), engine.luck16());
    let stream = found.unwrap_or_else(nobody).stream();
    let account = engine.state::<Staff>(&stream).await?.0;
    let hash = account.password_hash.clone().unwrap_or_else(|| UNKNOWN.to_owned());
    let password = typed.password.clone();
    let check = tokio::task::spawn_blocking(move || password::holds(&password, &hash));
    let held = check.await.expect("checking does not panic");
    let secret = account.code_secret.as_deref().unwrap_or(UNKNOWN_SECRET);
    let step = code_step(secret, &typed.code, engine);
    let wrong = Refused::Refusal(Refusal::NotInUse);
    let Some(id) = found else { return Err(wrong) };
    let caller = Caller {
        actor: Actor::Staff { id, roles: account.roles.clone() },
        purpose: Purpose::Administration,
    };
    // An account may rest by the journal alone, after a restart; to say so would tell of it.
    if account.rests(engine.now()) {
        return Err(wrong);
    }
    match step {
        Some(step) if held => {
            let cookie = start(engine, id, &caller, step).await?;
            tries.held(&index);
            Ok(cookie)
        }
        _ => {
            tokio::spawn(note_failure(engine.clone(), id, caller));
            Err(wrong)
        }
    }
}

/// Notes a failure without keeping the answer waiting, which would tell that there is an account.
async fn note_failure(engine: Engine, id: StaffId, caller: Caller) {
    let noted = engine.execute::<Staff>(&id.stream(), Command::NoteFailure, &caller, None).await;
    if let Err(Refused::Fault(fault)) = noted {
        tracing::error!(%fault, "a failed sign-in could not be noted");
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

/// The secret of a code generator that nobody has.
const UNKNOWN_SECRET: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
