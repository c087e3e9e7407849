//! `/referrals/{referral}`: one referral as the hub sees it: what the agency was told, what it
//! said, and what the hub can do: answer, send it to another agency, withdraw it, close it.

use crate::{agencies, sharing, showing};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use kernel::Purpose;
use minijinja::{Value, context};
use referral::{AgencyId, Asked, Command, Outcome, Referral, ReferralId, Step, permit};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PAGE: &str = "referral/case.html";

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReferralId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &id.stream(), "referral-case").await {
        return stop;
    }
    match page(&app, &staff, id).await {
        Ok(Some(page)) => view.page(PAGE, page),
        Ok(None) => view.missing(),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, id: ReferralId) -> Result<Option<Value>, Fault> {
    let engine = app.engine();
    let (state, _) = engine.state::<Referral>(&id.stream()).await?;
    let Some(asked) = state.0 else { return Ok(None) };
    let name = match asked.to {
        Some(agency) => agencies::state(engine, agency).await?.profile.map(|one| one.name),
        None => None,
    };
    let to = asked.to.map(|to| to.to_string());
    let gives = |one: &agencies::Listed| one.kinds.iter().any(|kind| kind == asked.kind.text());
    let mut others = agencies::open(engine).await?;
    others.retain(|one| gives(one) && to.as_deref() != Some(one.id.as_str()));
    let actor = &staff.caller.actor;
    Ok(Some(context! {
        one => showing::referral(id, &asked),
        agency_name => name,
        incident => asked.incident.to_string(),
        reference => asked.incident.reference(),
        escalations => asked.escalations,
        others => Serde(&others),
        sends => asked.step.open() && asked.step != Step::Engaged,
        closes => matches!(asked.step, Step::Accepted | Step::Engaged),
        outcomes => Outcome::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        writes => app.may(actor, permit::WRITE, Purpose::Safeguarding),
    }))
}

/// Whatever the hub can send; every form fills its own part.
#[derive(Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    to: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    withdraw_reason: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    close_note: String,
}

/// One member of staff before one referral.
struct Desk<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    id: ReferralId,
}

impl Desk<'_> {
    async fn act(&self, command: Command, typed: &Typed, field: &str) -> Response {
        let (engine, stream) = (self.app.engine(), self.id.stream());
        match engine.execute::<Referral>(&stream, command, &self.staff.caller, None).await {
            Ok(_) => Redirect::to(&format!("/referrals/{}", self.id)).into_response(),
            Err(Refused::Refusal(refusal)) => self.again(typed, field, &refusal.to_string()).await,
            Err(Refused::Fault(fault)) => self.view.fault(&fault),
        }
    }

    async fn again(&self, typed: &Typed, field: &str, words: &str) -> Response {
        if let Err(stop) = self.staff.consulted(self.view, &self.id.stream(), "referral-case").await
        {
            return stop;
        }
        let mut errors = FieldErrors::new();
        errors.add(field, words);
        match page(self.app, self.staff, self.id).await {
            Ok(Some(page)) => self.view.again(PAGE, page, typed, &errors),
            Ok(None) => self.view.missing(),
            Err(fault) => self.view.fault(&fault),
        }
    }
}

/// Sends it to an agency, or to another one.
pub(crate) async fn send(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReferralId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let engine = app.engine();
    let asked: Option<Box<Asked>> = match engine.state::<Referral>(&id.stream()).await {
        Ok((state, _)) => state.0,
        Err(fault) => return view.fault(&fault),
    };
    let Some(asked) = asked else { return view.missing() };
    let Ok(to) = value.to.parse::<AgencyId>() else {
        return desk.again(&typed, "to", "Choose an agency").await;
    };
    match agencies::gives(engine, to, asked.kind.text()).await {
        Ok(true) => {}
        Ok(false) => {
            return desk.again(&typed, "to", "This agency does not give that kind of help").await;
        }
        Err(fault) => return view.fault(&fault),
    }
    match sharing::snapshot(engine, asked.incident, &asked.allowed).await {
        Ok(shared) => desk.act(Command::Send { to, shared }, &typed, "to").await,
        Err(fault) => view.fault(&fault),
    }
}

/// Answers the agency's question.
pub(crate) async fn answer(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReferralId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    desk.act(Command::Answer { answer: value.answer }, &typed, "answer").await
}

/// Withdraws it.
pub(crate) async fn withdraw(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReferralId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let command = Command::Withdraw { reason: value.withdraw_reason };
    desk.act(command, &typed, "withdraw_reason").await
}

/// Closes it, where the agency does not.
pub(crate) async fn close(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<ReferralId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let desk = Desk { app: &app, view: &view, staff: &staff, id };
    let Some(outcome) = Outcome::of(&value.outcome) else {
        return desk.again(&typed, "outcome", "Choose how it ended").await;
    };
    let command = Command::Close { agency: None, outcome, note: value.close_note };
    desk.act(command, &typed, "close_note").await
}
