//! `/incidents/{incident}/people`: who is in an incident, each with her record, and whether the
//! incident is sealed.

use crate::{index, person as one, said, standing};
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault};
use incident::IncidentId;
use minijinja::{Value, context};
use person::{Policy, permit};
use std::collections::BTreeSet;
use ui::{App, Named, Serde, Staff, View};

pub(crate) async fn get(
    policy: Policy,
    State(app): State<App>,
    view: View,
    staff: Staff,
    Named(incident): Named<IncidentId>,
) -> Response {
    if let Err(stop) = staff.consulted(&view, &incident.stream(), "people").await {
        return stop;
    }
    match page(&app, &staff, incident, &policy).await {
        Ok(page) => view.page("person/people.html", page),
        Err(fault) => view.fault(&fault),
    }
}

async fn page(
    app: &App,
    staff: &Staff,
    incident: IncidentId,
    policy: &Policy,
) -> Result<Value, Fault> {
    let engine = app.engine();
    let may = |action, purpose| app.may(&staff.caller.actor, action, purpose);
    // Whoever can say that somebody is one of us is told who has a colleague's name.
    let colleagues = match may(permit::COLLEAGUE, staff.caller.purpose) {
        true => colleagues(engine).await?,
        false => BTreeSet::new(),
    };
    let mut people = vec![];
    for line in index::of_incident(engine, incident).await? {
        let said = said::of(engine, incident, line.part).await?;
        let all = index::of_person(engine, line.person).await?;
        let stands = standing::of(engine, &all, policy).await?;
        people.push(context! {
            id => line.person.to_string(),
            reference => line.person.reference(),
            role => line.role.code(),
            namesake => said.as_ref().is_some_and(|said| {
                colleagues.contains(&names::name(&said.name))
            }),
            said => Serde(&said),
            as_victim => stands.as_victim,
            victims => stands.victims,
            repeat => stands.repeat_victim,
            serial => stands.serial_suspect,
        });
    }
    Ok(context! {
        incident => incident.to_string(),
        reference => incident.reference(),
        people,
        sealed => index::is_sealed(engine, incident).await?,
        seals => may(permit::SEAL, kernel::Purpose::Supervision),
    })
}

/// The names of everybody whose account is in use, in normal form.
async fn colleagues(engine: &Engine) -> Result<BTreeSet<String>, Fault> {
    let accounts = one::accounts(engine).await?;
    Ok(accounts
        .iter()
        .map(|(_, name)| names::name(name))
        .filter(|name| name.contains(' '))
        .collect())
}
