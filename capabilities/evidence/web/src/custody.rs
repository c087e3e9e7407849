//! `/incidents/{incident}/evidence/custody`: who had the evidence, when, and what they did, in
//! words, to be read and printed.

use crate::trail::Entry;
use crate::{names, trail};
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault};
use incident::IncidentId;
use minijinja::{Value, context};
use std::collections::BTreeMap;
use ui::{App, Named, Staff, View};

/// The page. Reading it is itself in the log.
pub(crate) async fn get(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "evidence-custody").await {
        return stop;
    }
    match rows(app.engine(), incident).await {
        Ok(rows) => {
            let (reference, incident) = (incident.reference(), incident.to_string());
            view.page("evidence/custody.html", context! { rows, reference, incident })
        }
        Err(fault) => view.fault(&fault),
    }
}

async fn rows(engine: &Engine, incident: IncidentId) -> Result<Vec<Value>, Fault> {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut rows = Vec::new();
    for entry in trail::of(engine, incident).await?.into_iter().rev() {
        if !known.contains_key(&entry.actor) {
            let name = names::actor(engine, &entry.actor).await?;
            known.insert(entry.actor.clone(), name);
        }
        rows.push(row(&entry, &known[&entry.actor]));
    }
    Ok(rows)
}

fn row(entry: &Entry, who: &str) -> Value {
    let id = entry.subject.rsplit('/').next().unwrap_or_default();
    context! {
        at => entry.at, who, did => names::deed(&entry.did), purpose => entry.purpose.clone(),
        noun => entry.subject.split('/').next(), what => id.get(..8).unwrap_or(id),
        copy => entry.copy, position => entry.position,
    }
}
