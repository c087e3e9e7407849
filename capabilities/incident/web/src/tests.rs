//! Pages and API of the control room, as a handler and a force's system use them.

use crate::{Settings, capability};
use ::incident::screening::Rule;
use ::incident::{Command, Incident, IncidentId, Offer, Patrol, Step};
use engine::Engine;
use hub::Hub;
use kernel::{Role, id::StaffId};
use serde_json::json;
use testkit::TestApp;

mod api;
mod bad_input;
mod promises;

async fn app() -> TestApp {
    // A template that fails says why only in the log.
    tracing_subscriber::fmt().with_test_writer().without_time().try_init().ok();
    let app = TestApp::new(vec![capability(Settings::default())]).await;
    let hours = hub::Command::SetHours { hours: hub::Hours::daily(0, 1440) };
    open(&app.engine, hours).await;
    app
}

async fn open(engine: &Engine, command: hub::Command) {
    let caller = TestApp::caller(Role::Supervisor);
    engine.execute::<Hub>(hub::STREAM, command, &caller, None).await.unwrap();
}

async fn with_an_officer(app: &TestApp) {
    let name = "Example Officer".to_owned();
    open(&app.engine, hub::Command::StartShift { staff: StaffId(90), name }).await;
}

const REPORT: [(&str, &str); 9] = [
    ("source", "101"),
    ("account", "He shouted through the letterbox and left."),
    ("name", "Example Person"),
    ("date_of_birth", "2/1/1990"),
    ("phone", "07700 900001"),
    ("postcode", "ZZ1 1ZZ"),
    ("flags", "safe_to_text"),
    ("threat", "high"),
    ("threat_note", "He has said that he will be back."),
];

async fn reported(app: &TestApp) -> (IncidentId, String) {
    let page = app.signed_in(Role::CallHandler).post("/incidents/new", &REPORT).await.redirect();
    let id = page.strip_prefix("/incidents/").unwrap().parse().unwrap();
    (id, page)
}

async fn state(app: &TestApp, id: IncidentId) -> ::incident::State {
    app.engine.state::<Incident>(&id.stream()).await.unwrap().0
}

async fn graded(app: &TestApp, grade: &str) -> (IncidentId, String) {
    let (id, page) = reported(app).await;
    let form = [("grade", grade), ("grade_reason", "as told")];
    let to = app.signed_in(Role::CallHandler).post(&format!("{page}/grade"), &form).await;
    assert_eq!(to.redirect(), page);
    (id, page)
}

async fn screened(app: &TestApp) -> (IncidentId, String) {
    screened_but(app, None).await
}

/// Every rule answered yes, but for this one.
async fn screened_but(app: &TestApp, no: Option<Rule>) -> (IncidentId, String) {
    let (id, page) = graded(app, "priority").await;
    let handler = app.signed_in(Role::CallHandler);
    for rule in Rule::ALL {
        let shown = handler.get(&page).await.expect(200);
        assert!(shown.says(&format!("value=\"{}\"", rule.code())), "{}", shown.body);
        let answer = if no == Some(rule) { "no" } else { "yes" };
        let form = [("rule", rule.code()), ("answer", answer)];
        handler.post(&format!("{page}/screening"), &form).await.redirect();
    }
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/screening/conclude"), &none).await.redirect();
    (id, page)
}

#[tokio::test]
async fn a_phone_that_must_not_be_texted_gets_its_link_read_out() {
    let app = app().await;
    with_an_officer(&app).await;
    let (id, page) = screened_but(&app, Some(Rule::SafeToText)).await;
    let handler = app.signed_in(Role::CallHandler);
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/offer"), &none).await.redirect();
    let offer = state(&app, id).await.offer.live().expect("it is offered").to_string();
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("value=\"read_out\"") && !shown.says("name=\"channel\" value=\"text\""));
    assert!(shown.says("She said that a text to this phone is not safe."));

    let text = [("offer", offer.as_str()), ("channel", "text"), ("number", "07700 900001")];
    let refused = handler.post(&format!("{page}/offer/accept"), &text).await;
    assert!(refused.status >= 400, "a text is refused: {}", refused.status);
    assert!(state(&app, id).await.offer.call().is_none());
    let aloud = [("offer", offer.as_str()), ("channel", "read_out"), ("language", "en")];
    handler.post(&format!("{page}/offer/accept"), &aloud).await.redirect();
    assert!(state(&app, id).await.offer.call().is_some(), "the video response goes on");
}

#[tokio::test]
async fn a_stranger_gets_nothing() {
    app().await.refuses_strangers().await;
}

