//! `/disclosures/{disclosure}`: one application with its clocks, its checks, its risk, its
//! decision and its history; every form stands beside what it changes.

use crate::bar::stages;
use crate::row::row;
use crate::seen::Seen;
use crate::told::{self, Told};
use crate::{find, history, names, people, story};
use axum::extract::State;
use axum::response::Response;
use disclosure::limits::EXTEND_DAYS_MAX;
use disclosure::{Case, Channel, Event, Level, Stage, permit};
use engine::{Engine, Fault};
use kernel::{At, Purpose};
use minijinja::{Value, context};
use serde::Serialize;
use ui::{App, FieldErrors, Serde, Staff, Typed, View};

const PAGE: &str = "disclosure/application.html";

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff, seen: Seen) -> Response {
    if let Err(stop) = staff.consulted(&view, &seen.stream(), "disclosure").await {
        return stop;
    }
    match page(&app, &staff, &seen).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

/// The page again, with what was typed and what was wrong.
pub(crate) async fn again(
    app: &App,
    view: &View,
    staff: &Staff,
    seen: &Seen,
    typed: &Typed,
    errors: &FieldErrors,
) -> Response {
    if let Err(stop) = staff.consulted(view, &seen.stream(), "disclosure").await {
        return stop;
    }
    match page(app, staff, seen).await {
        Ok(page) => view.again(PAGE, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff, seen: &Seen) -> Result<Value, Fault> {
    let (engine, actor) = (app.engine(), &staff.caller.actor);
    let now = engine.now();
    let story = story::of(engine, seen.id).await?;
    let told = Told::of(engine, &story).await?;
    let ended_at = story.iter().find(|one| matches!(one.what.as_str(), "made" | "closed"));
    let ended_at = ended_at.filter(|_| seen.end.is_some()).map(|one| one.at);
    let application = story.iter().find_map(|one| match &one.event {
        Some(Event::Applied { application, .. }) => Some(application),
        _ => None,
    });
    let related = match application {
        Some(application) => {
            people::find(engine, &people::marks(application), actor, Some(seen.id)).await?
        }
        None => vec![],
    };
    let related: Vec<Value> = related.iter().map(|one| find::shown(one, now)).collect();
    let case = &seen.case;
    let paper = match &case.decision {
        Some(paper) => Some(told::paper(engine, paper).await?),
        None => None,
    };
    let erased = !story.is_empty() && story.iter().all(|one| one.event.is_none());
    let own = context! {
        row => Serde(row(seen, ended_at, now)),
        told => Serde(&told),
        history => Serde(history::lines(engine, &story).await?),
        related => related,
        paper => Serde(&paper),
        erased => erased,
        kinds => Serde(kinds(case, &told)),
        stages => Serde(steps(case, ended_at.unwrap_or(now))),
    };
    Ok(context! { ..own, ..around(app, staff, seen).await? })
}

/// What every page about one application shows or asks.
pub(crate) async fn around(app: &App, staff: &Staff, seen: &Seen) -> Result<Value, Fault> {
    let (engine, case) = (app.engine(), &seen.case);
    let may = |action| app.may(&staff.caller.actor, action, Purpose::Disclosure);
    let open = seen.end.is_none();
    // What was told is found here as long as it is kept: that is what it is recorded for.
    let last = crate::call::list::all(engine, seen.id).await?.last;
    let recorded = last.filter(|(_, finished)| finished.is_some()).map(|(call, _)| call);
    let completes = matches!(case.stage, Stage::Initial | Stage::Conversation | Stage::Checks);
    Ok(context! {
        id => seen.id.to_string(),
        base => seen.base(),
        stream => seen.stream(),
        reference => names::reference(seen.id),
        me => staff.who.id.to_string(),
        open => open,
        may_work => open && may(permit::WORK),
        may_approve => open && may(permit::APPROVE),
        may_tell => may(permit::TELL),
        may_conflict => may(permit::CONFLICT),
        recorded => recorded.map(|call| call.to_string()),
        completes => completes && case.paused.is_none(),
        decides => matches!(case.stage, Stage::Decision | Stage::Telling)
            && case.telling.told.is_none(),
        author => case.decision.as_ref().is_some_and(|p| p.authors.contains(&staff.who.id)),
        approved => case.decision.as_ref().is_some_and(|p| p.approved_by.is_some()),
        approved_to_tell => case.approved_to_tell().is_some(),
        language => case.language.clone(),
        contacted => case.contacted,
        identity_proved => case.identity_proved,
        specialist_owed => case.specialist_owed,
        told_at => case.telling.told.map(|(at, ..)| at.0),
        pauses => Serde(&case.table.pauses),
        channels => codes(Channel::ALL, Channel::code),
        levels => codes(Level::ALL, Level::code),
        extend_days_max => EXTEND_DAYS_MAX,
        colleagues => Serde(names::colleagues(engine, staff.who.id).await?),
    })
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

/// A kind of check and how it stands.
#[derive(Serialize)]
struct Kind {
    code: String,
    group: &'static str,
    stage: &'static str,
    /// It is asked for by the table; otherwise only because somebody asked it.
    wanted: bool,
    asked: bool,
    skipped: Option<String>,
    /// The present stage waits for it.
    holds: bool,
}

fn kinds(case: &Case, told: &Told) -> Vec<Kind> {
    let open = case.checks_open(case.stage);
    let kinds = case.table.checks.iter().map(|kind| Kind {
        code: kind.code.clone(),
        group: kind.group.code(),
        stage: kind.stage.code(),
        wanted: true,
        asked: case.checks.iter().any(|check| check.code == kind.code),
        skipped: told.skipped.get(&kind.code).map(|why| why.clone().unwrap_or_default()),
        holds: open.contains(&kind.code.as_str()),
    });
    kinds.collect()
}

/// A stage and its clock.
#[derive(Serialize)]
struct Step {
    stage: &'static str,
    /// `done`, `now` or `left`.
    state: &'static str,
    from: Option<i64>,
    to: Option<i64>,
    /// Seconds that it took or takes, pauses included.
    took: Option<u64>,
    due_at: Option<i64>,
    late: bool,
}

fn steps(case: &Case, now: At) -> Vec<Step> {
    let step = |stage: Stage| {
        let spent = case.spent.iter().find(|(one, ..)| *one == stage);
        let late = case.stages_overdue.contains(&stage);
        let (code, took) = (stage.code(), |from: At, to: At| Some(to.since(from).as_secs()));
        match spent {
            Some((_, from, to)) => Step {
                stage: code,
                state: "done",
                from: Some(from.0),
                to: Some(to.0),
                took: took(*from, *to),
                due_at: None,
                late,
            },
            None if stage == case.stage => Step {
                stage: code,
                state: "now",
                from: Some(case.stage_since.0),
                to: None,
                took: took(case.stage_since, now),
                due_at: case.paused.is_none().then_some(case.clocks.stage_due_at.0),
                late: late || (case.paused.is_none() && now >= case.clocks.stage_due_at),
            },
            None => Step {
                stage: code,
                state: "left",
                from: None,
                to: None,
                took: None,
                due_at: None,
                late: false,
            },
        }
    };
    stages(case).into_iter().map(step).collect()
}

/// As it stands by now, for whoever asks; a page that was open may be behind.
pub(crate) async fn renewed(
    engine: &Engine,
    staff: &Staff,
    seen: &Seen,
) -> Result<Option<Seen>, Fault> {
    let (state, _) = engine.state::<disclosure::Disclosure>(&seen.stream()).await?;
    Ok(Seen::of(seen.id, state, &staff.caller.actor))
}
