//! The queue and one review.

use super::{grading, house, no_crime, promises};
use incident::route::Closure;
use incident::{Command, Incident};
use kernel::{Role, time::hours};
use testkit::TestApp;

const NOTHING: [(&str, &str); 1] = [("x", "")];

#[tokio::test]
async fn a_non_crime_is_reviewed_by_somebody_else_and_becomes_a_crime() {
    let (app, incident) = house().await;
    let specialist = app.signed_in(Role::Specialist);
    assert!(specialist.get("/reviews").await.expect(200).says("Nothing waits for review"));
    let one = no_crime(&app, incident, Role::Supervisor).await;
    let before = app.consultations().await;
    let queue = specialist.get("/reviews").await.expect(200);
    assert!(queue.says(&incident.reference()) && queue.says("I review it"));
    assert_eq!(app.consultations().await, before, "the queue consults nobody");
    let filtered = specialist.get("/reviews?late=1").await.expect(200);
    assert!(filtered.says("Nothing like this waits"));
    let take = format!("{one}/take");
    let author = app.signed_in(Role::Supervisor);
    assert!(author.post(&take, &NOTHING).await.expect(422).says("never the author"));
    specialist.post(&take, &NOTHING).await.redirect();
    let before = app.consultations().await;
    let page = specialist.get(&one).await.expect(200);
    assert!(page.says("He shouted at her.") && page.says("Words only."));
    assert_eq!(app.consultations().await, before + 1, "the read leaves its trace");
    let decide = format!("{one}/decide");
    let mut said = vec![("outcomes", "reclass"), ("finding", "He pushed her too.")];
    let again = specialist.post(&decide, &said).await.expect(422);
    assert!(again.says("Name the offence") && again.says("He pushed her too."));
    said.extend([("offence", "Common assault"), ("outcomes", "refer")]);
    specialist.post(&decide, &said).await.redirect();
    app.eventually("the crime is recorded", async || {
        app.kinds().await.contains(&"review.crime_recorded.v1".to_owned())
    })
    .await;
    assert!(app.kinds().await.contains(&"investigation.recorded_crime.v1".to_owned()));
    assert_eq!(promises(&app).await, ["refer"]);
    let queue = specialist.get("/reviews").await.expect(200);
    assert!(queue.says("Asked for by a review"));
    let done = [("task", "refer"), ("task_note", "Referred.")];
    author.post(&format!("{one}/task"), &done).await.redirect();
    assert!(promises(&app).await.is_empty());
}

#[tokio::test]
async fn what_is_late_goes_to_a_supervisor_who_takes_it_over() {
    let (app, incident) = house().await;
    let one = no_crime(&app, incident, Role::Responder).await;
    let take = format!("{one}/take");
    app.signed_in(Role::Specialist).post(&take, &NOTHING).await.redirect();
    let supervisor = app.signed_in(Role::Supervisor);
    assert!(supervisor.post(&take, &NOTHING).await.expect(422).says("Somebody else has taken"));
    app.clock.advance(hours(72));
    app.eventually("a supervisor is called", async || {
        app.kinds().await.contains(&"review.escalated.v1".to_owned())
    })
    .await;
    let part = supervisor.get("/reviews").await.expect(200);
    assert!(part.says("With a supervisor") && part.says("One review is late"));
    supervisor.post(&take, &NOTHING).await.redirect();
    let said = [("outcomes", "confirm"), ("finding", "No offence is made out.")];
    supervisor.post(&format!("{one}/decide"), &said).await.redirect();
    assert!(promises(&app).await.is_empty());
    assert!(supervisor.get(&one).await.expect(200).says("No offence is made out."));
}

#[tokio::test]
async fn a_live_queue_is_the_part_alone() {
    let (app, _) = house().await;
    let part = app.signed_in(Role::Specialist).with_header("hx-request", "true");
    assert!(!part.get("/reviews").await.expect(200).says("<!doctype html>"));
}

#[tokio::test]
async fn what_is_answered_and_closed_without_a_decision_is_reviewed_too() {
    let (app, incident) = house().await;
    let (stream, caller) = (incident.stream(), TestApp::caller(Role::Supervisor));
    let close = |outcome| Command::Close { outcome, note: "Closed.".into() };
    let again = || Command::Reopen { reason: "She rang again.".into() };
    for command in [grading(), close(Closure::Duplicate), again(), close(Closure::InPerson)] {
        app.engine.execute::<Incident>(&stream, command, &caller, None).await.unwrap();
    }
    app.eventually("it is up for review", async || promises(&app).await == ["review"]).await;
    let opened = app.kinds().await.into_iter().filter(|kind| kind == "review.opened.v1");
    assert_eq!(opened.count(), 1, "a duplicate says nothing of a crime");
    let one = format!("/reviews/{incident}");
    let closer = app.signed_in(Role::Supervisor);
    assert!(closer.get("/reviews").await.says("Closed without a decision"));
    let refused = closer.post(&format!("{one}/take"), &NOTHING).await.expect(422);
    assert!(refused.says("never the author"));
    let specialist = app.signed_in(Role::Specialist);
    specialist.post(&format!("{one}/take"), &NOTHING).await.redirect();
    let back = [("back_reason", "My shift ends.")];
    specialist.post(&format!("{one}/put-back"), &back).await.redirect();
    assert_eq!(promises(&app).await, ["review"]);
}
