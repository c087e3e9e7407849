//! The samples: last week's is drawn once, by luck; what is not read yet stands first.

use crate::sample_list;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use calendar::NoCalendar;
use engine::{Fault, Refused};
use kernel::At;
use kernel::Purpose::Supervision;
use minijinja::{Value, context};
use review::sample::{Act, Command};
use review::{Policy, Refusal, Sample, SampleId, clock, permit};
use std::sync::Arc;
use ui::{App, Serde, Staff, View};

const PAGE: &str = "review/samples.html";

/// The sample of the week that began then: one a week, so its id is that time.
fn id(from: At) -> SampleId {
    SampleId(from.0.max(0) as u128)
}

pub(crate) async fn get(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
) -> Response {
    match page(&app, &policy, &staff, None).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

pub(crate) async fn draw(
    policy: Arc<Policy>,
    State(app): State<App>,
    view: View,
    staff: Staff,
) -> Response {
    let refusal = match drawn(&app, &policy, &staff).await {
        Ok(()) => return Redirect::to("/samples").into_response(),
        Err(Refused::Refusal(refusal)) => refusal,
        Err(Refused::Fault(fault)) => return view.fault(&fault),
    };
    match page(&app, &policy, &staff, Some(refusal.to_string())).await {
        Ok(page) => view.answer(StatusCode::UNPROCESSABLE_ENTITY, PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn drawn(app: &App, policy: &Arc<Policy>, staff: &Staff) -> Result<(), Refused<Refusal>> {
    let engine = app.engine();
    let week = clock::last_week(engine.now());
    let (from, until) = week.map_err(|_: NoCalendar| Refused::Refusal(Refusal::NoCalendar))?;
    let pool = sample_list::pool(engine, from, until).await.map_err(Refused::Fault)?;
    let act = Act::Draw { from, until, pool, luck: engine.luck16() };
    let command = Command { policy: policy.clone(), act };
    engine.execute::<Sample>(&id(from).stream(), command, &staff.caller, None).await.map(|_| ())
}

async fn page(
    app: &App,
    policy: &Policy,
    staff: &Staff,
    refused: Option<String>,
) -> Result<Value, Fault> {
    let (engine, actor) = (app.engine(), &staff.caller.actor);
    let mut rows = sample_list::all(engine).await?;
    let veil = app.veil(actor).await?;
    veil.over(&mut rows, |row| format!("incident/{}", row.incident));
    let week = clock::last_week(engine.now()).ok();
    let ready = match week {
        Some((from, _)) => !engine.state::<Sample>(&id(from).stream()).await?.0.drawn,
        None => false,
    };
    Ok(context! {
        refused, ready, week => week.map(|(from, _)| from.0),
        draws => app.may(actor, permit::SAMPLE, Supervision),
        unread => rows.iter().filter(|row| row.judged_at.is_none()).count(),
        missed => rows.iter().filter(|row| row.finding.as_deref() == Some("missed")).count(),
        screenings => policy.screenings_per_week, calls => policy.calls_per_week,
        rows => Serde(&rows),
        now => engine.now().0,
    })
}
