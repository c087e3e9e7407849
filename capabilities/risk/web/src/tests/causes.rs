//! What asks for a new assessment.

use super::{graded, house, promises, report};
use arrest::{Arrest, ArrestId, Order, OrderId};
use incident::IncidentId;
use kernel::{At, Role};
use std::sync::Arc;
use std::time::Duration;
use testkit::{START, TestApp};

fn policy() -> Arc<arrest::Policy> {
    let text = include_str!("../../../../../instruments/arrest.toml");
    Arc::new(toml::from_str(text).unwrap())
}

async fn owed(app: &TestApp, hours: i64) {
    let reassess = ("reassess".to_owned(), hours);
    app.eventually("it is owed", async || promises(app).await.contains(&reassess)).await;
}

#[tokio::test]
async fn an_order_that_he_breached_asks_for_it_within_hours_and_a_new_grade_keeps_it() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    graded(&officer, incident, "medium").await;
    assert!(promises(&app).await.is_empty());
    let order = OrderId(5).stream();
    let caller = TestApp::caller(Role::Supervisor);
    let ask = async |act| {
        let command = arrest::order::Command { policy: policy(), act };
        app.engine.execute::<Order>(&order, command, &caller, None).await.unwrap();
    };
    ask(arrest::order::Act::Make(Box::new(arrest::order::Making {
        of: arrest::order::Kind::NonMolestation,
        incident,
        arrest: None,
        starts_at: START,
        arrested_at: None,
        ends_at: Some(At(START.0 + 60 * 86_400_000_000)),
        review_at: None,
        suspect: "Nobody Example".into(),
        terms: "Keep away.".into(),
        issued_by: String::new(),
    })))
    .await;
    ask(arrest::order::Act::Breach { breached_at: START, reason: "He rang.".into() }).await;
    owed(&app, 4).await;
    let board = app.signed_in(Role::Specialist).get("/risk").await.expect(200);
    assert!(board.says("He breached an order"));
    let given = [("grade", "medium"), ("grade_reason", "He only rang.")];
    officer.post(&format!("/incidents/{incident}/risk/grade"), &given).await.redirect();
    assert!(promises(&app).await.is_empty());
}

#[tokio::test]
async fn his_release_and_the_outcome_of_an_arrest_ask_for_it() {
    let (app, incident) = house().await;
    graded(&app.signed_in(Role::Responder), incident, "medium").await;
    let stream = ArrestId(5).stream();
    let caller = TestApp::caller(Role::Supervisor);
    let ask = async |act| {
        let command = arrest::Command { policy: policy(), act };
        app.engine.execute::<Arrest>(&stream, command, &caller, None).await.unwrap();
    };
    ask(arrest::Act::Request(Box::new(arrest::Request {
        incident,
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
    ask(arrest::Act::CarryOut {
        arrested_at: START,
        place: "At home".into(),
        custody: String::new(),
    })
    .await;
    let conclude = arrest::Act::Conclude {
        outcome: "released_under_investigation".into(),
        note: String::new(),
        court_at: None,
        bail: arrest::Bail::default(),
        order: OrderId(6),
    };
    ask(conclude).await;
    owed(&app, 12).await;
    ask(arrest::Act::Release { released_at: START }).await;
    owed(&app, 4).await;
}

#[tokio::test]
async fn a_new_report_from_the_same_number_asks_for_it_and_one_from_another_does_not() {
    let (app, _) = house().await;
    let first = IncidentId(20);
    report(&app, first, "07700 900123").await;
    graded(&app.signed_in(Role::Responder), first, "medium").await;
    report(&app, IncidentId(21), "07700 900124").await;
    report(&app, IncidentId(22), "+44 7700 900123").await;
    owed(&app, 12).await;
    let board = app.signed_in(Role::Supervisor).get("/risk").await.expect(200);
    assert!(board.says("She reported again") && board.says(&first.reference()));
    assert_eq!(promises(&app).await.len(), 1);
}

#[tokio::test]
async fn a_changed_answer_asks_for_it_and_a_high_grade_does_after_four_weeks() {
    let (app, incident) = house().await;
    let officer = app.signed_in(Role::Responder);
    graded(&officer, incident, "high").await;
    let form = [("q_he_can_reach", "no")];
    officer.post(&format!("/incidents/{incident}/risk"), &form).await.redirect();
    owed(&app, 12).await;
    let given = [("grade", "high"), ("grade_reason", "He has another key.")];
    officer.post(&format!("/incidents/{incident}/risk/grade"), &given).await.redirect();
    assert!(!promises(&app).await.iter().any(|(name, _)| name == "reassess"));
    app.clock.advance(Duration::from_secs(28 * 86_400 + 60));
    owed(&app, 28 * 24 + 72).await;
}
