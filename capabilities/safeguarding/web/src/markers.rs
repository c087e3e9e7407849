//! Markers on her address: set, kept on when they are looked at again, taken off.

use crate::safeguarding::{At, again, answer};
use axum::extract::State;
use axum::response::Response;
use calendar::typing;
use incident::IncidentId;
use safeguarding::{Command, MarkerKind, Schools};
use serde::Deserialize;
use std::sync::Arc;
use ui::{App, Asked, FieldErrors, Form, Named, Staff, View};

/// Every field of every form about a marker; each form sends its own.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Marking {
    marker: u32,
    marker_kind: String,
    marker_words: String,
    marker_until: String,
    marker_why: String,
}

pub(crate) async fn set(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Marking>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let of = MarkerKind::of(&value.marker_kind);
    let review_at = typing::end_of_day(&value.marker_until);
    let mut errors = FieldErrors::new();
    if of.is_none() {
        errors.add("marker_kind", "Choose what the marker says");
    }
    if review_at.is_none() {
        errors.add("marker_until", "Enter the day on which somebody looks at it again");
    }
    let (Some(of), Some(review_at)) = (of, review_at) else {
        return again(&at, &typed, &errors).await;
    };
    let set = Command::SetMarker { of, words: value.marker_words, review_at };
    answer(&at, set, "marker_words", &typed).await
}

pub(crate) async fn kept(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Marking>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let Some(review_at) = typing::end_of_day(&value.marker_until) else {
        let mut errors = FieldErrors::new();
        errors.add("marker_why", "Enter the day on which somebody looks at it again");
        return again(&at, &typed, &errors).await;
    };
    let (marker, note) = (value.marker, value.marker_why);
    answer(&at, Command::KeepMarker { marker, review_at, note }, "marker_why", &typed).await
}

pub(crate) async fn ended(
    schools: Arc<Schools>,
    State(app): State<App>,
    view: View,
    staff: Staff,
    asked: Asked,
    Named(incident): Named<IncidentId>,
    Form { value, typed }: Form<Marking>,
) -> Response {
    let at = At { app: &app, view: &view, staff: &staff, asked, incident, schools: &schools };
    let end = Command::EndMarker { marker: value.marker, reason: value.marker_why };
    answer(&at, end, "marker_why", &typed).await
}
