//! Assessments as those who make them, grade them again and count on them see them.

mod api;
mod board;
mod causes;
mod panel;

use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use kernel::{Personal, Role};
use sqlx::Row as _;
use testkit::{Browser, START, TestApp};

pub(super) async fn house() -> (TestApp, IncidentId) {
    let mut incidents = ui::Capability { name: "incident", ..Default::default() };
    incidents.permits = incident::permit::PERMITS;
    let app = TestApp::new(vec![crate::capability(crate::Settings::default()), incidents]).await;
    let incident = IncidentId(7);
    report(&app, incident, "").await;
    (app, incident)
}

/// She reports from this number.
pub(super) async fn report(app: &TestApp, incident: IncidentId, phone: &str) {
    let person = incident::report::Person { phone: phone.into(), ..Default::default() };
    let report = Report {
        source: Source::Emergency,
        called_at: START,
        force_reference: Personal::default(),
        person: person.into(),
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
}

/// Who can hear her, one answer, and a grade.
pub(super) async fn graded(officer: &Browser<'_>, incident: IncidentId, grade: &str) {
    let path = format!("/incidents/{incident}/risk");
    let near = [("earshot", "alone"), ("how", "in_person")];
    officer.post(&format!("{path}/earshot"), &near).await.redirect();
    officer.post(&path, &[("q_he_can_reach", "yes")]).await.redirect();
    let given = [("grade", grade), ("grade_reason", "He has a key.")];
    officer.post(&format!("{path}/grade"), &given).await.redirect();
}

/// The open promises of assessments, by name, with the hours from the start of the test.
pub(super) async fn promises(app: &TestApp) -> Vec<(String, i64)> {
    let _ = app.kinds().await;
    let open = "SELECT name, due_at FROM engine_promises
        WHERE owner = 'risk' AND kept_at IS NULL AND ended_at IS NULL ORDER BY name";
    let rows = sqlx::query(open).fetch_all(app.engine.reads().pool()).await.unwrap();
    let hours = |due: i64| (due - START.0) / 3_600_000_000;
    rows.iter().map(|row| (row.get(0), hours(row.get(1)))).collect()
}
