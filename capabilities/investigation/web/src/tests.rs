//! The panel as an officer uses it: alone and beside a call.

use crate::capability;
use axum::http::Method;
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
async fn the_account_is_kept_as_it_is_typed_and_shown_with_its_times() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/investigation");
    assert!(officer.get(&path).await.expect(200).says("In her words"));
    officer.post(&path, &[("account", "He shouted.\n\nHe left.")]).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert_eq!(page.texts(".paragraphs p"), ["He shouted.", "He left."]);
    assert!(app.consultations().await >= 2);
    officer.post(&path, &[("account", "He shouted.\n\nHe left.")]).await.redirect();
    let kept = app.kinds().await.into_iter().filter(|kind| kind.contains("account_kept"));
    assert_eq!(kept.count(), 1, "what has not changed is not kept again");
}

#[tokio::test]
async fn a_refused_decision_keeps_what_was_typed_and_names_the_field() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/investigation/crime");
    let refused = officer
        .post(&path, &[("recorded", "crime"), ("offence", "Common assault"), ("crime_reason", "")])
        .await
        .expect(422);
    assert!(refused.says("Give the reason") && refused.says("value=\"Common assault\""));
    let nothing = officer.post(&path, &[("offence", "Harassment")]).await.expect(422);
    assert!(nothing.says("Choose whether") && nothing.says("value=\"Harassment\""));
    officer
        .post(&path, &[("recorded", "non_crime"), ("crime_reason", "Words only.")])
        .await
        .redirect();
    assert!(app.kinds().await.contains(&"investigation.recorded_non_crime.v1".to_owned()));
}

#[tokio::test]
async fn the_control_room_reads_and_does_not_write_and_nobody_else_sees_it() {
    let (app, incident) = house().await;
    let path = format!("/incidents/{incident}/investigation");
    let handler = app.signed_in(Role::CallHandler);
    let page = handler.get(&path).await.expect(200);
    assert!(page.says("Nothing is written") && !page.says("<textarea"));
    let _ = handler.post(&path, &[("account", "x")]).await.expect(404);
    let _ = app.signed_in(Role::Administrator).get(&path).await.expect(404);
    let other = format!("/incidents/{}/investigation", IncidentId(8));
    let _ = app.signed_in(Role::Responder).get(&other).await.expect(404);
    app.refuses_strangers().await;
    let sent = app.signed_in(Role::Responder).send(Method::POST, &path, None).await;
    assert_eq!(sent.status, 415, "a post that is no form");
}
