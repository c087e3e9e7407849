//! The panel: advice ticked as it is given, a note, actions with an owner and a time, children
//! whose school must hear, and how she may be reached.

use axum::extract::State;
use axum::response::Response;
use engine::{Fault, Refused};
use incident::IncidentId;
use kernel::time::hours;
use minijinja::{Value, context};
use safeguarding::code::{self, Heard};
use safeguarding::{
    Action, Advice, Child, Command, Marker, MarkerKind, Owner, Refusal, Safeguarding,
    SafeguardingId, Schools, Standing, Told, Way, contact, permit,
};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, Asked, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PANEL: (&str, &str) = ("safeguarding/safeguarding.html", "safeguarding-title");

/// What every handler here needs besides its form.
pub(crate) struct At<'a> {
    pub(crate) app: &'a App,
    pub(crate) view: &'a View,
    pub(crate) staff: &'a Staff,
    pub(crate) asked: Asked,
    pub(crate) incident: IncidentId,
    pub(crate) schools: &'a Schools,
}

pub(crate) async fn get(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "safeguarding").await {
        return stop;
    }
    match page(&app, &staff, incident, &schools).await {
        Ok(page) => view.panel(asked, PANEL.0, PANEL.1, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(
    app: &App,
    staff: &Staff,
    incident: IncidentId,
    schools: &Schools,
) -> Result<Value, Fault> {
    let stream = SafeguardingId::from(incident).stream();
    let (plan, _) = app.engine().state::<Safeguarding>(&stream).await?;
    let actions: Vec<Value> =
        plan.actions.iter().map(|(number, one)| action(*number, one)).collect();
    let children: Vec<Value> =
        plan.children.iter().map(|(number, one)| child(*number, one, schools)).collect();
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        advice => Advice::ALL.map(Advice::code).to_vec(),
        given => plan.advice.iter().map(|one| one.code()).collect::<Vec<_>>(),
        note => plan.note.and_then(kernel::Personal::into_known).unwrap_or_default(),
        actions => actions,
        children => children,
        schools => offered(schools),
        tellings => Told::ALL.map(Told::code).to_vec(),
        ways => Way::ALL.map(Way::code).to_vec(),
        contact => Serde(&plan.contact.as_ref().map(contact::Rule::shown)),
        kept_at => plan.kept_at.map(|at| at.0),
        writes => app.may(&staff.caller.actor, permit::WRITE, staff.caller.purpose),
        markers => plan.markers.iter().map(|(n, one)| marker(*n, one)).collect::<Vec<_>>(),
        marker_kinds => MarkerKind::ALL.map(MarkerKind::code).to_vec(),
        updates => plan.updates.iter().map(|(n, one)| update(*n, one)).collect::<Vec<_>>(),
        heards => Heard::ALL.map(Heard::code).to_vec(),
    })
}

fn marker(number: u32, one: &Marker) -> Value {
    context! {
        number, of => one.of.code(), words => one.words.known(), review_at => one.review_at.0,
        ended => one.ended.as_ref().map(|why| why.known().cloned().unwrap_or_default()),
    }
}

fn update(number: u32, one: &code::Owed) -> Value {
    context! {
        number, of => one.of.code(), due_at => one.due.0, missed => one.missed,
        heard => one.heard.map(|(heard, at)| context! { how => heard.code(), at => at.0 }),
        tried => one.tried.len(),
    }
}

fn action(number: u32, one: &Action) -> Value {
    let (standing, done_at) = match one.standing {
        Standing::Owed => ("owed", None),
        Standing::Done(at) => ("done", Some(at.0)),
        Standing::Dropped => ("dropped", None),
    };
    context! {
        number => number,
        what => one.what.known().cloned().unwrap_or_default(),
        owner => one.owner.code(),
        due_at => one.due_at.0,
        standing => standing,
        done_at => done_at,
    }
}

