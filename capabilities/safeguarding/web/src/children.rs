//! Children of the house and their schools: recorded, told, acknowledged, or not owed after all.

use crate::safeguarding::{At, answer};
use axum::extract::State;
use axum::response::Response;
use incident::IncidentId;
use safeguarding::{ChildDetails, Command, NewChild, Schools, Told};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, Asked, FieldErrors, Form, Named, Staff, View};

/// A child, as it is typed.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct New {
    child_name: String,
    child_born: String,
    child_voice: String,
    child_present: String,
    child_school: String,
}

pub(crate) async fn record(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<New>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let New { child_name: name, child_born: born, child_voice: voice, .. } = value;
    let new = NewChild {
        details: ChildDetails { name, born, voice },
        present: value.child_present == "yes",
        school: value.child_school,
        schools: schools.clone(),
    };
    answer(&at, Command::RecordChild(Box::new(new)), "child_name", &typed).await
}

/// Which child, and what was said there.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Which {
    child: String,
    told_how: String,
    spoke_with: String,
    withdrawn_reason: String,
}

impl Which {
    fn number(&self) -> u32 {
        self.child.parse().unwrap_or(0)
    }
}

pub(crate) async fn told(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Which>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let child = value.number();
    let Some(told) = Told::of(&value.told_how) else {
        let mut errors = FieldErrors::new();
        errors.add("told_how", "Choose how they were told");
        return crate::safeguarding::again(&at, &typed, &errors).await;
    };
    let command = Command::TellSchool { child, told, spoke_with: value.spoke_with };
    answer(&at, command, "spoke_with", &typed).await
}

pub(crate) async fn acknowledged(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Which>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let child = value.number();
    let command = Command::AcknowledgeSchool { child, note: value.spoke_with };
    answer(&at, command, "spoke_with", &typed).await
}

pub(crate) async fn withdrawn(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Which>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let child = value.number();
    let command = Command::WithdrawNotice { child, reason: value.withdrawn_reason };
    answer(&at, command, "withdrawn_reason", &typed).await
}
