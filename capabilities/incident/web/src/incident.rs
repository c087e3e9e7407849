//! One incident: the facts, the next step as one card, and what happened. Every form on the
//! page comes back here when it is refused, with what was typed.

use crate::{availability, board, history, limits, story};
use ::incident::grade::Grade;
use ::incident::route::{CallBack, Closure, Decline};
use ::incident::screening::{Answer, Outcome, Rule};
use ::incident::{Command, Incident, IncidentId, Offer, Patrol, State as Record, Step, permit};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use kernel::{Personal, Purpose};
use safeguarding::{Safeguarding, SafeguardingId, contact};
use serde::Serialize;
use ui::{App, FieldErrors, Form, Serde, Staff, Typed, View, context};

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
) -> Response {
    show(&app, &view, &staff, &incident, "incident/incident.html", "incident").await
}

/// The part of the page that follows what happens.
pub(crate) async fn now(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Path(incident): Path<String>,
) -> Response {
    show(&app, &view, &staff, &incident, "incident/now.html", "incident-now").await
}

async fn show(
    app: &App,
    view: &View,
    staff: &Staff,
    incident: &str,
    template: &str,
    page: &'static str,
) -> Response {
    let Some((id, state)) = find(app, incident).await.unwrap_or_default() else {
        return view.missing();
    };
    if let Err(refused) = staff.consulted(view, &id.stream(), page).await {
        return refused;
    }
    match contents(app, staff, id, &state).await {
        Ok(contents) => view.page(template, contents),
        Err(fault) => view.fault(&fault),
    }
}

/// The incident of an address, if there is one.
pub(crate) async fn find(app: &App, text: &str) -> Result<Option<(IncidentId, Record)>, Fault> {
    let Ok(id) = text.parse::<IncidentId>() else { return Ok(None) };
    let (state, _) = app.engine().state::<Incident>(&id.stream()).await?;
    Ok(state.report.is_some().then_some((id, state)))
}

/// Does a command for a form of this page: back to the page, or the page again with what was
/// typed and why not.
pub(crate) async fn act<T>(
    app: &App,
    view: &View,
    staff: &Staff,
    incident: &str,
    form: &Form<T>,
    command: Result<Command, FieldErrors>,
) -> Response {
    let Ok(id) = incident.parse::<IncidentId>() else { return view.missing() };
    let errors = match command {
        Ok(command) => {
            let engine = app.engine();
            match engine.execute::<Incident>(&id.stream(), command, &staff.caller, None).await {
                Ok(_) => return Redirect::to(&format!("/incidents/{id}")).into_response(),
                Err(Refused::Refusal(::incident::Refusal::NotReported)) => return view.missing(),
                Err(Refused::Refusal(refusal)) => {
                    let mut errors = FieldErrors::new();
                    errors.add("next", refusal.to_string());
                    errors
                }
                Err(Refused::Fault(fault)) => return view.fault(&fault),
            }
        }
        Err(errors) => errors,
    };
    again(app, view, staff, incident, &form.typed, &errors).await
}

