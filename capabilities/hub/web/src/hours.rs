//! The week's hours, typed as people write them: `08:00-13:00, 14:00-22:00`, empty for closed.

use crate::availability::{DAYS, clock};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Refused;
use hub::{Command, Hours, Hub, Span};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use ui::{App, FieldErrors, Form, Staff, View};

#[derive(Serialize)]
struct Day {
    field: String,
    name: &'static str,
    text: String,
}

#[derive(Deserialize)]
pub(crate) struct Week {
    #[serde(default)]
    day1: String,
    #[serde(default)]
    day2: String,
    #[serde(default)]
    day3: String,
    #[serde(default)]
    day4: String,
    #[serde(default)]
    day5: String,
    #[serde(default)]
    day6: String,
    #[serde(default)]
    day7: String,
}

pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    match page(&app).await {
        Ok(page) => view.page("hub/hours.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App) -> Result<Value, engine::Fault> {
    let (state, _) = app.engine().state::<Hub>(hub::STREAM).await?;
    let days: Vec<_> = state
        .hours
        .days
        .iter()
        .zip(DAYS)
        .enumerate()
        .map(|(n, (spans, name))| Day { field: format!("day{}", n + 1), name, text: text(spans) })
        .collect();
    Ok(context! { days => minijinja::value::Serde(&days), version => state.hours_version })
}

pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Week>,
) -> Response {
    let mut errors = FieldErrors::new();
    let texts =
        [&value.day1, &value.day2, &value.day3, &value.day4, &value.day5, &value.day6, &value.day7];
    let mut hours = Hours::default();
    for (n, day) in texts.iter().enumerate() {
        match spans(day) {
            Some(spans) => hours.days[n] = spans,
            None => errors.add(&format!("day{}", n + 1), "Write it like 08:00-22:00"),
        }
    }
    if !errors.any() {
        let command = Command::SetHours { hours };
        match app.engine().execute::<Hub>(hub::STREAM, command, &staff.caller, None).await {
            Ok(_) => return Redirect::to("/hub/hours").into_response(),
            Err(Refused::Refusal(refusal)) => errors.add("day1", refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        }
    }
    match page(&app).await {
        Ok(page) => view.again("hub/hours.html", page, &typed, &errors),
        Err(fault) => view.fault(&fault),
    }
}

fn text(spans: &[Span]) -> String {
    let one = |span: &Span| format!("{}-{}", clock(span.opens), clock(span.closes));
    spans.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Reads a day; `None` when it is not written so. Nothing is a closed day.
fn spans(text: &str) -> Option<Vec<Span>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (opens, closes) = part.split_once('-')?;
            Some(Span { opens: minute(opens)?, closes: minute(closes)? })
        })
        .collect()
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
}
