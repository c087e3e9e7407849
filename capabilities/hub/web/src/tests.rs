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

#[tokio::test]
async fn nothing_of_the_hub_shows_that_a_disclosure_is_made() {
    let (without, with) = (app().await, app().await);
    let role = Role::DisclosureOfficer;
    let actor = kernel::Actor::Staff { id: testkit::staff_id(role), roles: vec![role] };
    let caller = engine::Caller { actor, purpose: kernel::Purpose::Disclosure };
    let open = call::Command::OpenForMatter {
        matter: "disclosure/000000000000000000000000000000d1".into(),
        matter_kind: call::MatterKind::Disclosure,
        language: call::Language::En,
        channel: call::Channel::ReadOut,
        contact: None,
        name: None,
    };
    let (call, sentinel) = (call::CallId(7), call::CallId(8));
    for command in [open, call::Command::PickUp] {
        let stream = call.stream();
        with.engine.execute::<call::Call>(&stream, command, &caller, None).await.unwrap();
    }
    // A response picked up afterwards shows that the reactions have come so far.
    for app in [&without, &with] {
        let incident = sentinel.to_string().parse().unwrap();
        let language = call::Language::En;
        let open = call::Command::Open { incident, offer: sentinel.into(), language };
        let responder = TestApp::caller(Role::Responder);
        for command in [open, call::Command::PickUp] {
            let stream = sentinel.stream();
            app.engine.execute::<call::Call>(&stream, command, &responder, None).await.unwrap();
        }
        let busy = async || app.kinds().await.contains(&"hub.responder_busy.v1".to_owned());
        app.eventually("the responder is busy", busy).await;
    }
    let bare = |answer: testkit::Answer| {
        let pieces = answer.body.split("nonce=\"").map(str::to_owned);
        let rest = |piece: String| piece.split_once('"').map_or(piece.clone(), |(_, r)| r.into());
        (answer.status, pieces.map(rest).collect::<Vec<_>>())
    };
    for path in ["/hub", "/hub/part", "/hub/availability", "/hub/shift"] {
        for role in Role::ALL {
            let a = without.signed_in(role).get(path).await;
            let b = with.signed_in(role).get(path).await;
            assert_eq!(bare(a), bare(b), "{path} as {role:?}");
        }
    }
    let figures = async |app: &TestApp| app.client().get("/api/v1/hub/availability").await.json();
    assert_eq!(figures(&without).await, figures(&with).await);
}
