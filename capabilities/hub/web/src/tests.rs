//! The hub's pages, as its people use them.

use crate::capability;
use hub::{Command, Hours, Hub};
use kernel::Role;
use testkit::TestApp;

async fn app() -> TestApp {
    let app = TestApp::new(vec![capability()]).await;
    let hours = Hours::daily(8 * 60, 22 * 60);
    let caller = TestApp::caller(Role::Supervisor);
    let set = Command::SetHours { hours };
    app.engine.execute::<Hub>(hub::STREAM, set, &caller, None).await.unwrap();
    app
}

#[tokio::test]
async fn nothing_can_be_offered_until_somebody_comes_on_shift() {
    let app = app().await;
    let client = app.client();
    let before = client.get("/api/v1/hub/availability").await.expect(200).json();
    assert_eq!((&before["open"], &before["offerable"]), (&true.into(), &false.into()));
    let responder = app.signed_in(Role::Responder);
    assert_eq!(responder.post("/hub/shift/start", &[("", "")]).await.redirect(), "/queue");
    let after = client.get("/api/v1/hub/availability").await.expect(200).json();
    assert_eq!((&after["offerable"], &after["free"]), (&true.into(), &1.into()));

    responder.post("/hub/shift/rest", &[("", "")]).await.redirect();
    let resting = client.get("/api/v1/hub/availability").await.expect(200).json();
    assert_eq!(resting["offerable"], false);
    let again = responder.post("/hub/shift/start", &[("", "")]).await.expect(409);
    assert!(again.says("on shift already"));
}

#[tokio::test]
async fn the_handler_reads_whether_it_can_be_offered_in_words() {
    let app = app().await;
    let handler = app.signed_in(Role::CallHandler);
    let none = handler.get("/hub/availability").await.expect(200);
    assert!(none.says("Nobody is free"), "{}", none.body);
    app.signed_in(Role::Responder).post("/hub/shift/start", &[("", "")]).await.redirect();
    let free = handler.get("/hub/availability").await.expect(200);
    assert!(free.says("An officer is free now"), "{}", free.body);
}

#[tokio::test]
async fn a_supervisor_closes_against_the_hours_and_resumes_them() {
    let app = app().await;
    let supervisor = app.signed_in(Role::Supervisor);
    let refused = supervisor.post("/hub/close", &[("reason", ""), ("hours", "99")]).await;
    let refused = refused.expect(422);
    assert!(refused.says("Choose why") && refused.says("value=\"99\""), "{}", refused.body);
    supervisor.post("/hub/close", &[("reason", "staffing"), ("hours", "2")]).await.redirect();
    assert!(supervisor.get("/hub").await.expect(200).says("Closed"));
    supervisor.post("/hub/resume", &[("", "")]).await.redirect();
    assert!(supervisor.get("/hub").await.expect(200).says("Open"));
}

#[tokio::test]
async fn hours_are_typed_as_people_write_them_and_a_wrong_day_is_named() {
    let app = app().await;
    let supervisor = app.signed_in(Role::Supervisor);
    let form = [("day1", "08:00-13:00, 14:00-22:00"), ("day2", "8 to 10")];
    let refused = supervisor.post("/hub/hours", &form).await.expect(422);
    assert!(refused.says("Write it like") && refused.says("8 to 10"));
    supervisor.post("/hub/hours", &[("day1", "08:00-13:00, 14:00-22:00")]).await.redirect();
    let shown = supervisor.get("/hub/hours").await.expect(200);
    assert!(shown.says("08:00-13:00, 14:00-22:00"));
}

#[tokio::test]
async fn nobody_else_moves_the_hub() {
    let app = app().await;
    app.refuses_strangers().await;
    for role in [Role::CallHandler, Role::Responder, Role::Auditor] {
        let _ = app.signed_in(role).get("/hub/hours").await.expect(404);
        let _ = app.signed_in(role).post("/hub/close", &[("", "")]).await.expect(404);
    }
}