async fn again(
    app: &App,
    view: &View,
    staff: &Staff,
    incident: &str,
    typed: &Typed,
    errors: &FieldErrors,
) -> Response {
    let Some((id, state)) = find(app, incident).await.unwrap_or_default() else {
        return view.missing();
    };
    if let Err(refused) = staff.consulted(view, &id.stream(), "incident").await {
        return refused;
    }
    match contents(app, staff, id, &state).await {
        Ok(contents) => view.again("incident/incident.html", contents, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}

#[derive(Serialize)]
struct Question {
    rule: &'static str,
    number: usize,
    answer: Option<&'static str>,
    note: String,
    excludes: bool,
    danger: bool,
}

fn questions(state: &Record) -> Vec<Question> {
    let question = |(place, rule): (usize, Rule)| {
        let kept = state.answers.iter().find(|kept| kept.rule == rule);
        let answer = kept.map(|kept| kept.answer);
        Question {
            rule: rule.code(),
            number: place + 1,
            answer: answer.map(Answer::code),
            note: kept.and_then(|kept| kept.note.known().cloned()).unwrap_or_default(),
            excludes: answer.is_some_and(|answer| rule.excludes(answer)),
            danger: answer.is_some_and(|answer| rule.danger(answer)),
        }
    };
    Rule::ALL.into_iter().enumerate().map(question).collect()
}

/// Everything the page shows.
async fn contents(
    app: &App,
    staff: &Staff,
    id: IncidentId,
    state: &Record,
) -> Result<minijinja::Value, Fault> {
    let engine = app.engine();
    let step = state.step();
    let hub = availability::now(engine, state.offer.live()).await?;
    let story = story::of(engine, id, limits::STORY_MAX).await?;
    let probe = state.report.as_deref().map(history::Probe::of).unwrap_or_default();
    let veil = app.veil(&staff.caller.actor).await?;
    let (earlier, earlier_all) = history::find(engine, &veil, &probe, Some(id)).await?;
    let call_state = board::one(engine, &id.stream()).await?.and_then(|row| row.call_state);
    let acts = app.may(&staff.caller.actor, permit::GRADE, Purpose::Response);
    let plan = SafeguardingId::from(id).stream();
    let (plan, _) = engine.state::<Safeguarding>(&plan).await?;
    let barred = match step {
        Step::Finish => crate::record::against_closing(app, id).await?,
        _ => None,
    };
    let own = context! {
        barred,
        incident => id.to_string(),
        contact_rule => Serde(&plan.contact.as_ref().map(contact::Rule::shown)),
        reference => id.reference(),
        acts => acts,
        step => step.code(),
        rule => match step { Step::Ask(rule) => Some(rule.code()), _ => None },
        call_state => call_state,
        hub => Serde(&hub),
        story => Serde(&story),
        searched => true,
        found => Serde(&earlier),
        all => earlier_all,
        now => engine.now().0,
        levels => ::incident::report::Level::ALL.map(|level| level.code()).to_vec(),
        grades => Grade::ALL.map(Grade::code).to_vec(),
        declines => Decline::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        call_back_codes => CallBack::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        closures => Closure::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
        languages => ui::Locale::ALL.map(|one| (one.tag(), one.own_name())).to_vec(),
    };
    Ok(context! { ..own, ..facts(state), ..standing(state) })
}

/// What was said.
fn facts(state: &Record) -> minijinja::Value {
    let Some(report) = state.report.as_deref() else { return context! {} };
    let thrive = &report.thrive;
    let parts = [
        ("threat", &thrive.threat),
        ("harm", &thrive.harm),
        ("risk", &thrive.risk),
        ("investigation", &thrive.investigation),
        ("vulnerability", &thrive.vulnerability),
        ("engagement", &thrive.engagement),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .map(|(name, part)| {
            let note = part.note.known().cloned().unwrap_or_default();
            context! { name => name, level => part.level.code(), note => note }
        })
        .collect();
    context! {
        erased => report.person == Personal::Erased,
        source => report.source.code(),
        called_at => report.called_at.0,
        force_reference => report.force_reference.known().cloned().unwrap_or_default(),
        person => Serde(report.person.known().cloned().unwrap_or_default()),
        place_of => Serde(report.place.known().cloned().unwrap_or_default()),
        account => report.account.known().cloned().unwrap_or_default(),
        contact => Serde(report.contact.known().cloned().unwrap_or_default()),
        flags => Serde(report.contact_flags),
        suspect => Serde(report.suspect.known().cloned().unwrap_or_default()),
        relationship => report.relationship.code(),
        children => report.children,
        thrive => parts,
    }
}

/// Where it stands.
fn standing(state: &Record) -> minijinja::Value {
    let graded = state.graded.as_ref();
    let (patrol, patrol_at) = match state.patrol {
        Patrol::None => ("none", None),
        Patrol::Requested { at, .. } => ("requested", Some(at.0)),
        Patrol::Attended { at } => ("attended", Some(at.0)),
    };
    let line_cleared = matches!(state.offer, Offer::Accepted { line_cleared: true, .. });
    let ended = match &state.offer {
        Offer::Ended { outcome, .. } => Some(outcome.replace('_', " ")),
        _ => None,
    };
    let eligible = matches!(state.screening, Some(Outcome::Eligible { .. }));
    context! {
        grade => graded.map(|graded| graded.grade.code()),
        graded_at => graded.map(|graded| graded.at.0),
        target_at => graded.map(|graded| graded.target_at.0),
        reason => graded.and_then(|graded| graded.reason.known().cloned()),
        missed => graded.is_some_and(|graded| graded.missed),
        answered => state.answered(),
        questions => Serde(questions(state)),
        asked => state.answers.len(),
        excluded => state.excluded_by().map(Rule::code),
        danger => state.danger_answered(),
        screened => state.screening.is_some(),
        eligible => eligible,
        text_allowed => state.text_allowed(),
        offer => state.offer.live().map(|offer| offer.to_string()),
        call => state.offer.call().map(|offer| offer.to_string()),
        offer_live => state.offer.live().is_some(),
        line_cleared => line_cleared,
        ended => ended,
        in_person_why => state.in_person.map(::incident::route::InPerson::code),
        patrol => patrol,
        patrol_at => patrol_at,
        call_backs => state.call_backs,
        closed => state.closed.map(Closure::code),
    }
}
