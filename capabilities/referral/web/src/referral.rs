//! The panel: who was asked to help her, and the form that asks.

use crate::{agencies, kinds, referral_list};
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault, Refused};
use incident::IncidentId;
use minijinja::{Value, context};
use referral::{AgencyId, Basis, Command, Field, Referral, ReferralId, Refusal, Request, permit};
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
    let engine = app.engine();
    let lines = referral_list::of_incident(engine, incident).await?;
    let names = agencies::names(engine).await?;
    let shown: Vec<_> = lines
        .iter()
        .map(|full| {
            let agency = full.line.agency.as_ref().and_then(|id| names.get(id));
            context! {
                title => kinds::title(&full.line.kind),
                agency_name => agency,
                withdrawn_at => full.line.ended_at.filter(|_| full.line.step == "withdrawn"),
                ..Value::from(Serde(full))
            }
        })
        .collect();
    let fields: Vec<_> = Field::ALL.iter().map(|field| field.code()).collect();
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        lines => shown,
        kinds => Serde(&kinds::table().kinds),
        agencies => Serde(&agencies::open(engine).await?),
        fields,
        writes => app.may(&staff.caller.actor, permit::WRITE, staff.caller.purpose),
    })
}

/// What is asked.
#[derive(Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    agency: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    consent: String,
    #[serde(default)]
    override_reason: String,
    #[serde(default)]
    ground: String,
    #[serde(default)]
    criteria: Vec<String>,
    #[serde(default)]
    withheld: Vec<String>,
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
    Form { value, typed }: Form<Typing>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident };
    let mut errors = FieldErrors::new();
    let (kind, basis) = (kinds::table().get(&value.agency), Basis::of(&value.consent));
    if kind.is_none() {
        errors.add("agency", "Choose who is asked");
    }
    if basis.is_none() {
        errors.add("consent", "Say whether she agreed");
    }
    let (Some(kind), Some(basis)) = (kind, basis) else {
        return again(&at, &typed, &errors).await;
    };
    let engine = app.engine();
    let to = value.to.parse::<AgencyId>().ok();
    match gives(engine, to, &value).await {
        Ok(true) => {}
        Ok(false) => {
            errors.add("to", "This agency does not give that kind of help");
            return again(&at, &typed, &errors).await;
        }
        Err(fault) => return view.fault(&fault),
    }
    let id = ReferralId::birth(engine.now(), engine.luck16());
    let due = value.referral_due.trim();
    // A criterion is named with its kind, since every kind's stand on the form.
    let own = |text: &String| text.strip_prefix(&format!("{}:", value.agency)).map(str::to_owned);
    let request = Request {
        incident,
        kind: kind.clone(),
        basis,
        ground: own(&value.ground),
        criteria: value.criteria.iter().filter_map(own).collect(),
        withheld: value.withheld.iter().filter_map(|code| Field::of(code)).collect(),
        override_reason: value.override_reason,
        summary: value.referral_summary,
        due_in_hours: if due.is_empty() { kind.due_hours } else { due.parse().unwrap_or(0) },
        to,
    };
    answer(&at, id, Command::Request(Box::new(request)), &typed).await
}

/// Whether the agency that was chosen gives what is asked for; nobody chosen is fine.
async fn gives(engine: &Engine, to: Option<AgencyId>, value: &Typing) -> Result<bool, Fault> {
    match to {
        Some(to) => agencies::gives(engine, to, &value.agency).await,
        None => Ok(value.to.is_empty()),
    }
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
                Refusal::GroundUnknown => "ground",
                Refusal::ConsentNeeded => "consent",
                Refusal::CriterionMissing | Refusal::CriterionUnknown => "criteria",
                Refusal::DueWrong => "referral_due",
                Refusal::ReasonMissing | Refusal::NotOpen => "referral_reason",
                _ => "referral_summary",
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
