//! The second person: sees what is asked, and says yes or no. What was not shown is not confirmed:
//! the form carries what stood on the page.

use crate::cases::{self, Line};
use crate::{case, keys, schedule};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Engine, Fault, Refused};
use kernel::id::Id;
use minijinja::context;
use retention::hold::{self, Hold};
use retention::promotion::{self, Promotion};
use retention::{HoldId, Refusal};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Staff, Typed, View};

const PAGE: &str = "retention/confirm.html";

/// The page.
pub(crate) async fn get<I: Id>(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<I>,
) -> Response {
    let line = match case::visible(&app, &view, &staff, &id.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    if line.stage != "proposed" && line.asked.is_none() {
        return Redirect::to(&case::path(&line)).into_response();
    }
    match case::page(&app, &staff, &line).await {
        Ok(page) => view.page(PAGE, context! { shown => shown(&line), ..page }),
        Err(fault) => view.fault(&fault),
    }
}

/// What stands on the page, in a word that changes with it.
fn shown(line: &Line) -> String {
    let until = line.asked_until.unwrap_or(line.until);
    format!("{}-{}-{until}", line.stage, line.asked.as_deref().unwrap_or("none"))
}

/// What was confirmed, or why not.
#[derive(Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    shown: String,
    #[serde(default)]
    reason: String,
}

/// Yes.
pub(crate) async fn post<I: Id>(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<I>,
    Form { value, typed }: Form<Answer>,
) -> Response {
    let line = match case::visible(&app, &view, &staff, &id.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    if value.shown != shown(&line) {
        let mut errors = FieldErrors::new();
        errors.add("confirm", "This changed while you looked. Read it again, then confirm.");
        return again(&app, &view, &staff, &line, &Typed::default(), &errors).await;
    }
    let done = confirm(app.engine(), &staff, &line).await;
    answer(&app, &view, &staff, &line, ("confirm", &typed), done).await
}

async fn confirm(engine: &Engine, staff: &Staff, line: &Line) -> Result<(), Refused<Refusal>> {
    let things: Vec<_> =
        cases::keys(engine, &line.stream).await?.into_iter().map(|key| key.thing).collect();
    let subjects = keys::now(engine, &things).await?;
    let caller = &staff.caller;
    if line.kind == "promotion" {
        let days = schedule::days(engine, kernel::retention::EVIDENCE).await?;
        let command = promotion::Command::Confirm { subjects, days };
        return engine.execute::<Promotion>(&line.stream, command, caller, None).await.map(drop);
    }
    let command = match line.asked {
        Some(_) => hold::Command::ConfirmAsked,
        None => hold::Command::Confirm { subjects },
    };
    engine.execute::<Hold>(&line.stream, command, caller, None).await.map(drop)
}

/// No, or taken back.
pub(crate) async fn decline<I: Id>(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<I>,
    Form { value, typed }: Form<Answer>,
) -> Response {
    let line = match case::visible(&app, &view, &staff, &id.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    let (engine, caller, reason) = (app.engine(), &staff.caller, value.reason);
    let done = if I::NOUN == "hold" {
        let command = hold::Command::Decline { reason };
        engine.execute::<Hold>(&line.stream, command, caller, None).await.map(drop)
    } else {
        let command = promotion::Command::Decline { reason };
        engine.execute::<Promotion>(&line.stream, command, caller, None).await.map(drop)
    };
    answer(&app, &view, &staff, &line, ("reason", &typed), done).await
}

/// What was asked on a hold that stands is taken back or turned down: the hold goes on as it was.
pub(crate) async fn drop_asked(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(id): Named<HoldId>,
) -> Response {
    let line = match case::visible(&app, &view, &staff, &id.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    let command = hold::Command::DropAsked;
    let done = app.engine().execute::<Hold>(&line.stream, command, &staff.caller, None).await;
    let typed = Typed::default();
    answer(&app, &view, &staff, &line, ("confirm", &typed), done.map(drop)).await
}

async fn answer(
    app: &App,
    view: &View,
    staff: &Staff,
    line: &Line,
    (field, typed): (&str, &Typed),
    done: Result<(), Refused<Refusal>>,
) -> Response {
    match done {
        Ok(()) => Redirect::to(&case::path(line)).into_response(),
        Err(Refused::Refusal(refusal)) => {
            let mut errors = FieldErrors::new();
            errors.add(field, refusal.to_string());
            again(app, view, staff, line, typed, &errors).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

async fn again(
    app: &App,
    view: &View,
    staff: &Staff,
    line: &Line,
    typed: &Typed,
    errors: &FieldErrors,
) -> Response {
    let fresh = async {
        let line = cases::one(app.engine(), &line.stream).await?.unwrap_or_else(|| line.clone());
        let page = case::page(app, staff, &line).await?;
        Ok::<_, Fault>(context! { shown => shown(&line), ..page })
    };
    match fresh.await {
        Ok(page) => view.again(PAGE, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}
