//! `GET /incidents/{incident}/recordings`: what is recorded of an incident, and how long it is
//! kept. Shows no person.

use crate::recordings;
use axum::extract::{Path, State};
use axum::response::Response;
use incident::IncidentId;
use ui::{App, Asked, Serde, View, context};

/// The fragment, or a page of its own.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    asked: Asked,
    Path(incident): Path<String>,
) -> Response {
    let Ok(incident) = incident.parse::<IncidentId>() else { return view.missing() };
    match recordings::of_incident(app.engine(), incident).await {
        Ok(lines) => {
            let page = context! {
                incident => incident.to_string(), reference => incident.reference(),
                lines => Serde(&lines),
            };
            view.panel(asked, "recording/list.html", "recording-list-title", page)
        }
        Err(fault) => view.fault(&fault),
    }
}
