//! The list of accounts, and the form that makes one. The first password and the code
//! generator's secret are shown once, to the administrator who made them.

use crate::people::{self, NewAccount};
use access::Refusal;
use axum::extract::State;
use axum::response::Response;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use engine::{Engine, Refused};
use kernel::Role;
use minijinja::{Value, context};
use serde::Deserialize;
use totp_rs::{Builder, Secret};
use ui::{App, FieldErrors, Form, Staff, View};

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    match page(&app).await {
        Ok(page) => view.page("access/accounts.html", page),
        Err(fault) => view.fault(&fault),
    }
}

#[derive(Deserialize)]
pub(crate) struct New {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    roles: Vec<Role>,
}

/// Makes an account.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<New>,
) -> Response {
    let engine = app.engine();
    let mut errors = FieldErrors::new();
    errors.need("login", &value.login, "Enter a login");
    errors.need("name", &value.name, "Enter the name that colleagues and victims see");
    if value.roles.is_empty() {
        errors.add("roles", "Choose at least one role");
    }
    if !errors.any() {
        let secrets = Secrets::draw(engine, value.login.trim());
        let account = NewAccount {
            login: &value.login,
            name: &value.name,
            roles: value.roles,
            password: &secrets.password,
            code_secret: &secrets.code_secret,
        };
        match people::create(engine, &staff.caller, account).await {
            Ok(_) => {
                let page = context! { login => value.login.trim(), ..secrets.page() };
                return view.page("access/enrolled.html", page);
            }
            Err(Refused::Refusal(Refusal::AuditorAlone)) => {
                errors.add("roles", Refusal::AuditorAlone.to_string());
            }
            Err(Refused::Refusal(refusal)) => errors.add("login", refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        }
    }
    match page(&app).await {
        Ok(page) => view.again("access/accounts.html", page, &typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App) -> Result<Value, engine::Fault> {
    let engine = app.engine();
    let accounts = people::all(engine, engine.now()).await?;
    Ok(context! {
        accounts => minijinja::value::Serde(&accounts),
        roles => role_items(),
    })
}

/// Stored name and title of every role.
pub(crate) fn role_items() -> Vec<[String; 2]> {
    let name = |role: Role| serde_json::to_value(role).ok()?.as_str().map(str::to_owned);
    let item = |role: Role| Some([name(role)?, role.title().to_owned()]);
    Role::ALL.into_iter().filter_map(item).collect()
}

/// What is drawn for an account and shown once.
pub struct Secrets {
    /// The first password.
    pub password: String,
    /// The code generator's secret, base 32.
    pub code_secret: String,
    /// The same as an `otpauth:` address.
    pub address: String,
}

impl Secrets {
    /// Draws a password and a code generator's secret.
    pub fn draw(engine: &Engine, login: &str) -> Self {
        let password = BASE64.encode(&engine.luck16()[..12]);
        let mut bytes = engine.luck16().to_vec();
        bytes.extend(&engine.luck16()[..4]);
        let secret = Secret::from(bytes);
        let code_secret = secret.to_base32();
        let account = login.replace(':', "-");
        let totp = Builder::new()
            .with_secret(secret)
            .with_issuer(Some("Sightline"))
            .with_account_name(account)
            .build();
        let address = totp.and_then(|totp| totp.to_url()).unwrap_or_default();
        Self { password, code_secret, address }
    }

    pub(crate) fn page(&self) -> Value {
        context! {
            password => self.password.clone(),
            code_secret => self.code_secret.clone(),
            address => self.address.clone(),
        }
    }
}
