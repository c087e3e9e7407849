//! Arrests and orders as those who work them see them.

mod api;
mod board;
mod order;
mod panel;
mod request;

use crate::{Settings, capability};
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use kernel::{Personal, Role};
use sqlx::Row as _;
use testkit::{START, TestApp};

pub(super) async fn house() -> (TestApp, IncidentId) {
    let mut incidents = ui::Capability { name: "incident", ..Default::default() };
    incidents.permits = incident::permit::PERMITS;
    let app = TestApp::new(vec![capability(Settings::default()), incidents]).await;
    let incident = IncidentId(7);
    let report = Report {
        source: Source::Emergency,
        called_at: START,
        force_reference: Personal::default(),
        person: Personal::default(),
        place: Personal::default(),
        account: Personal::new("He came back.".to_owned()),
        contact: Personal::default(),
        contact_flags: Default::default(),
        thrive: Default::default(),
        suspect: Personal::default(),
        relationship: Relationship::Unknown,
        children: false,
    };
    let command = incident::Command::Report(Box::new(report));
    let caller = TestApp::caller(Role::CallHandler);
    app.engine.execute::<Incident>(&incident.stream(), command, &caller, None).await.unwrap();
    (app, incident)
}

/// What an officer types.
pub(super) fn form(suspect: &'static str, risk: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("suspect", suspect),
        ("grounds", "She saw him break the window."),
        ("necessity", "protect"),
        ("necessity", "harm"),
        ("necessity_words", "He said he would return tonight."),
        ("arrest_risks", "A large dog."),
        ("wishes", "She wants him gone."),
        ("arrest_risk", risk),
    ]
}

/// Asks for an arrest and gives the address of the request.
pub(super) async fn asked(app: &TestApp, incident: IncidentId, risk: &'static str) -> String {
    let path = format!("/incidents/{incident}/arrest");
    app.signed_in(Role::Responder).post(&path, &form("Nobody Example", risk)).await.redirect();
    let lines = crate::arrest_list::of_incident(&app.engine, incident).await.unwrap();
    format!("/arrests/{}", lines.last().unwrap().row.id)
}

/// The open promises of a stream, by name, with when they are due.
pub(super) async fn promises(app: &TestApp) -> Vec<(String, i64)> {
    let open = "SELECT name, due_at FROM engine_promises
        WHERE owner = 'arrest' AND kept_at IS NULL AND ended_at IS NULL ORDER BY name, due_at";
    let rows = sqlx::query(open).fetch_all(app.engine.reads().pool()).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

pub(super) fn names(promises: &[(String, i64)]) -> Vec<&str> {
    promises.iter().map(|(name, _)| name.as_str()).collect()
}