#[tokio::test]
async fn a_responder_reads_but_does_not_write_and_an_auditor_does_neither() {
    let app = app().await;
    let (_, page) = graded(&app, "priority").await;
    let responder = app.signed_in(Role::Responder);
    let shown = responder.get(&page).await.expect(200);
    assert!(shown.says("Example Person") && !shown.says("name=\"answer\""));
    let _ = responder.post(&format!("{page}/notes"), &[("note", "x")]).await.expect(404);
    let _ = app.signed_in(Role::Auditor).get(&page).await.expect(404);
    let _ = app.signed_in(Role::Administrator).get("/incidents").await.expect(404);
}

#[tokio::test]
async fn everybody_s_first_page_is_where_the_work_is() {
    let app = app().await;
    assert_eq!(app.signed_in(Role::CallHandler).get("/").await.redirect(), "/incidents");
    assert_eq!(app.signed_in(Role::Supervisor).get("/").await.redirect(), "/hub");
}

#[tokio::test]
async fn an_empty_board_shows_the_way_on() {
    let app = app().await;
    let board = app.signed_in(Role::CallHandler).get("/incidents").await.expect(200);
    assert!(board.says("No incident is open"), "{}", board.body);
}

#[tokio::test]
async fn a_refused_report_keeps_what_was_typed_and_names_the_field() {
    let app = app().await;
    let handler = app.signed_in(Role::CallHandler);
    let _ = handler.get("/incidents/new").await.expect(200);
    let form = [
        ("account", " "),
        ("name", "Example Person"),
        ("date_of_birth", "31/2/1990"),
        ("harm", "high"),
        ("harm_note", "a broken wrist"),
    ];
    let again = handler.post("/incidents/new", &form).await.expect(422);
    assert!(again.says("Example Person") && again.says("a broken wrist"));
    assert_eq!(again.texts("#account-error").len(), 1, "{}", again.body);
    assert_eq!(again.texts("#date_of_birth-error").len(), 1);
    let stored = app.kinds().await.iter().any(|kind| kind.starts_with("incident."));
    assert!(!stored, "nothing was stored");
}

#[tokio::test]
async fn a_form_sent_twice_is_one_report() {
    let app = app().await;
    let handler = app.signed_in(Role::CallHandler);
    let mut form = REPORT.to_vec();
    form.push(("incident", "0192aaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    let first = handler.post("/incidents/new", &form).await.redirect();
    assert_eq!(handler.post("/incidents/new", &form).await.redirect(), first);
    let reported = app.kinds().await;
    assert_eq!(reported.iter().filter(|kind| *kind == "incident.reported.v1").count(), 1);
}

#[tokio::test]
async fn the_page_shows_what_was_said_and_leaves_its_trace() {
    let app = app().await;
    let (id, page) = reported(&app).await;
    let before = app.consultations().await;
    let shown = app.signed_in(Role::CallHandler).get(&page).await.expect(200);
    assert!(shown.says("through the letterbox") && shown.says("1990-01-02"));
    assert_eq!(shown.texts("h1"), [id.reference()]);
    assert_eq!(app.consultations().await, before + 1);
    let board = app.signed_in(Role::CallHandler).get("/incidents").await.expect(200);
    assert!(board.says(&id.reference()) && !board.says("Example Person"));
    assert_eq!(app.consultations().await, before + 1, "the board shows nobody");
}

#[tokio::test]
async fn a_grade_without_a_reason_is_refused_in_the_page() {
    let app = app().await;
    let (id, page) = reported(&app).await;
    let form = [("grade", "priority"), ("grade_reason", "")];
    let again = app.signed_in(Role::CallHandler).post(&format!("{page}/grade"), &form).await;
    let again = again.expect(422);
    assert_eq!(again.texts("#grade_reason-error").len(), 1, "{}", again.body);
    assert!(state(&app, id).await.graded.is_none());
}

#[tokio::test]
async fn an_immediate_goes_to_a_patrol_and_is_never_screened() {
    let app = app().await;
    let (id, page) = graded(&app, "immediate").await;
    let handler = app.signed_in(Role::CallHandler);
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("A patrol goes now") && !shown.says("name=\"answer\""));
    let form = [("rule", "offender_absent"), ("answer", "yes")];
    let refused = handler.post(&format!("{page}/screening"), &form).await.expect(422);
    assert!(refused.says("An Immediate goes to a patrol"), "{}", refused.body);
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/patrol/attended"), &none).await.redirect();
    assert!(matches!(state(&app, id).await.patrol, Patrol::Attended { .. }));
}

#[tokio::test]
async fn an_answer_that_excludes_leads_in_person_and_suggests_immediate() {
    let app = app().await;
    let (id, page) = graded(&app, "priority").await;
    let handler = app.signed_in(Role::CallHandler);
    let form = [("rule", "offender_absent"), ("answer", "no"), ("answer_note", "outside")];
    handler.post(&format!("{page}/screening"), &form).await.redirect();
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("suggests Immediate") && shown.says("ruled out"), "{}", shown.body);
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/screening/conclude"), &none).await.redirect();
    assert_eq!(state(&app, id).await.step(), Step::Send);
    let _ = handler.get(&page).await.expect(200);
    let form = [("patrol_reason", "he is outside")];
    handler.post(&format!("{page}/patrol"), &form).await.redirect();
    assert!(matches!(state(&app, id).await.patrol, Patrol::Requested { .. }));
}

