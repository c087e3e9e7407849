//! `/exports/{export}`: one export, what it is about and what happened to it; and the second
//! person's yes or no.

use crate::lines::{self, Line};
use crate::{Means, case, evidence as page_of_case, names};
use ::evidence::{Command, Export, ExportId, Refusal, permit};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Refused};
use kernel::Purpose;
use minijinja::{Value, context};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Serde, Staff, Typed, View};

const PAGE: &str = "evidence/export.html";

/// The page.
pub(crate) async fn get(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(export): Named<ExportId>,
) -> Response {
    let line = match visible(&app, &view, &staff, export).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    match page(&means, &app, &staff, &line).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

/// The export; the reading is in the trail.
pub(crate) async fn visible(
    app: &App,
    view: &View,
    staff: &Staff,
    export: ExportId,
) -> Result<Line, Response> {
    let stream = export.stream();
    let line = lines::one(app.engine(), &stream).await.map_err(|fault| view.fault(&fault))?;
    let line = line.ok_or_else(|| view.missing())?;
    staff.consulted(view, &stream, "evidence-export").await?;
    Ok(line)
}

/// What every page about one export shows.
pub(crate) async fn page(
    means: &Means,
    app: &App,
    staff: &Staff,
    line: &Line,
) -> Result<Value, Fault> {
    let engine = app.engine();
    let (state, _) = engine.state::<Export>(&line.stream).await?;
    let all = match state.incident {
        Some(incident) => case::recordings(engine, incident).await?,
        None => vec![],
    };
    let asked = all.iter().filter(|listed| state.recordings.contains(&listed.recording));
    let items: Vec<_> = asked.map(page_of_case::item).collect();
    let mut steps = Vec::new();
    for step in lines::steps(engine, &line.stream).await? {
        let by = names::staff(engine, step.by.as_deref()).await?;
        steps.push(context! { by, staffed => step.by.is_some(), ..Value::from(Serde(&step)) });
    }
    let may = |action| app.may(&staff.caller.actor, action, Purpose::Investigation);
    let own = staff.who.id;
    let mine = state.requested_by == Some(own);
    let first = steps.first().cloned();
    let export = ExportId::of_stream(&line.stream);
    Ok(context! {
        export => Serde(line),
        path => page_of_case::path(&line.stream),
        reference => names::reference(&line.incident),
        items => Serde(&items),
        steps, first, mine,
        requested_by => names::staff(engine, Some(&line.requested_by)).await?,
        approved_by => names::staff(engine, line.approved_by.as_deref()).await?,
        expires_at => state.requested_at.plus(::evidence::limits::APPROVE_WITHIN).0,
        approves => may(permit::APPROVE),
        takes => may(permit::PACKAGE) && state.is_one_of_two(own),
        progress => export.and_then(|export| means.making.of(export)),
    })
}

/// How far the making is, asked again every other second while the page is open.
pub(crate) async fn making(means: Means, view: View, Named(export): Named<ExportId>) -> Response {
    view.page("evidence/making.html", context! { progress => means.making.of(export) })
}

/// The second person says yes.
pub(crate) async fn approve(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(export): Named<ExportId>,
) -> Response {
    let line = match visible(&app, &view, &staff, export).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    let done = approved(app.engine(), &staff, export).await;
    answer(&means, &app, &view, &staff, &line, ("approve", &Typed::default()), done).await
}

async fn approved(
    engine: &Engine,
    staff: &Staff,
    export: ExportId,
) -> Result<(), Refused<Refusal>> {
    let found = found(engine, export).await?;
    let command = Command::Approve { found };
    engine.execute::<Export>(&export.stream(), command, &staff.caller, None).await.map(drop)
}

/// What was asked for, as it stands now.
pub(crate) async fn found(engine: &Engine, export: ExportId) -> Result<::evidence::Found, Fault> {
    let (state, _) = engine.state::<Export>(&export.stream()).await?;
    match state.incident {
        Some(incident) => case::found(engine, incident, &state.recordings).await,
        None => Ok(::evidence::Found::default()),
    }
}

/// Why not.
#[derive(Deserialize)]
pub(crate) struct No {
    #[serde(default)]
    reason: String,
}

/// No, or taken back.
pub(crate) async fn refuse(
    means: Means,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(export): Named<ExportId>,
    Form { value, typed }: Form<No>,
) -> Response {
    let line = match visible(&app, &view, &staff, export).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    let command = Command::Refuse { reason: value.reason };
    let done = app.engine().execute::<Export>(&line.stream, command, &staff.caller, None).await;
    answer(&means, &app, &view, &staff, &line, ("reason", &typed), done.map(drop)).await
}

async fn answer(
    means: &Means,
    app: &App,
    view: &View,
    staff: &Staff,
    line: &Line,
    (field, typed): (&str, &Typed),
    done: Result<(), Refused<Refusal>>,
) -> Response {
    let refusal = match done {
        Ok(()) => return Redirect::to(&page_of_case::path(&line.stream)).into_response(),
        Err(Refused::Refusal(refusal)) => refusal,
        Err(Refused::Fault(fault)) => return view.fault(&fault),
    };
    let mut errors = FieldErrors::new();
    errors.add(field, refusal.to_string());
    match page(means, app, staff, line).await {
        Ok(page) => view.again(PAGE, page, typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}
