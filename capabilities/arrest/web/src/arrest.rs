//! The panel: what a policing team was asked to do, and the form that asks.

use crate::arrest_list;
use arrest::{Arrest, ArrestId, Command, Necessity, Refusal, Request, permit};
use axum::extract::State;
use axum::response::Response;
use engine::{Fault, Refused};
use incident::{Incident, IncidentId};
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{App, Asked, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PANEL: (&str, &str) = ("arrest/arrest.html", "arrest-title");

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
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "arrest").await {
        return stop;
    }
    match page(&app, &staff, incident).await {
        Ok(page) => view.panel(asked, PANEL.0, PANEL.1, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, incident: IncidentId) -> Result<Value, Fault> {
    let lines = arrest_list::of_incident(app.engine(), incident).await?;
    // What the control room was told of him, so that nobody types it twice at 3 a.m.
    let (known, _) = app.engine().state::<Incident>(&incident.stream()).await?;
    let suspect = known.report.and_then(|report| report.suspect.into_known()).unwrap_or_default();
    let looks = [suspect.name, suspect.description].map(|words| words.trim().to_owned());
    let who = looks.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        lines => Serde(&lines),
        who => who,
        whereabouts => suspect.whereabouts,
        reasons => Necessity::ALL.map(Necessity::code).to_vec(),
        writes => app.may(&staff.caller.actor, permit::WRITE, staff.caller.purpose),
    })
}

/// What is asked.
#[derive(Deserialize)]
pub(crate) struct Asking {
    #[serde(default)]
    suspect: String,
    #[serde(default)]
    grounds: String,
    #[serde(default)]
    necessity: Vec<String>,
    #[serde(default)]
    necessity_words: String,
    #[serde(default)]
    whereabouts: String,
    #[serde(default)]
    arrest_risks: String,
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Asking>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident };
    let engine = app.engine();
    let id = ArrestId::birth(engine.now(), engine.luck16());
    let request = Request {
        incident,
        suspect: value.suspect,
        grounds: value.grounds,
        necessity: value.necessity.iter().filter_map(|code| Necessity::of(code)).collect(),
        necessity_words: value.necessity_words,
        whereabouts: value.whereabouts,
        risks: value.arrest_risks,
    };
    answer(&at, id, Command::Request(Box::new(request)), &typed).await
}

/// Which, and why.
#[derive(Deserialize)]
pub(crate) struct Withdrawal {
    #[serde(default)]
    arrest: String,
    #[serde(default)]
    arrest_reason: String,
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
    let Ok(id) = value.arrest.parse::<ArrestId>() else { return view.missing() };
    answer(&at, id, Command::Withdraw { reason: value.arrest_reason }, &typed).await
}

async fn answer(at: &At<'_>, id: ArrestId, command: Command, typed: &Typed) -> Response {
    let engine = at.app.engine();
    match engine.execute::<Arrest>(&id.stream(), command, &at.staff.caller, None).await {
        Ok(_) => at.view.panel_done(at.asked, &format!("/incidents/{}/arrest", at.incident)),
        Err(Refused::Refusal(refusal)) => {
            let field = match refusal {
                Refusal::SuspectMissing => "suspect",
                Refusal::NecessityMissing => "necessity",
                Refusal::NecessityWordsMissing => "necessity_words",
                Refusal::RisksMissing => "arrest_risks",
                Refusal::ReasonMissing | Refusal::NotOpen => "arrest_reason",
                Refusal::GroundsMissing | Refusal::TooLong | Refusal::AlreadyRequested => "grounds",
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
