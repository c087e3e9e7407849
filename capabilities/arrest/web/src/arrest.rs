//! The panel: what a policing team was asked to do, and the form that asks.

use crate::arrest_list;
use crate::limits;
use arrest::permit;
use arrest::{Act, Arrest, ArrestId, Command, Necessity, Policy, Refusal, Request, RiskGrade};
use axum::extract::State;
use axum::response::Response;
use engine::{Done, Fault, Refused};
use incident::{Incident, IncidentId};
use kernel::Purpose;
use minijinja::{Value, context};
use serde::Deserialize;
use std::sync::Arc;
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
        risks => RiskGrade::ALL.map(RiskGrade::code).to_vec(),
        opens => app.may(&staff.caller.actor, permit::OPEN, Purpose::Investigation),
        orders => app.may(&staff.caller.actor, permit::ORDER_READ, Purpose::Investigation),
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
    #[serde(default)]
    wishes: String,
    #[serde(default)]
    arrest_risk: String,
}

pub(crate) async fn post(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Asking>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident };
    match ask(&at, &policy, value).await {
        Ok(_) => at.done(),
        Err(refused) => at.refused(refused, &typed).await,
    }
}

/// One open request for one person in one incident: two officers who ask at the same moment are
/// told apart by a key that only the first of them gets.
async fn ask(
    at: &At<'_>,
    policy: &Arc<Policy>,
    value: Asking,
) -> Result<Done<arrest::Event>, Refused<Refusal>> {
    let (engine, incident) = (at.app.engine(), at.incident);
    let (known, _) = engine.state::<Incident>(&incident.stream()).await?;
    let mut request = Request {
        incident,
        suspect: value.suspect,
        grounds: value.grounds,
        necessity: value.necessity.iter().filter_map(|code| Necessity::of(code)).collect(),
        necessity_words: value.necessity_words,
        whereabouts: value.whereabouts,
        risks: value.arrest_risks,
        wishes: value.wishes,
        risk: RiskGrade::of(&value.arrest_risk),
        reported_at: known.report.map(|report| report.called_at),
        open_already: false,
    };
    for _ in 0..limits::TRIES_MAX {
        let (open, before) = arrest_list::standing(engine, incident, &request.suspect).await?;
        request.open_already = open;
        let act = Act::Request(Box::new(request.clone()));
        let command = Command { policy: policy.clone(), act };
        let id = ArrestId::birth(engine.now(), engine.luck16());
        let key = format!("arrest/{incident}/{before}");
        let caller = &at.staff.caller;
        let done = engine.execute::<Arrest>(&id.stream(), command, caller, Some(&key)).await?;
        if !done.repeated {
            return Ok(done);
        }
    }
    Err(Refused::Refusal(Refusal::OpenAlready))
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
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Withdrawal>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident };
    let Ok(id) = value.arrest.parse::<ArrestId>() else { return view.missing() };
    match app.engine().state::<Arrest>(&id.stream()).await {
        Ok((state, _)) if state.incident == Some(incident) => {}
        Ok(_) => return view.missing(),
        Err(fault) => return view.fault(&fault),
    }
    let act = Act::AskWithdrawal { reason: value.arrest_reason };
    let command = Command { policy, act };
    match app.engine().execute::<Arrest>(&id.stream(), command, &staff.caller, None).await {
        Ok(_) => at.done(),
        Err(refused) => at.refused(refused, &typed).await,
    }
}

impl At<'_> {
    fn done(&self) -> Response {
        self.view.panel_done(self.asked, &format!("/incidents/{}/arrest", self.incident))
    }

    async fn refused(&self, refused: Refused<Refusal>, typed: &Typed) -> Response {
        let refusal = match refused {
            Refused::Refusal(refusal) => refusal,
            Refused::Fault(fault) => return self.view.fault(&fault),
        };
        let field = match refusal {
            Refusal::SuspectMissing | Refusal::OpenAlready => "suspect",
            Refusal::NecessityMissing => "necessity",
            Refusal::NecessityWordsMissing => "necessity_words",
            Refusal::RisksMissing => "arrest_risks",
            Refusal::GroundsMissing | Refusal::TooLong | Refusal::AlreadyRequested => "grounds",
            _ => "arrest_reason",
        };
        let mut errors = FieldErrors::new();
        errors.add(field, refusal.to_string());
        match page(self.app, self.staff, self.incident).await {
            Ok(page) => self.view.panel_again(self.asked, PANEL, page, typed, &errors),
            Err(fault) => self.view.fault(&fault),
        }
    }
}
