//! How and when she may be reached, kept as it is typed.

use crate::safeguarding::{At, again, answer};
use axum::extract::State;
use axum::response::Response;
use incident::IncidentId;
use safeguarding::{Command, ContactWords, Hours, Schools, Way};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, Asked, FieldErrors, Form, Named, Staff, View};

/// The rule, whole.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Typing {
    ways: Vec<String>,
    safe_from: String,
    safe_until: String,
    safe_number: String,
    safe_say: String,
    safe_others: String,
    codeword: String,
    codeword_means: String,
}

pub(crate) async fn post(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let always = value.safe_from.trim().is_empty() && value.safe_until.trim().is_empty();
    let hours = match always {
        true => None,
        false => Hours::parse(&value.safe_from, &value.safe_until),
    };
    if hours.is_none() && !always {
        let mut errors = FieldErrors::new();
        errors.add("safe_from", "Enter both times, e.g. 09:00 and 15:30, or leave both empty");
        return again(&at, &typed, &errors).await;
    }
    let words = ContactWords {
        number: value.safe_number,
        say: value.safe_say,
        others: value.safe_others,
        codeword: value.codeword,
        codeword_means: value.codeword_means,
    };
    let ways = value.ways.iter().filter_map(|code| Way::of(code)).collect();
    answer(&at, Command::RuleContact { ways, hours, words }, "safe_number", &typed).await
}
