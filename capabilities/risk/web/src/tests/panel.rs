//! The panel as an officer uses it, and the marks that a call sets on it.

use super::{graded, house, promises, report};
use incident::IncidentId;
use kernel::Role;
use testkit::TestApp;

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
    let given = [("grade", "high"), ("grade_reason", "He has a key.")];
    let unheard = officer.post(&grade, &given).await.expect(422);
    assert!(unheard.says("Say first who can hear her") && unheard.says("He has a key."));
    officer.post(&format!("{path}/earshot"), &[("earshot", "alone")]).await.redirect();
    let bare = officer.post(&grade, &[("grade", "high")]).await.expect(422);
    assert!(bare.says("Say in your own words why"));
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
    for role in [Role::CallHandler, Role::Responder, Role::Auditor] {
        let _ = app.signed_in(role).get("/risk").await.expect(404);
    }
    app.refuses_strangers().await;
}

#[tokio::test]
async fn who_can_hear_is_kept_with_the_answers_and_warns_when_it_may_be_he() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    let near = format!("{path}/earshot");
    let both = [("earshot", "alone"), ("earshot", "child")];
    assert!(officer.post(&near, &both).await.expect(422).says("alone or she is not"));
    assert!(officer.post(&near, &[("earshot", "x")]).await.expect(422).says("Choose who"));
    officer.post(&near, &[("earshot", "suspect"), ("earshot_words", "A step.")]).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("He may be listening") && page.says("value=\"A step.\""));
    let saving = app.signed_in(Role::Responder).with_header("x-autosave", "1");
    let _ = saving.post(&near, &[("earshot", "alone")]).await.expect(204);
    assert!(!officer.get(&path).await.expect(200).says("He may be listening"));
}

#[tokio::test]
async fn contradictory_answers_are_pointed_out_and_answered_for_before_the_grade() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    officer.post(&format!("{path}/earshot"), &[("earshot", "alone")]).await.redirect();
    officer.post(&path, &[("q_hurt", "never"), ("q_breath", "yes")]).await.redirect();
    let flags = officer.get(&format!("{path}/flags")).await.expect(200);
    assert!(flags.says("These two do not go together") && flags.says("Strangulation"));
    let grade = format!("{path}/grade");
    let mut given = vec![("grade", "standard"), ("grade_reason", "It was long ago.")];
    let refused = officer.post(&grade, &given).await.expect(422);
    assert!(refused.says("contradict each other") && refused.says("It was long ago."));
    assert!(refused.says("ack_worse_than_never"), "the field is there to answer in");
    given.push(("ack_worse_than_never", "It was another man."));
    officer.post(&grade, &given).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(!page.says("These two do not go together") && page.says("Strangulation"));
}

#[tokio::test]
async fn a_long_note_is_refused_at_its_field_and_stays_on_the_page() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    let long = "long ".repeat(500);
    let form = [("q_breath", "yes"), ("note_breath", long.as_str())];
    let refused = officer.post(&path, &form).await.expect(422);
    assert!(refused.says("at most 2000 characters") && refused.says(long.trim_end()));
}

#[tokio::test]
async fn the_questions_are_in_her_language_with_the_officers_own_beside() {
    let (app, incident) = house().await;
    opened(&app, incident, call::Language::Cy).await;
    let officer = app.signed_in(Role::Responder);
    let page = officer.get(&format!("/incidents/{incident}/risk")).await.expect(200);
    assert!(page.says("anodd i chi anadlu") && page.says("hard for you to breathe"));
    assert!(page.says("lang=\"cy\"") && !page.says("not in her language"));
    let (app, incident) = house().await;
    opened(&app, incident, call::Language::Pl).await;
    let officer = app.signed_in(Role::Responder);
    let page = officer.get(&format!("/incidents/{incident}/risk")).await.expect(200);
    assert!(page.says("not in her language") && page.says("hard for you to breathe"));
}

/// The incident comes to a call in this language.
async fn opened(app: &TestApp, incident: IncidentId, language: call::Language) {
    use incident::{Command, Grade, GradeTable, Incident, OfferId};
    let caller = TestApp::caller(Role::CallHandler);
    let offer = OfferId(9);
    let table = GradeTable {
        version: 1,
        immediate_minutes: 15,
        priority_minutes: 60,
        scheduled_minutes: 2880,
        resolved_minutes: 2880,
    };
    let grade = Command::Grade { grade: Grade::Priority, reason: "x".into(), table };
    let answers = incident::screening::Rule::ALL.map(|rule| incident::Answered {
        rule,
        answer: incident::screening::Answer::Yes,
        note: String::new(),
    });
    let availability =
        incident::route::Availability { open: true, free: 1, busy: 0, wait_seconds: Some(0) };
    let contact = incident::route::Contact::ReadOut;
    let commands = [
        grade,
        Command::Screen { answers: answers.to_vec() },
        Command::Offer { offer, availability },
        Command::Accept { offer, contact, language: language.tag().into() },
    ];
    for command in commands {
        let stream = incident.stream();
        app.engine.execute::<Incident>(&stream, command, &caller, None).await.unwrap();
    }
    let call = call::CallId(9);
    let open = call::Command::Open { incident, offer, language };
    app.engine.execute::<call::Call>(&call.stream(), open, &caller, None).await.unwrap();
}

#[tokio::test]
async fn nobody_saw_her_so_a_visit_is_booked_and_made_and_is_on_the_board_of_promises() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    let near = [("earshot", "alone"), ("how", "audio_only")];
    officer.post(&format!("{path}/earshot"), &near).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("Nobody has seen her") && page.says("Made by voice"));
    let visit = format!("{path}/visit");
    for hours in ["", "soon", "500"] {
        let _ = officer.post(&visit, &[("visit_hours", hours)]).await.expect(422);
    }
    officer.post(&visit, &[("visit", "booked"), ("visit_hours", "3")]).await.redirect();
    assert_eq!(promises(&app).await, [("visit".to_owned(), 3)]);
    officer.post(&visit, &[("visit", "attended"), ("visit_note", "Well.")]).await.redirect();
    assert!(promises(&app).await.is_empty());
    assert!(officer.get(&path).await.expect(200).says("Visit made"));
}

#[tokio::test]
async fn another_round_begins_empty_and_what_was_judged_stays_in_sight() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/risk");
    graded(&officer, incident, "medium").await;
    let nothing: [(&str, &str); 0] = [];
    officer.post(&format!("{path}/begin"), &nothing).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(page.says("0 answered") && page.says("He has a key."));
    let _ = officer.post(&format!("{path}/begin"), &nothing).await.expect(422);
}

#[tokio::test]
async fn what_she_said_is_gone_from_every_page_when_its_key_is() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    graded(&officer, incident, "high").await;
    report(&app, incident::IncidentId(20), "07700 900123").await;
    let stream = risk::RiskId::from(incident).stream();
    let days = kernel::retention::CASEWORK.keep_days + 1;
    app.clock.advance(std::time::Duration::from_secs(86_400) * days);
    app.engine.trust_clock().unwrap();
    app.engine.forget_expired().await.unwrap();
    let gone = async || app.engine.is_forgotten(&stream).await.unwrap();
    app.eventually("it is erased", gone).await;
    let page = app.signed_in(Role::Specialist).get(&format!("/risk/{incident}")).await.expect(200);
    assert!(page.says("Erased") && !page.says("He has a key."));
    let marks = async || {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM risk_people")
            .fetch_one(app.engine.reads().pool())
            .await
            .unwrap();
        count == 0
    };
    app.eventually("nobody is found again", marks).await;
}
