//! Codewords and markers as the control room sees them, and what she is owed to hear.

use super::*;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

async fn reported(app: &TestApp, number: u128) -> IncidentId {
    let incident = IncidentId(number);
    let report = Report {
        source: Source::Emergency,
        called_at: START,
        force_reference: Personal::default(),
        person: Personal::new(incident::report::Person {
            name: "Ana Example".into(),
            date_of_birth: Some("1990-02-03".into()),
            phone: "07700 900001".into(),
            address: Some("1 Example Road, ZZ1 1ZZ".into()),
            ..Default::default()
        }),
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
    incident
}

fn day(app: &TestApp, days: u32) -> String {
    calendar::civil_day(app.engine.now().plus(DAY * days)).to_string()
}

#[tokio::test]
async fn a_marker_is_set_seen_by_whoever_takes_the_next_call_and_taken_off() {
    let (app, _) = house().await;
    let incident = reported(&app, 9).await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding");
    let set = format!("{path}/markers");
    let wrong = [("marker_words", "A knife by the door.")];
    let page = officer.post(&set, &wrong).await.expect(422);
    assert!(page.says("Choose what the marker says") && page.says("A knife by the door."));
    let until = day(&app, 90);
    let form = [("marker_kind", "weapons"), wrong[0], ("marker_until", until.as_str())];
    officer.post(&set, &form).await.redirect();
    let handler = app.signed_in(Role::CallHandler);
    let before = app.consultations().await;
    let page = handler.post("/safeguarding/known", &[("postcode", "zz1 1zz")]).await.expect(200);
    assert!(page.says("A knife by the door.") && page.says(&incident.reference()));
    assert_eq!(app.consultations().await, before + 1);
    let page = handler.post("/safeguarding/known", &[("postcode", "ZZ9 9ZZ")]).await.expect(200);
    assert!(page.says("Nothing is known"));
    for (address, hers) in [("1 Example Road", true), ("3 Example Road", false)] {
        let form = [("postcode", "ZZ1 1ZZ"), ("address", address)];
        let page = handler.post("/safeguarding/known", &form).await.expect(200);
        assert_eq!(page.says("A knife by the door."), hers, "{address}");
    }
    let off = [("marker", "1"), ("marker_why", "She moved.")];
    officer.post(&format!("{path}/markers/ended"), &off).await.redirect();
    let page = handler.post("/safeguarding/known", &[("postcode", "zz1 1zz")]).await.expect(200);
    assert!(page.says("Nothing is known"));
}

#[tokio::test]
async fn a_codeword_is_shown_when_her_number_rings_and_not_for_her_address_alone() {
    let (app, _) = house().await;
    let incident = reported(&app, 9).await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding/contact");
    let half = [("ways", "ring"), ("codeword", "Marmalade"), ("safe_number", "07700 900077")];
    assert!(officer.post(&path, &half).await.expect(422).says("what is done when she says"));
    let whole = [half[0], half[1], half[2], ("codeword_means", "Send a patrol, no lights.")];
    officer.post(&path, &whole).await.redirect();
    let handler = app.signed_in(Role::CallHandler);
    for form in [("phone", "+44 7700 900001"), ("phone", "07700 900077"), ("name", "ana example")] {
        let born = ("date_of_birth", "1990-02-03");
        let page = handler.post("/safeguarding/known", &[form, born]).await.expect(200);
        assert!(page.says("Marmalade") && page.says("Send a patrol, no lights."));
    }
    let page = handler.post("/safeguarding/known", &[("postcode", "ZZ1 1ZZ")]).await.expect(200);
    assert!(!page.says("Marmalade"));
    let page = handler.get(&format!("/incidents/{incident}/safeguarding")).await.expect(200);
    assert!(page.says("Marmalade"));
}

#[tokio::test]
async fn what_the_investigation_decides_is_owed_to_her_until_she_heard_it() {
    let (app, incident) = house().await;
    let command = investigation::Command::RecordCrime {
        offence: "Assault".into(),
        reason: "What she said.".into(),
    };
    let stream = investigation::InvestigationId::from(incident).stream();
    let caller = TestApp::caller(Role::Responder);
    let engine = &app.engine;
    engine.execute::<investigation::Investigation>(&stream, command, &caller, None).await.unwrap();
    app.eventually("a confirmation is owed", async || {
        app.kinds().await.contains(&"safeguarding.update_owed.v1".to_owned())
    })
    .await;
    let officer = app.signed_in(Role::Responder);
    let path = format!("/incidents/{incident}/safeguarding");
    assert!(officer.get(&path).await.expect(200).says("Her report is confirmed"));
    let tried = [("update", "1"), ("update_note", "No answer.")];
    officer.post(&format!("{path}/tried"), &tried).await.redirect();
    app.clock.advance(DAY * 2);
    app.eventually("she has not heard in time", async || {
        app.kinds().await.contains(&"safeguarding.update_missed.v1".to_owned())
    })
    .await;
    assert!(officer.get(&path).await.expect(200).says("She has not heard in time"));
    let none = [("update", "1"), ("heard", "telephone")];
    assert!(officer.post(&format!("{path}/heard"), &none).await.expect(422).says("what was said"));
    let heard = [none[0], none[1], ("update_note", "She is glad.")];
    officer.post(&format!("{path}/heard"), &heard).await.redirect();
    let page = officer.get(&path).await.expect(200);
    assert!(!page.says("She has not heard in time") && page.says("By telephone"));
}
