//! Looking at a hold again, and keeping it on until another day.

use crate::cases::Line;
use crate::{case, days};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Refused;
use minijinja::context;
use retention::hold::{Command, Hold};
use retention::{HoldId, Refusal};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Named, Staff, Typed, View};

const PAGE: &str = "retention/review.html";

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
        Ok(page) => {
            let today = days::write(app.engine().now().day());
            view.page(PAGE, context! { today, ..page })
        }
        Err(fault) => view.fault(&fault),
    }
}

/// Until when, and why.
#[derive(Deserialize)]
pub(crate) struct Again {
    #[serde(default)]
    review_on: String,
    #[serde(default)]
    reason: String,
}

/// Keeps it on, or asks a second person to.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(hold): Named<HoldId>,
    Form { value, typed }: Form<Again>,
) -> Response {
    let line = match case::visible(&app, &view, &staff, &hold.stream()).await {
        Ok(line) => line,
        Err(stop) => return stop,
    };
    let mut errors = FieldErrors::new();
    let Some(review_on) = days::read(&value.review_on) else {
        errors.add("review_on", "Enter the day of the next review");
        return again(&app, &view, &staff, &line, (&typed, &errors)).await;
    };
    let command = Command::Review { review_on, reason: value.reason };
    match app.engine().execute::<Hold>(&line.stream, command, &staff.caller, None).await {
        Ok(_) => Redirect::to(&case::path(&line)).into_response(),
        Err(Refused::Refusal(refusal)) => {
            errors.add(field(refusal), refusal.to_string());
            again(&app, &view, &staff, &line, (&typed, &errors)).await
        }
        Err(Refused::Fault(fault)) => view.fault(&fault),
    }
}

/// The field that a refusal is about.
const fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::ReasonMissing | Refusal::TooLong => "reason",
        _ => "review_on",
    }
}

async fn again(
    app: &App,
    view: &View,
    staff: &Staff,
    line: &Line,
    (typed, errors): (&Typed, &FieldErrors),
) -> Response {
    match case::page(app, staff, line).await {
        Ok(page) => {
            let today = days::write(app.engine().now().day());
            view.again(PAGE, context! { today, ..page }, typed, errors)
        }
        Err(fault) => view.fault(&fault),
    }
}
