//! One account: its roles, its sessions, and taking it out of use.

use crate::accounts::{Secrets, role_items};
use crate::password;
use access::{Account, Command, Staff as Accounts};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Role;
use kernel::id::StaffId;
use minijinja::context;
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Staff, View};

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<StaffId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &id.stream(), "account").await {
        return stop;
    }
    match app.engine().state::<Accounts>(&id.stream()).await {
        Ok((account, _)) if account.exists => show(&app, &view, &id.to_string(), &account),
        Ok(_) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

fn show(app: &App, view: &View, id: &str, account: &Account) -> Response {
    let now = app.engine().now();
    let live = account.sessions.iter().filter(|s| s.expires_at > now).count();
    let chosen: Vec<_> =
        account.roles.iter().filter_map(|r| serde_json::to_value(r).ok()).collect();
    view.page(
        "access/account.html",
        context! {
            id => id,
            name => account.name.clone(),
            enabled => account.enabled,
            live => live,
            rests => account.rests(now),
            chosen => minijinja::value::Serde(&chosen),
            roles => role_items(),
        },
    )
}

#[derive(Deserialize)]
pub(crate) struct Roles {
    #[serde(default)]
    roles: Vec<Role>,
}

/// Changes the roles; the next request of every session has them.
pub(crate) async fn roles(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<StaffId>,
    Form { value, typed }: Form<Roles>,
) -> Response {
    let command = Command::ChangeRoles { roles: value.roles };
    let stream = id.stream();
    match app.engine().execute::<Accounts>(&stream, command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&format!("/accounts/{id}")).into_response(),
        Err(engine::Refused::Refusal(refusal)) => {
            let mut errors = FieldErrors::new();
            errors.add("roles", refusal.to_string());
            let Ok((account, _)) = app.engine().state::<Accounts>(&stream).await else {
                return view.missing();
            };
            let page = context! {
                id => id.to_string(), name => account.name.clone(), enabled => account.enabled,
                live => account.sessions.len(), rests => false, chosen => Vec::<String>::new(),
                roles => role_items(),
            };
            view.again("access/account.html", page, &typed, &errors)
        }
        Err(refused) => view.refused(&refused),
    }
}

/// Takes the account out of use and ends its sessions.
pub(crate) async fn disable(
    app: State<App>,
    view: View,
    staff: Staff,
    person: Named<StaffId>,
) -> Response {
    plain(app, view, staff, person, Command::Disable).await
}

/// Puts the account back into use.
pub(crate) async fn enable(
    app: State<App>,
    view: View,
    staff: Staff,
    person: Named<StaffId>,
) -> Response {
    plain(app, view, staff, person, Command::Enable).await
}

/// Ends all its sessions.
pub(crate) async fn revoke(
    app: State<App>,
    view: View,
    staff: Staff,
    person: Named<StaffId>,
) -> Response {
    plain(app, view, staff, person, Command::RevokeSessions).await
}

async fn plain(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<StaffId>,
    command: Command,
) -> Response {
    match app.engine().execute::<Accounts>(&id.stream(), command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&format!("/accounts/{id}")).into_response(),
        Err(refused) => view.refused(&refused),
    }
}

/// Draws a new password and code generator, shown once; every session ends.
pub(crate) async fn renew(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<StaffId>,
) -> Response {
    let engine = app.engine();
    let secrets = Secrets::draw(engine, &id.to_string()[..8]);
    let (password, salt) = (secrets.password.clone(), engine.luck16());
    let hash = tokio::task::spawn_blocking(move || password::hash(&password, salt));
    let hash = hash.await.expect("hashing does not panic");
    let enrol = Command::EnrolCode { secret: secrets.code_secret.clone() };
    for command in [Command::SetPassword { hash }, enrol] {
        let done = engine.execute::<Accounts>(&id.stream(), command, &staff.caller, None).await;
        if let Err(refused) = done {
            return view.refused(&refused);
        }
    }
    view.page("access/enrolled.html", context! { login => "", ..secrets.page() })
}
