//! Proposing that a hold ends: the old deadlines count again, and what is past them goes at once.

use crate::case;
use crate::cases::Line;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Refused;
use retention::HoldId;
use retention::hold::{Command, Hold};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Staff, Typed, View};

const PAGE: &str = "retention/end.html";

/// The page.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(hold): Named<HoldId>,
) -> Response {
    let line = match case::visible(&app, &view, &staff, &hold.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    match case::page(&app, &staff, &line).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

/// Why.
#[derive(Deserialize)]
pub(crate) struct End {
    #[serde(default)]
    reason: String,
}

/// Asks a second person to end it.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(hold): Named<HoldId>,
    Form { value, typed }: Form<End>,
) -> Response {
    let line = match case::visible(&app, &view, &staff, &hold.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    let command = Command::ProposeEnd { reason: value.reason };
    match app.engine().execute::<Hold>(&line.stream, command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&case::path(&line)).into_response(),
        Err(Refused::Refusal(refusal)) => {
            let mut errors = FieldErrors::new();
            errors.add("reason", refusal.to_string());
            again(&app, &view, &staff, &line, &typed, &errors).await
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
    match case::page(app, staff, line).await {
        Ok(page) => view.again(PAGE, page, typed, errors),
        Err(fault) => view.fault(&fault),
    }
}
