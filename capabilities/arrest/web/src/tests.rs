//! The panel as an officer uses it.

use crate::capability;
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use kernel::{Personal, Role};
use testkit::{START, TestApp};

async fn house() -> (TestApp, IncidentId) {
    let mut incidents = ui::Capability { name: "incident", ..Default::default() };
    incidents.permits = incident::permit::PERMITS;
    let app = TestApp::new(vec![capability(), incidents]).await;
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

#[tokio::test]
async fn a_request_says_everything_a_team_must_know() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/arrest");
    let form = [
        ("suspect", "Nobody Example"),
        ("grounds", "She saw him break the window."),
        ("necessity", "protect"),
        ("necessity", "harm"),
        ("necessity_words", "He said he would return tonight."),
        ("arrest_risks", "A large dog."),
    ];
    officer.post(&path, &form).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("Nobody Example") && page.says("A large dog.") && page.says("Requested"));
    assert!(app.consultations().await >= 1);
}

#[tokio::test]
async fn a_refused_request_names_the_field_and_keeps_every_word() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/arrest");
    let form = [("suspect", "Nobody Example"), ("grounds", "The window."), ("arrest_risks", "Dog")];
    let refused = officer.post(&path, &form).await.expect(422);
    assert!(refused.says("Choose at least one reason"));
    assert!(refused.says("value=\"Nobody Example\"") && refused.says("The window."));
    assert!(!app.kinds().await.iter().any(|kind| kind.starts_with("arrest.")));
}

#[tokio::test]
async fn the_control_room_reads_and_does_not_write() {
    let (app, incident) = house().await;
    let path = format!("/incidents/{incident}/arrest");
    let handler = app.signed_in(Role::CallHandler);
    assert!(handler.get(&path).await.expect(200).says("No arrest has been requested"));
    let _ = handler.post(&path, &[("suspect", "x")]).await.expect(404);
    let _ = app.signed_in(Role::Auditor).get(&path).await.expect(404);
    app.refuses_strangers().await;
}
