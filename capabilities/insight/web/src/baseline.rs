//! The baseline against which freed hours are reckoned: what a response in person takes here.

use ::insight::{Baseline, Command, Insight, Refusal, STREAM};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::{Fault, Refused};
use minijinja::Value;
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Serde, Staff, View, context};

pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    match page(&app).await {
        Ok(page) => view.page("insight/baseline.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App) -> Result<Value, Fault> {
    let (state, _) = app.engine().state::<Insight>(STREAM).await?;
    let standing = state.now.as_ref();
    Ok(context! {
        version => state.version,
        numbers => standing.map(|(numbers, ..)| Serde(*numbers)),
        at => standing.map(|(_, at, ..)| at.0),
        source => standing.and_then(|(_, _, source, _)| source.known().cloned()),
    })
}

/// The numbers as they were typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    officers: String,
    travel_minutes: String,
    attendance_minutes: String,
    write_up_minutes: String,
    video_write_up_minutes: String,
    source: String,
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Typed>,
) -> Response {
    let mut errors = FieldErrors::new();
    let mut number = |field: &str, text: &str| {
        text.trim().parse::<u32>().unwrap_or_else(|_| {
            errors.add(field, "Enter a whole number");
            0
        })
    };
    let baseline = Baseline {
        officers: number("officers", &value.officers),
        travel_minutes: number("travel_minutes", &value.travel_minutes),
        attendance_minutes: number("attendance_minutes", &value.attendance_minutes),
        write_up_minutes: number("write_up_minutes", &value.write_up_minutes),
        video_write_up_minutes: number("video_write_up_minutes", &value.video_write_up_minutes),
    };
    if !errors.any() {
        let command = Command::SetBaseline { baseline, source: value.source };
        match app.engine().execute::<Insight>(STREAM, command, &staff.caller, None).await {
            Ok(_) => return Redirect::to("/insight/baseline").into_response(),
            Err(Refused::Refusal(refusal)) => errors.add(field(refusal), refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        }
    }
    match page(&app).await {
        Ok(page) => view.again("insight/baseline.html", page, &typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}

const fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Officers | Refusal::NotASupervisor => "officers",
        Refusal::Minutes => "travel_minutes",
        Refusal::NoAttendance => "attendance_minutes",
        Refusal::SourceMissing | Refusal::TooLong => "source",
    }
}
