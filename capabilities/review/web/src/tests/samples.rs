//! A week's sample.

use super::{grading, house, promises};
use incident::screening::{Answer, Rule};
use incident::{Answered, Command, Incident, IncidentId};
use kernel::{Role, time::hours};
use testkit::TestApp;

const NOTHING: [(&str, &str); 1] = [("x", "")];

/// Screens it: he is there, so it is concluded at once.
async fn screen(app: &TestApp, incident: IncidentId) {
    let caller = TestApp::caller(Role::CallHandler);
    let answered = Answered { rule: Rule::OffenderAbsent, answer: Answer::No, note: String::new() };
    for command in [grading(), Command::Answer(answered), Command::Conclude] {
        app.engine.execute::<Incident>(&incident.stream(), command, &caller, None).await.unwrap();
    }
}

#[tokio::test]
async fn a_specialist_draws_last_weeks_sample_and_a_missed_opportunity_is_reviewed() {
    let (app, incident) = house().await;
    screen(&app, incident).await;
    app.clock.advance(hours(7 * 24));
    let specialist = app.signed_in(Role::Specialist);
    let page = specialist.get("/samples").await.expect(200);
    assert!(page.says("Draw the sample") && page.says("Nothing has been drawn"));
    let _ = app.signed_in(Role::Supervisor).post("/samples/draw", &NOTHING).await.expect(404);
    specialist.post("/samples/draw", &NOTHING).await.redirect();
    assert!(specialist.post("/samples/draw", &NOTHING).await.expect(422).says("has been drawn"));
    assert_eq!(promises(&app).await, ["sample"]);
    let page = specialist.get("/samples").await.expect(200);
    let path = page.body.split("href=\"/samples/").nth(1).and_then(|rest| rest.split('"').next());
    let one = format!("/samples/{}", path.unwrap());
    assert!(specialist.get(&one).await.expect(200).says("He is not there"));
    let mut said = vec![("sample_finding", "missed"), ("sample_words", "She was not asked.")];
    assert!(specialist.post(&one, &said).await.expect(422).says("Choose what was missed"));
    said.push(("missed", "danger"));
    specialist.post(&one, &said).await.redirect();
    app.eventually("it is up for review", async || promises(&app).await == ["review"]).await;
    assert!(specialist.get(&one).await.expect(200).says("She was not asked."));
    let _ = specialist.get("/samples/00000000000000000000000000000001/0").await.expect(404);
}
