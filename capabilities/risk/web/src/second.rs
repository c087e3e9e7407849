//! One assessment for whoever did not make it: what was answered and who could hear it, the
//! officer's grade and why, the second grade, and a supervisor's word on closing.

use crate::Settings;
use crate::showing::{self, Tongues};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use incident::IncidentId;
use kernel::Purpose::Supervision;
use minijinja::{Value, context};
use risk::{Act, Grade, Refusal, Risk, RiskId, permit};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Staff, Typed, View};

const PAGE: &str = "risk/second.html";

pub(crate) async fn get(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(risk): Named<RiskId>,
) -> Response {
    show(&app, &settings, &view, &staff, risk, None).await
}

async fn show(
    app: &App,
    settings: &Settings,
    view: &View,
    staff: &Staff,
    risk: RiskId,
    wrong: Option<(&Typed, &FieldErrors)>,
) -> Response {
    let incident = IncidentId::from(risk);
    if let Err(stop) = staff.consulted(view, &incident.stream(), "risk-second").await {
        return stop;
    }
    match (page(app, settings, view, staff, incident).await, wrong) {
        (Ok(page), None) => view.page(PAGE, page),
        (Ok(page), Some((typed, errors))) => view.again(PAGE, page, typed, errors),
        (Err(fault), _) => view.fault(&fault),
    }
}

async fn page(
    app: &App,
    settings: &Settings,
    view: &View,
    staff: &Staff,
    incident: IncidentId,
) -> Result<Value, Fault> {
    let engine = app.engine();
    let tongues = Tongues::of(&settings.pack, None, view.locale().tag());
    let page = showing::page(engine, settings, tongues, incident).await?;
    let state = showing::state(engine, incident).await?;
    let me = staff.who.id;
    let known = state.assessment();
    let author = known.is_some_and(|one| {
        one.graded.as_ref().is_some_and(|graded| graded.by == Some(me))
            || one.authors().any(|author| author == me)
    });
    let may = |action| app.may(&staff.caller.actor, action, Supervision);
    let own = context! {
        id => incident.to_string(),
        author,
        seconds => may(permit::SECOND) && !author && known.is_some_and(|one| one.graded.is_some()),
        allows => may(permit::ALLOW),
    };
    Ok(context! { ..own, ..page })
}

async fn act(
    (app, settings, view, staff): (&App, &Settings, &View, &Staff),
    risk: RiskId,
    act: Act,
    typed: &Typed,
    field: &str,
) -> Response {
    let (stream, command) = (risk.stream(), settings.command(act));
    match app.engine().execute::<Risk>(&stream, command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&format!("/risk/{risk}")).into_response(),
        Err(Refused::Refusal(refusal)) => {
            let field = if refusal == Refusal::Author { "second_grade" } else { field };
            let mut errors = FieldErrors::new();
            errors.add(field, refusal.to_string());
            show(app, settings, view, staff, risk, Some((typed, &errors))).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// The second grade.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Second {
    second_grade: String,
    second_reason: String,
}

pub(crate) async fn post(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(risk): Named<RiskId>,
    Form { value, typed }: Form<Second>,
) -> Response {
    let Some(grade) = Grade::of(&value.second_grade) else {
        let mut errors = FieldErrors::new();
        errors.add("second_grade", "Choose the grade: the answers do not");
        return show(&app, &settings, &view, &staff, risk, Some((&typed, &errors))).await;
    };
    let second = Act::SecondGrade { grade, reason: value.second_reason, officer: None };
    act((&app, &settings, &view, &staff), risk, second, &typed, "second_reason").await
}

/// That the case may close.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Closing {
    closing_reason: String,
}

pub(crate) async fn closing(
    settings: Settings,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(risk): Named<RiskId>,
    Form { value, typed }: Form<Closing>,
) -> Response {
    let allow = Act::AllowClosing { reason: value.closing_reason, officer: None };
    act((&app, &settings, &view, &staff), risk, allow, &typed, "closing_reason").await
}