#[tokio::test]
async fn nobody_free_means_no_offer_and_the_loss_is_counted() {
    let app = app().await;
    let (id, page) = screened(&app).await;
    let handler = app.signed_in(Role::CallHandler);
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("Send somebody instead"), "{}", shown.body);
    let none: [(&str, &str); 0] = [];
    let refused = handler.post(&format!("{page}/offer"), &none).await.expect(422);
    assert!(refused.says("No responder is free"), "{}", refused.body);
    handler.post(&format!("{page}/offer/lose"), &none).await.redirect();
    assert_eq!(state(&app, id).await.step(), Step::Send);
    let figures = crate::figures::since(&app.engine, kernel::At(0)).await.unwrap();
    assert_eq!((figures.asked, figures.eligible, figures.lost), (1, 1, 1));
    let fragment = handler.get("/incidents/figures").await.expect(200);
    assert!(fragment.says("nobody free"));
}

#[tokio::test]
async fn the_whole_way_from_report_to_close() {
    let app = app().await;
    with_an_officer(&app).await;
    let (id, page) = screened(&app).await;
    let handler = app.signed_in(Role::CallHandler);
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/offer"), &none).await.redirect();
    let offer = state(&app, id).await.offer.live().unwrap();
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("07700 900001") && shown.says("Cymraeg"), "{}", shown.body);
    let offer_text = offer.to_string();
    let bad = [("offer", offer_text.as_str()), ("channel", "text"), ("number", "12")];
    let refused = handler.post(&format!("{page}/offer/accept"), &bad).await.expect(422);
    assert_eq!(refused.texts("#number-error").len(), 1, "{}", refused.body);
    let good = [
        ("offer", offer_text.as_str()),
        ("channel", "text"),
        ("number", "07700 900001"),
        ("language", "cy"),
    ];
    handler.post(&format!("{page}/offer/accept"), &good).await.redirect();
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says(&format!("/calls/{offer}/progress")), "{}", shown.body);
    handler.post(&format!("{page}/offer/clear-line"), &none).await.redirect();
    let Offer::Accepted { line_cleared, language, .. } = state(&app, id).await.offer else {
        panic!("she accepted")
    };
    assert!(line_cleared && language == "cy");
    let fragment = handler.get(&format!("{page}/now")).await.expect(200);
    assert!(fragment.says("She is with the officer"), "{}", fragment.body);
    let end = Command::EndResponse { offer, outcome: "completed".into(), in_person: false };
    let caller = engine::Caller::system();
    app.engine.execute::<Incident>(&id.stream(), end, &caller, None).await.unwrap();
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("The video response ended: completed"), "{}", shown.body);
    handler.post(&format!("{page}/close"), &[("closure", "video_response")]).await.redirect();
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("Answered by video"), "{}", shown.body);
    handler.post(&format!("{page}/reopen"), &[("reopen_reason", "rang again")]).await.redirect();
    let board = handler.get("/incidents").await.expect(200);
    assert!(board.says(&id.reference()));
}

