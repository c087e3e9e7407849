//! `/conferences`: the meetings of agencies, the next one on top, and the form that plans one.

use crate::{conference_list, local};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use kernel::Purpose;
use minijinja::{Value, context};
use referral::conference::{Command, Conference, Refusal};
use referral::{ConferenceId, permit};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Serde, Staff, View};

const PAGE: &str = "referral/conferences.html";

/// The page.
pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    match page(&app, &staff).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff) -> Result<Value, Fault> {
    let all = conference_list::all(app.engine()).await?;
    let writes = app.may(&staff.caller.actor, permit::CONFERENCE_WRITE, Purpose::Safeguarding);
    Ok(context! { rows => Serde(&all), writes })
}

/// A new meeting.
#[derive(Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    meets_at: String,
    #[serde(default)]
    place: String,
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let engine = app.engine();
    let mut errors = FieldErrors::new();
    match local::read(&value.meets_at) {
        None => errors.add("meets_at", "Enter a day and a time"),
        Some(meets_at) => {
            let id = ConferenceId::birth(engine.now(), engine.luck16());
            let command = Command::Plan { meets_at, place: value.place };
            let stream = id.stream();
            match engine.execute::<Conference>(&stream, command, &staff.caller, None).await {
                Ok(_) => return Redirect::to(&format!("/conferences/{id}")).into_response(),
                Err(Refused::Refusal(refusal)) => {
                    let field = match refusal {
                        Refusal::PlaceWrong => "place",
                        _ => "meets_at",
                    };
                    errors.add(field, refusal.to_string());
                }
                Err(Refused::Fault(fault)) => return view.fault(&fault),
            }
        }
    }
    match page(&app, &staff).await {
        Ok(page) => view.again(PAGE, page, &typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}
