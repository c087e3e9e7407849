//! What is still owed stands against closing an incident, on its page and over the API, whichever
//! capability owes it.

use crate::house_tests::house;
use incident::report::{Relationship, Report, Source};
use incident::{Command, Grade, GradeTable, Incident, IncidentId};
use kernel::{Personal, Role};
use serde_json::json;
use testkit::{START, TestApp};

const INCIDENT: IncidentId = IncidentId(7);

/// An incident that a patrol attended: nothing of its own keeps it open.
async fn attended() -> TestApp {
    let app = TestApp::with(house).await;
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
    let table = GradeTable {
        version: 1,
        immediate_minutes: 15,
        priority_minutes: 60,
        scheduled_minutes: 2880,
        resolved_minutes: 2880,
    };
    let grade = Command::Grade { grade: Grade::Immediate, reason: "He is there.".into(), table };
    let there = Command::NotePatrolAttended { attended_at: START };
    let caller = TestApp::caller(Role::CallHandler);
    for command in [Command::Report(Box::new(report)), grade, there] {
        let stream = INCIDENT.stream();
        app.engine.execute::<Incident>(&stream, command, &caller, None).await.unwrap();
    }
    app
}

/// Both ways of closing say these words, and the incident stays open.
async fn stands(app: &TestApp, words: &str) {
    let handler = app.signed_in(Role::CallHandler);
    let page = format!("/incidents/{INCIDENT}");
    assert!(handler.get(&page).await.expect(200).says(words), "before anybody tries");
    let form = [("closure", "in_person"), ("closure_note", "All is quiet.")];
    let refused = handler.post(&format!("{page}/close"), &form).await.expect(422);
    assert!(refused.says(words) && refused.says("All is quiet."));
    let body = json!({ "outcome": "in_person", "note": "" });
    let path = format!("/api/v1/incidents/{INCIDENT}/close");
    assert!(app.client().post_json(&path, &body).await.expect(409).says(words));
    assert!(!app.kinds().await.contains(&"incident.closed.v1".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_in_which_nobody_saw_her_stays_open_until_a_supervisor_allows_it() {
    let app = attended().await;
    let at = format!("/api/v1/incidents/{INCIDENT}/risk");
    let client = app.client();
    let voice = json!({
        "channel": "audio_only", "earshot": ["alone"],
        "answers": [{ "question": "breath", "answer": "no" }],
    });
    let _ = client.post_json(&format!("{at}/answers"), &voice).await.expect(200);
    stands(&app, "without seeing her").await;
    let visit = json!({ "in_hours": 2 });
    let _ = client.post_json(&format!("{at}/visit"), &visit).await.expect(200);
    stands(&app, "without seeing her").await;
    let supervisor = app.signed_in(Role::Supervisor);
    let reason = [("closing_reason", "The patrol saw her.")];
    supervisor.post(&format!("/risk/{INCIDENT}/closing"), &reason).await.redirect();
    let form = [("closure", "in_person"), ("closure_note", "")];
    let page = format!("/incidents/{INCIDENT}/close");
    app.signed_in(Role::CallHandler).post(&page, &form).await.redirect();
    assert!(app.kinds().await.contains(&"incident.closed.v1".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_stays_open_while_she_waits_to_hear_of_an_arrest() {
    use arrest::{Act, Arrest, ArrestId, Request};
    let app = attended().await;
    let text = include_str!("../../../instruments/arrest.toml");
    let policy = std::sync::Arc::new(toml::from_str::<arrest::Policy>(text).unwrap());
    let caller = TestApp::caller(Role::Supervisor);
    let ask = async |act| {
        let command = arrest::Command { policy: policy.clone(), act };
        let stream = ArrestId(5).stream();
        app.engine.execute::<Arrest>(&stream, command, &caller, None).await.unwrap();
    };
    ask(Act::Request(Box::new(Request {
        incident: INCIDENT,
        suspect: "Nobody Example".into(),
        grounds: "She saw him.".into(),
        necessity: [arrest::Necessity::Protect].into(),
        necessity_words: "He will return.".into(),
        whereabouts: String::new(),
        risks: "None known.".into(),
        wishes: String::new(),
        risk: None,
        reported_at: Some(START),
        open_already: false,
    })))
    .await;
    let (place, custody) = ("At home".to_owned(), String::new());
    ask(Act::CarryOut { arrested_at: START, place, custody }).await;
    let _ = app.kinds().await;
    stands(&app, "Tell her first").await;
    ask(Act::Tell { how: "telephone".into(), note: String::new() }).await;
    let _ = app.kinds().await;
    let form = [("closure", "in_person"), ("closure_note", "")];
    let page = format!("/incidents/{INCIDENT}/close");
    app.signed_in(Role::CallHandler).post(&page, &form).await.redirect();
}