fn child(number: u32, one: &Child, schools: &Schools) -> Value {
    let school = schools.get(&one.school);
    let details = one.details.known();
    context! {
        number => number,
        name => details.map(|known| known.name.clone()),
        born => details.map(|known| known.born.clone()),
        voice => details.map(|known| known.voice.clone()),
        present => one.present,
        school => school.map_or(&one.school, |school| &school.title),
        phone => school.map(|school| school.phone.clone()),
        email => school.map(|school| school.email.clone()),
        due_at => one.due.0,
        assumed => one.assumed,
        notice => one.notice.code(),
        missed => one.missed,
    }
}

/// What may be chosen, as the select wants it.
fn offered(schools: &Schools) -> Vec<(String, String)> {
    let offered = schools.contacts.iter().filter(|one| !one.retired);
    offered.map(|one| (one.code.clone(), one.title.clone())).collect()
}

/// Ticks and note, whole.
#[derive(Deserialize)]
pub(crate) struct Plan {
    #[serde(default)]
    advice: Vec<String>,
    #[serde(default)]
    advice_note: String,
}

pub(crate) async fn post(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Plan>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let advice = value.advice.iter().filter_map(|code| Advice::of(code)).collect();
    let keep = Command::Keep { advice, note: value.advice_note };
    answer(&at, keep, "advice_note", &typed).await
}

/// A new action.
#[derive(Deserialize)]
pub(crate) struct New {
    #[serde(default)]
    action_what: String,
    #[serde(default)]
    action_owner: String,
    #[serde(default)]
    action_due: String,
}

pub(crate) async fn set(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<New>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let mut errors = FieldErrors::new();
    let owner = Owner::of(&value.action_owner);
    let due = value.action_due.parse::<u64>().ok().filter(|hours| *hours <= 24 * 28);
    if owner.is_none() {
        errors.add("action_owner", "Choose who owes it");
    }
    if due.is_none() {
        errors.add("action_due", "Choose by when");
    }
    let (Some(owner), Some(due)) = (owner, due) else {
        return again(&at, &typed, &errors).await;
    };
    let due_at = app.engine().now().plus(hours(due));
    let set = Command::SetAction { what: value.action_what, owner, due_at };
    answer(&at, set, "action_what", &typed).await
}

/// Which action, and why when it is dropped.
#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    action: String,
    #[serde(default)]
    dropped_reason: String,
}

pub(crate) async fn done(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Which>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let action = value.action.parse().unwrap_or(0);
    answer(&at, Command::Complete { action }, "action_what", &typed).await
}

pub(crate) async fn dropped(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Which>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let action = value.action.parse().unwrap_or(0);
    let drop = Command::Drop { action, reason: value.dropped_reason };
    answer(&at, drop, "dropped_reason", &typed).await
}

pub(crate) async fn answer(at: &At<'_>, command: Command, field: &str, typed: &Typed) -> Response {
    let stream = SafeguardingId::from(at.incident).stream();
    let engine = at.app.engine();
    match engine.execute::<Safeguarding>(&stream, command, &at.staff.caller, None).await {
        Ok(_) => {
            let onward = format!("/incidents/{}/safeguarding", at.incident);
            at.view.panel_done(at.asked, &onward)
        }
        Err(Refused::Refusal(refusal)) => {
            let field = match refusal {
                Refusal::DueWrong => "action_due",
                Refusal::WhatMissing | Refusal::TooMany => "action_what",
                Refusal::ReasonMissing if field != "withdrawn_reason" => "dropped_reason",
                Refusal::BornWrong => "child_born",
                Refusal::SchoolUnknown => "child_school",
                Refusal::ChildNameMissing | Refusal::TooManyChildren => "child_name",
                Refusal::NumberWrong => "safe_number",
                Refusal::CodewordMeaningMissing => "codeword_means",
                Refusal::MarkerReviewWrong if field == "marker_words" => "marker_until",
                _ => field,
            };
            let mut errors = FieldErrors::new();
            errors.add(field, refusal.to_string());
            again(at, typed, &errors).await
        }
        Err(Refused::Fault(fault)) => at.view.fault(&fault),
    }
}

pub(crate) async fn again(at: &At<'_>, typed: &Typed, errors: &FieldErrors) -> Response {
    match page(at.app, at.staff, at.incident, at.schools).await {
        Ok(page) => at.view.panel_again(at.asked, PANEL, page, typed, errors),
        Err(fault) => at.view.fault(&fault),
    }
}
