//! `/agencies/{agency}`: one agency: which kinds of help it gives, who works there, and how its
//! own system reaches us and we it.

use crate::{accounts, agencies, kinds, partner, webhook};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use engine::{Engine, Fault, Refused};
use kernel::Purpose;
use kernel::id::StaffId;
use minijinja::{Value, context};
use referral::agency::{Agency, Command, Profile, Refusal};
use referral::{AgencyId, KindCode, permit};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PAGE: &str = "referral/agency.html";

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
) -> Response {
    match page(&app, &staff, id).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, id: AgencyId) -> Result<Value, Fault> {
    let engine = app.engine();
    let manages = app.may(&staff.caller.actor, permit::AGENCY_MANAGE, Purpose::Administration);
    let state = agencies::state(engine, id).await?;
    let profile = state.profile.clone().unwrap_or_default();
    // Names of accounts, and how its system is reached, are for whoever manages it.
    let accounts = if manages { accounts::in_use(engine).await? } else { vec![] };
    let works = |one: &accounts::Account| {
        one.id.parse::<StaffId>().is_ok_and(|id| state.workers.contains(&id))
    };
    let mut free = vec![];
    for account in accounts.iter().filter(|one| !works(one)) {
        let staff = account.id.parse::<StaffId>().ok();
        let elsewhere = match staff {
            Some(staff) => agencies::of_worker(engine, staff).await?.is_some(),
            None => true,
        };
        if !elsewhere {
            free.push(account);
        }
    }
    let webhook = state.webhook.as_ref().and_then(|url| url.known());
    let gives: Vec<_> = state.kinds.iter().map(KindCode::text).collect();
    Ok(context! {
        id => id.to_string(),
        name => profile.name,
        description => profile.description,
        email => profile.email.known(),
        services => Serde(&profile.services),
        closed => state.closed,
        table => Serde(&kinds::table().kinds),
        gives => Serde(&gives),
        titles => gives.iter().map(|code| kinds::title(code)).collect::<Vec<_>>(),
        workers => Serde(&accounts.iter().filter(|one| works(one)).collect::<Vec<_>>()),
        count => state.workers.len(),
        free => Serde(&free),
        keys => state.keys.len(),
        webhook => webhook.filter(|_| manages),
        secret => webhook.filter(|_| manages).map(|_| webhook::secret(engine, id)),
        manages,
    })
}

/// Whatever this page sends; every form fills its own part.
#[derive(Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    worker: String,
    #[serde(default)]
    url: String,
}

/// One manager before one agency.
struct Desk<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    id: AgencyId,
}

impl Desk<'_> {
    async fn act(&self, command: Command, typed: &Typed, field: &str) -> Response {
        match self.execute(command).await {
            Ok(()) => Redirect::to(&format!("/agencies/{}", self.id)).into_response(),
            Err(Refused::Refusal(refusal)) => self.again(typed, field, &refusal.to_string()).await,
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    async fn execute(&self, command: Command) -> Result<(), Refused<Refusal>> {
        let (engine, stream) = (self.app.engine(), self.id.stream());
        engine.execute::<Agency>(&stream, command, &self.staff.caller, None).await.map(|_| ())
    }

    async fn again(&self, typed: &Typed, field: &str, words: &str) -> Response {
        let mut errors = FieldErrors::new();
        errors.add(field, words);
        match page(self.app, self.staff, self.id).await {
            Ok(page) => self.view.again(PAGE, page, typed, &errors),
            Err(fault) => self.view.fault(&fault),
        }
    }
}

/// Which kinds of help it gives.
pub(crate) async fn kinds_set(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let known = kinds::table().kinds.iter().map(|kind| kind.code.clone()).collect();
    let kinds = value.kinds.into_iter().map(KindCode).collect();
    desk.act(Command::SetKinds { kinds, known }, &typed, "kinds").await
}

/// Lets an account work for it.
pub(crate) async fn worker(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let Ok(worker) = value.worker.parse::<StaffId>() else {
        return desk.again(&typed, "worker", "Choose an account").await;
    };
    match add(app.engine(), worker).await {
        Ok(command) => desk.act(command, &typed, "worker").await,
        Err(fault) => view.fault(&fault),
    }
}

async fn add(engine: &Engine, staff: StaffId) -> Result<Command, Fault> {
    let is_partner = accounts::is_partner(engine, staff).await?;
    let elsewhere = agencies::of_worker(engine, staff).await?.is_some();
    Ok(Command::AddWorker { staff, is_partner, elsewhere })
}

/// Lets it work there no more.
pub(crate) async fn worker_removed(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let Ok(worker) = value.worker.parse::<StaffId>() else { return view.missing() };
    desk.act(Command::RemoveWorker { staff: worker }, &typed, "worker").await
}

/// Draws a key for its own system; shown once, kept nowhere.
pub(crate) async fn key(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
    Form { typed, .. }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let engine = app.engine();
    let key = BASE64.encode([engine.luck16(), engine.luck16()].concat());
    let command = Command::IssueKey { sha256: partner::hash(&key) };
    match desk.execute(command).await {
        Ok(()) => {
            let name = agencies::state(engine, id).await.ok().and_then(|one| one.profile);
            let name = name.unwrap_or_default().name;
            view.page("referral/key.html", context! { id => id.to_string(), name, key })
        }
        Err(Refused::Refusal(refusal)) => desk.again(&typed, "key", &refusal.to_string()).await,
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// Lets none of its keys hold.
pub(crate) async fn keys_revoked(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
    Form { typed, .. }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    desk.act(Command::RevokeKeys, &typed, "key").await
}

/// Where its own system is told; nowhere, when nothing is typed.
pub(crate) async fn webhook_set(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let command = match value.url.trim() {
        "" => Command::RemoveWebhook,
        url => Command::SetWebhook { url: url.to_owned() },
    };
    desk.act(command, &typed, "url").await
}

/// Refers nothing to it any more, or again.
pub(crate) async fn standing(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<AgencyId>,
    Form { typed, .. }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let closed = match agencies::state(app.engine(), id).await {
        Ok(state) => state.closed,
        Err(fault) => return view.fault(&fault),
    };
    desk.act(if closed { Command::Reopen } else { Command::Close }, &typed, "name").await
}

/// A new agency, where no directory has it.
pub(crate) async fn new(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, .. }: Form<Typing>,
) -> Response {
    let engine = app.engine();
    let id = AgencyId::birth(engine.now(), engine.luck16());
    let profile = Profile {
        name: value.name.trim().to_owned(),
        description: value.description.trim().to_owned(),
        email: value.email.trim().to_owned().into(),
        services: vec![],
    };
    let command = Command::Describe { profile };
    match engine.execute::<Agency>(&id.stream(), command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&format!("/agencies/{id}")).into_response(),
        Err(refused) => view.refused(&refused),
    }
}
