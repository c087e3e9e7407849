//! The panel as an officer uses it.

mod children;
mod known;

use crate::{Settings, capability};
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use kernel::{Personal, Role};
use testkit::{START, TestApp};

async fn house() -> (TestApp, IncidentId) {
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

#[tokio::test]
async fn advice_is_ticked_and_unticked_and_the_note_kept() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding");
    let form =
        [("advice", "way_out"), ("advice", "code_word"), ("advice_note", "Sister has a key.")];
    officer.post(&path, &form).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("value=\"way_out\" checked") && page.says("Sister has a key."));
    officer.post(&path, &[("advice", "way_out"), ("advice_note", "")]).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(!page.says("value=\"code_word\" checked") && !page.says("Sister has a key."));
    assert!(app.consultations().await >= 2);
}

#[tokio::test]
async fn an_action_is_set_done_and_dropped_and_a_refused_one_keeps_what_was_typed() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding");
    let add = format!("{path}/actions");
    let none = officer.post(&add, &[("action_what", "Change the locks")]).await.expect(422);
    assert!(none.says("Choose who owes it") && none.says("Change the locks"));
    let form = [("action_what", " "), ("action_owner", "partner"), ("action_due", "4")];
    assert!(officer.post(&add, &form).await.expect(422).says("Say what has to be done"));
    for what in ["Change the locks", "Call her sister"] {
        let form = [("action_what", what), ("action_owner", "local_team"), ("action_due", "4")];
        officer.post(&add, &form).await.redirect();
    }
    officer.post(&format!("{path}/done"), &[("action", "1")]).await.redirect();
    let bare = officer.post(&format!("{path}/dropped"), &[("action", "2")]).await.expect(422);
    assert!(bare.says("Say why it is owed no more"));
    let why = [("action", "2"), ("dropped_reason", "She did it herself.")];
    officer.post(&format!("{path}/dropped"), &why).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert_eq!(page.texts(".list__item .badge"), ["Done", "Dropped"]);
}

#[tokio::test]
async fn the_control_room_reads_and_does_not_write() {
    let (app, incident) = house().await;
    let path = format!("/incidents/{incident}/safeguarding");
    let page = app.signed_in(Role::CallHandler).get(&path).await.expect(200);
    assert!(page.says("None noted yet") && !page.says("<form method=\"post\" action=\"/incidents"));
    let _ =
        app.signed_in(Role::CallHandler).post(&path, &[("advice", "devices")]).await.expect(404);
    app.refuses_strangers().await;
}
