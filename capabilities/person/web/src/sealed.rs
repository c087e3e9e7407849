//! `/sealed`: which incidents are sealed, by reference alone, and those whose broken seal somebody
//! has to look at. Nothing of any of them can be read here.

use crate::index;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Fault;
use incident::{Incident, IncidentId};
use minijinja::{Value, context};
use person::{Seal, SealId};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Staff, View};

const PAGE: &str = "person/sealed.html";

pub(crate) async fn get(State(app): State<App>, view: View, staff: Staff) -> Response {
    match page(&app, &staff).await {
        Ok(page) => view.page(PAGE, page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(app: &App, staff: &Staff) -> Result<Value, Fault> {
    let engine = app.engine();
    let mut seals = vec![];
    for id in index::seals(engine).await? {
        let incident = IncidentId(id.0);
        // Whoever is a party does not learn that it is sealed.
        if index::parties(engine, incident).await?.contains(&staff.who.id) {
            continue;
        }
        let (state, _) = engine.state::<Seal>(&id.stream()).await?;
        seals.push(context! {
            id => id.to_string(),
            reference => incident.reference(),
            since => state.since.map(|at| at.0),
            admitted => state.admitted.len(),
            mine => state.admits(staff.who.id, engine.now()),
            breaks => state.unseen.len(),
            look_by => state.look_by().map(|at| at.0),
        });
    }
    Ok(context! { seals, now => engine.now().0 })
}

/// The reference of an incident that is to be sealed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    incident: String,
}

/// On to the seal of an incident by its number, as its address has it.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Which>,
) -> Response {
    let typed_id = value.incident.trim().rsplit('/').next().unwrap_or_default().to_owned();
    let there = match typed_id.parse::<IncidentId>() {
        Ok(id) => app
            .engine()
            .state::<Incident>(&id.stream())
            .await
            .map(|(state, _)| state.report.is_some().then_some(SealId::from(id))),
        Err(_) => Ok(None),
    };
    match (there, page(&app, &staff).await) {
        (Ok(Some(id)), _) => Redirect::to(&format!("/sealed/{id}")).into_response(),
        (Ok(None), Ok(page)) => {
            let mut errors = FieldErrors::new();
            errors.add("incident", "Paste the address of the incident from the browser's bar.");
            view.again(PAGE, page, &typed, &errors)
        }
        (Err(fault), _) | (_, Err(fault)) => view.fault(&fault),
    }
}
