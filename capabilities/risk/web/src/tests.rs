//! The panel as an officer uses it, and the marks that a call sets on it.

use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use kernel::{Personal, Role};
use testkit::{START, TestApp};

async fn house() -> (TestApp, IncidentId) {
    let mut incidents = ui::Capability { name: "incident", ..Default::default() };
    incidents.permits = incident::permit::PERMITS;
    let app = TestApp::new(vec![crate::capability(crate::demonstration()), incidents]).await;
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
async fn an_answer_is_kept_as_it_is_given_and_flags_show_without_a_grade() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("hard for you to breathe") && page.says("0 answered"));
    let form = [("q_breath", "yes"), ("note_breath", "With a scarf."), ("q_hurt", "declined")];
    officer.post(&path, &form).await.redirect();
    let flags = officer.get(&format!("{path}/flags")).await.expect(200);
    assert!(flags.says("stopped her breath") && flags.says("1 answered"));
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("value=\"With a scarf.\"") && page.says("Not in the call"));
    assert!(app.consultations().await >= 3);
}

#[tokio::test]
async fn an_answer_that_is_none_of_the_scale_is_refused_and_kept_on_the_page() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    let refused = officer.post(&path, &[("q_breath", "often")]).await.expect(422);
    assert!(refused.says("Choose one of the answers"));
    assert!(!app.kinds().await.iter().any(|kind| kind.starts_with("risk.")));
}

#[tokio::test]
async fn the_grade_is_the_officers_own_and_a_refused_one_keeps_its_reason() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    let grade = format!("{path}/grade");
    let none = officer.post(&grade, &[("grade_reason", "He has a key.")]).await.expect(422);
    assert!(none.says("Choose the grade") && none.says("He has a key."));
    let early = [("grade", "high"), ("grade_reason", "He has a key.")];
    let early = officer.post(&grade, &early).await.expect(422);
    assert!(early.says("Ask at least one question") && early.says("He has a key."));
    officer.post(&path, &[("q_he_can_reach", "yes")]).await.redirect();
    let bare = officer.post(&grade, &[("grade", "high")]).await.expect(422);
    assert!(bare.says("Say in your own words why"));
    let given = [("grade", "high"), ("grade_reason", "He has a key.")];
    officer.post(&grade, &given).await.redirect();
    officer.post(&path, &[("q_he_can_reach", "no")]).await.redirect();
    assert!(officer.get(&path).await.expect(200).says("Answers changed after the grade"));
}

#[tokio::test]
async fn an_assessment_under_way_is_marked_when_the_call_goes_on_by_voice() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let caller = TestApp::caller(Role::Responder);
    let call = call::CallId(9);
    let open = call::Command::Open { incident, offer: call.into(), language: call::Language::En };
    let ask = async |command| {
        let done = app.engine.execute::<call::Call>(&call.stream(), command, &caller, None).await;
        done.unwrap();
    };
    ask(open).await;
    let path = format!("/incidents/{incident}/risk");
    officer.post(&path, &[("q_breath", "no")]).await.redirect();
    let participant = call::Participant::Victim;
    ask(call::Command::SwitchAudioOnly { participant, on: true }).await;
    let marked = async || app.kinds().await.contains(&"risk.channel_marked.v1".to_owned());
    app.eventually("the assessment is marked", marked).await;
    assert!(officer.get(&path).await.expect(200).says("Made by voice"));
}

#[tokio::test]
async fn only_whoever_responds_sees_the_answers() {
    let (app, incident) = house().await;
    let path = format!("/incidents/{incident}/risk");
    for role in [Role::CallHandler, Role::Administrator, Role::Auditor] {
        let _ = app.signed_in(role).get(&path).await.expect(404);
    }
    app.refuses_strangers().await;
}
