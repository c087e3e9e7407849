//! The panel: who was asked to help her, and the form that asks.

use crate::referral_list;
use axum::extract::State;
use axum::response::Response;
use engine::{Fault, Refused};
use incident::IncidentId;
use minijinja::{Value, context};
use referral::{Agency, Basis, Command, Referral, ReferralId, Refusal, permit};
use serde::Deserialize;
use ui::{App, Asked, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PANEL: (&str, &str) = ("referral/referral.html", "referral-title");

/// What every handler here needs besides its form.
struct At<'a> {
    app: &'a App,
    view: &'a View,
    staff: &'a Staff,
    asked: Asked,
    incident: IncidentId,
}

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "referral").await {
        return stop;
    }
    match page(&app, &staff, incident).await {
        Ok(page) => view.panel(asked, PANEL.0, PANEL.1, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, incident: IncidentId) -> Result<Value, Fault> {
    let lines = referral_list::of_incident(app.engine(), incident).await?;
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        lines => Serde(&lines),
        agencies => Agency::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        writes => app.may(&staff.caller.actor, permit::WRITE, staff.caller.purpose),
    })
}

/// What is asked.
#[derive(Deserialize)]
pub(crate) struct Request {
    #[serde(default)]
    agency: String,
    #[serde(default)]
    consent: String,
    #[serde(default)]
    override_reason: String,
    #[serde(default)]
    referral_summary: String,
    #[serde(default)]
    referral_due: String,
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Request>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident };
    let mut errors = FieldErrors::new();
    let (agency, basis) = (Agency::of(&value.agency), Basis::of(&value.consent));
    if agency.is_none() {
        errors.add("agency", "Choose who is asked");
    }
    if basis.is_none() {
        errors.add("consent", "Say whether she agreed");
    }
    let (Some(agency), Some(basis)) = (agency, basis) else {
        return again(&at, &typed, &errors).await;
    };
    let engine = app.engine();
    let id = ReferralId::birth(engine.now(), engine.luck16());
    let command = Command::Request {
        incident,
        agency,
        basis,
        override_reason: value.override_reason,
        summary: value.referral_summary,
        due_in_hours: value.referral_due.parse().unwrap_or(0),
    };
    answer(&at, id, command, &typed).await
}

/// Which, and why.
#[derive(Deserialize)]
pub(crate) struct Withdrawal {
    #[serde(default)]
    referral: String,
    #[serde(default)]
    referral_reason: String,
}

pub(crate) async fn withdrawn(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Withdrawal>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident };
    let Ok(id) = value.referral.parse::<ReferralId>() else { return view.missing() };
    answer(&at, id, Command::Withdraw { reason: value.referral_reason }, &typed).await
}

async fn answer(at: &At<'_>, id: ReferralId, command: Command, typed: &Typed) -> Response {
    let engine = at.app.engine();
    match engine.execute::<Referral>(&id.stream(), command, &at.staff.caller, None).await {
        Ok(_) => at.view.panel_done(at.asked, &format!("/incidents/{}/referral", at.incident)),
        Err(Refused::Refusal(refusal)) => {
            let field = match refusal {
                Refusal::OverrideReasonMissing => "override_reason",
                Refusal::DueWrong => "referral_due",
                Refusal::ReasonMissing | Refusal::NotOpen => "referral_reason",
                Refusal::SummaryMissing | Refusal::TooLong | Refusal::AlreadyRequested => {
                    "referral_summary"
                }
            };
            let mut errors = FieldErrors::new();
            errors.add(field, refusal.to_string());
            again(at, typed, &errors).await
        }
        Err(Refused::Fault(fault)) => at.view.fault(&fault),
    }
}

async fn again(at: &At<'_>, typed: &Typed, errors: &FieldErrors) -> Response {
    match page(at.app, at.staff, at.incident).await {
        Ok(page) => at.view.panel_again(at.asked, PANEL, page, typed, errors),
        Err(fault) => at.view.fault(&fault),
    }
}