#[tokio::test]
async fn other_actions_are_taken_with_a_reason() {
    let app = app().await;
    with_an_officer(&app).await;
    let (id, page) = screened(&app).await;
    let handler = app.signed_in(Role::CallHandler);
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/offer"), &none).await.redirect();
    let back = format!("{page}/offer/take-back");
    let refused = handler.post(&back, &[("take_back_reason", "")]).await.expect(422);
    assert_eq!(refused.texts("#take_back_reason-error").len(), 1, "{}", refused.body);
    handler.post(&back, &[("take_back_reason", "a patrol is near")]).await.redirect();
    let counted = [("call_back", "no_answer"), ("call_back_note", "rang twice")];
    handler.post(&format!("{page}/call-backs"), &counted).await.redirect();
    handler.post(&format!("{page}/notes"), &[("note", "neighbour rang")]).await.redirect();
    let up = [("regrade", "scheduled"), ("regrade_reason", "she is at her mother’s")];
    handler.post(&format!("{page}/regrade"), &up).await.redirect();
    assert_eq!(state(&app, id).await.call_backs, 1);
    let shown = handler.get(&page).await.expect(200);
    for said in ["a patrol is near", "rang twice", "neighbour rang", "mother’s"] {
        assert!(shown.says(said), "{said}: {}", shown.body);
    }
}

#[tokio::test]
async fn earlier_reports_of_the_same_people_and_place_are_found_and_the_search_is_traced() {
    let app = app().await;
    let (id, _) = graded(&app, "priority").await;
    let handler = app.signed_in(Role::CallHandler);
    let before = app.consultations().await;
    let other = [("phone", "+44 7700 900001"), ("postcode", "zz11zz")];
    let found = handler.post("/incidents/history", &other).await.expect(200);
    assert!(found.says(&id.reference()) && found.says("Same number") && found.says("Same place"));
    assert!(!found.says("Example Person"), "by date and marker, not by name");
    assert_eq!(app.consultations().await, before + 1);
    let nobody = handler.post("/incidents/history", &[("phone", "07700 900999")]).await;
    assert!(nobody.says("No earlier report"));
    let (_, page) = reported(&app).await;
    let shown = handler.get(&page).await.expect(200);
    assert!(shown.says("1 earlier report") && shown.says(&id.reference()), "{}", shown.body);
}

#[tokio::test]
async fn a_target_that_passes_is_said_in_words() {
    let app = app().await;
    let (id, page) = graded(&app, "immediate").await;
    app.clock.advance(std::time::Duration::from_secs(16 * 60));
    app.eventually("the target is missed", async || {
        state(&app, id).await.graded.is_some_and(|graded| graded.missed)
    })
    .await;
    let shown = app.signed_in(Role::CallHandler).get(&page).await.expect(200);
    assert!(shown.says("Target missed"));
    let board = app.signed_in(Role::CallHandler).get("/incidents").await.expect(200);
    assert!(board.says("late"), "{}", board.body);
}

#[tokio::test]
async fn he_is_back_regrades_and_requests_a_patrol_with_the_place() {
    let app = app().await;
    with_an_officer(&app).await;
    let (id, page) = screened(&app).await;
    let handler = app.signed_in(Role::CallHandler);
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/offer"), &none).await.redirect();
    let offer = state(&app, id).await.offer.live().unwrap();
    let offer_text = offer.to_string();
    let yes = [("offer", offer_text.as_str()), ("channel", "read_out")];
    handler.post(&format!("{page}/offer/accept"), &yes).await.redirect();
    let call = call::CallId::from(offer);
    let language = call::Language::En;
    let caller = TestApp::caller(Role::Responder);
    let open = call::Command::Open { incident: id, offer, language };
    app.engine.execute::<call::Call>(&call.stream(), open, &caller, None).await.unwrap();
    app.engine
        .execute::<call::Call>(&call.stream(), call::Command::PickUp, &caller, None)
        .await
        .ok();
    let location = call::Location {
        latitude: 51.5,
        longitude: -0.12,
        accuracy_metres: 12.0,
        at: app.engine.now(),
    };
    let back = call::Command::SayOffenderReturned { location: Some(location) };
    app.engine.execute::<call::Call>(&call.stream(), back, &caller, None).await.unwrap();
    app.eventually("a patrol with the place", async || {
        matches!(state(&app, id).await.patrol, Patrol::Requested { located: true, .. })
    })
    .await;
    let now = state(&app, id).await;
    assert_eq!(now.grade(), Some(::incident::Grade::Immediate));
    assert_eq!(now.offer.call(), Some(offer), "the call goes on");
    app.eventually("the page says where", async || {
        handler.get(&page).await.says("51.50000, -0.12000")
    })
    .await;
}

#[test]
fn the_default_grade_table_reads_and_a_wrong_one_says_why() {
    assert_eq!(Settings::default().grades.priority_minutes, 60);
    let wrong = Settings::read_grades("version = 1\nimmediate_minutes = 0");
    assert!(wrong.unwrap_err().to_string().contains("missing field"));
    let _ = json!({});
}
