//! The panel: her account, saved as it is typed, and crime or no crime with the reason.

use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault, Refused};
use incident::IncidentId;
use investigation::{
    Classified, Command, Investigation, InvestigationId, Refusal, State as Known, permit,
};
use kernel::Personal;
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{App, Asked, FieldErrors, Form, Named, Staff, Typed, View};

const PANEL: (&str, &str) = ("investigation/investigation.html", "investigation-title");

pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "investigation").await {
        return stop;
    }
    match page(&app, &staff, incident).await {
        Ok(page) => view.panel(asked, PANEL.0, PANEL.1, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, incident: IncidentId) -> Result<Value, Fault> {
    let known = known(app.engine(), incident).await?;
    let text = |one: &Personal<String>| one.known().cloned().unwrap_or_default();
    let paragraphs: Vec<Value> = known
        .paragraphs
        .iter()
        .map(|one| context! { at => one.at.0, text => text(&one.text) })
        .collect();
    let (recorded, offence, reason) = match &known.classified {
        None => ("", String::new(), String::new()),
        Some(Classified::Crime { offence, reason }) => ("crime", text(offence), text(reason)),
        Some(Classified::NonCrime { reason }) => ("non_crime", String::new(), text(reason)),
    };
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        account => known.account(),
        kept_at => known.kept_at.map(|at| at.0),
        paragraphs => paragraphs,
        recorded => recorded,
        offence => offence,
        reason => reason,
        writes => app.may(&staff.caller.actor, permit::RECORD, staff.caller.purpose),
    })
}

async fn known(engine: &Engine, incident: IncidentId) -> Result<Known, Fault> {
    let stream = InvestigationId::from(incident).stream();
    Ok(engine.state::<Investigation>(&stream).await?.0)
}

/// The account as it stands.
#[derive(Deserialize)]
pub(crate) struct Account {
    #[serde(default)]
    account: String,
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Account>,
) -> Response {
    let keep = Command::KeepAccount { text: value.account };
    answer(&app, &view, &staff, asked, incident, keep, &typed).await
}

/// Crime or not.
#[derive(Deserialize)]
pub(crate) struct Crime {
    #[serde(default)]
    recorded: String,
    #[serde(default)]
    offence: String,
    #[serde(default)]
    crime_reason: String,
}

pub(crate) async fn crime(
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Crime>,
) -> Response {
    let Crime { recorded, offence, crime_reason: reason } = value;
    let command = match recorded.as_str() {
        "crime" => Command::RecordCrime { offence, reason },
        "non_crime" => Command::RecordNonCrime { reason },
        _ => {
            let mut errors = FieldErrors::new();
            errors.add("recorded", "Choose whether it is recorded as a crime");
            return again(&app, &view, &staff, asked, incident, &typed, &errors).await;
        }
    };
    answer(&app, &view, &staff, asked, incident, command, &typed).await
}

async fn answer(
    app: &App,
    view: &View,
    staff: &Staff,
    asked: Asked,
    incident: IncidentId,
    command: Command,
    typed: &Typed,
) -> Response {
    let stream = InvestigationId::from(incident).stream();
    let done = app.engine().execute::<Investigation>(&stream, command, &staff.caller, None).await;
    match done {
        Ok(_) => view.panel_done(asked, &format!("/incidents/{incident}/investigation")),
        Err(Refused::Refusal(refusal)) => {
            let field = match refusal {
                Refusal::AccountTooLong => "account",
                Refusal::OffenceMissing => "offence",
                Refusal::ReasonMissing | Refusal::TooLong => "crime_reason",
            };
            let mut errors = FieldErrors::new();
            errors.add(field, refusal.to_string());
            again(app, view, staff, asked, incident, typed, &errors).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

async fn again(
    app: &App,
    view: &View,
    staff: &Staff,
    asked: Asked,
    incident: IncidentId,
    typed: &Typed,
    errors: &FieldErrors,
) -> Response {
    match page(app, staff, incident).await {
        Ok(page) => view.panel_again(asked, PANEL, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}
