//! The board as those who work it use it, over a toy that makes promises of its own.

use crate::{Settings, capability};
use kernel::id::StaffId;
use kernel::time::{hours, minutes};
use kernel::{Actor, At, Purpose, Role};
use testkit::TestApp;
use toy::{Command, Toy};

mod handover;
mod never_loses;
mod toy;

async fn app() -> TestApp {
    // A template that fails says why only in the log.
    tracing_subscriber::fmt().with_test_writer().without_time().try_init().ok();
    TestApp::new(vec![capability(Settings::default()), toy::capability()]).await
}

fn caller(staff: StaffId, role: Role) -> engine::Caller {
    let actor = Actor::Staff { id: staff, roles: vec![role] };
    engine::Caller { actor, purpose: Purpose::Supervision }
}

async fn make(app: &TestApp, stream: &str, due: At) {
    let command = Command::Make { name: "task".into(), due };
    app.engine.execute::<Toy>(stream, command, &engine::Caller::system(), None).await.unwrap();
}

async fn keep(app: &TestApp, stream: &str) {
    let command = Command::Keep { name: "task".into() };
    app.engine.execute::<Toy>(stream, command, &engine::Caller::system(), None).await.unwrap();
}

fn which(stream: &str) -> Vec<(&'static str, String)> {
    vec![("owner", "toy".into()), ("stream", stream.into()), ("name", "task".into())]
}

fn one(stream: &str) -> String {
    format!("/promises/one?owner=toy&stream={stream}&name=task")
}

#[tokio::test]
async fn a_stranger_and_a_partner_get_nothing() {
    let app = app().await;
    app.refuses_strangers().await;
    for role in [Role::Partner, Role::Auditor, Role::OffenderManager] {
        let _ = app.signed_in(role).get("/promises").await.expect(404);
    }
    let _ = app.signed_in(Role::Responder).get("/promises/handover").await.expect(404);
}

#[tokio::test]
async fn an_empty_board_says_that_nothing_is_owed() {
    let app = app().await;
    let board = app.signed_in(Role::Supervisor).get("/promises").await.expect(200);
    assert!(board.says("Nothing is owed"), "{}", board.body);
}

#[tokio::test]
async fn what_is_late_comes_first_then_what_is_due_soon() {
    let app = app().await;
    let start = app.engine.now();
    make(&app, "toy/calm", start.plus(hours(30))).await;
    make(&app, "toy/late", start.plus(minutes(10))).await;
    make(&app, "toy/soon", start.plus(minutes(60))).await;
    app.clock.advance(minutes(50));
    let board = app.signed_in(Role::Supervisor).get("/promises").await.expect(200);
    let streams = board.texts(".row .row__sub");
    let at = |name: &str| streams.iter().position(|text| text.starts_with(name)).unwrap();
    assert!(at("late") < at("soon") && at("soon") < at("calm"), "{streams:?}");
    assert_eq!(board.texts(".row--danger .row__sub").len(), 1);
    assert_eq!(board.texts(".row--warn .row__sub").len(), 1);
    let late = app.signed_in(Role::Supervisor).get("/promises?late=1").await.expect(200);
    assert_eq!(late.texts(".row").len(), 1);
    let other = app.signed_in(Role::Supervisor).get("/promises?kind=toy.other").await.expect(200);
    assert!(other.says("Nothing here"));
}

#[tokio::test]
async fn a_promise_is_taken_once_and_gone_when_it_is_kept() {
    let app = app().await;
    make(&app, "toy/1", app.engine.now().plus(hours(1))).await;
    let responder = app.signed_in(Role::Responder);
    let board = responder.get("/promises").await.expect(200);
    assert!(board.says("action=\"/promises/take\""));
    assert_eq!(responder.post("/promises/take", &which("toy/1")).await.redirect(), "/promises");
    let board = responder.get("/promises?who=me").await.expect(200);
    assert!(board.says("Yours") && !board.says("action=\"/promises/take\""));
    let other = app.signed_in(Role::Supervisor).post("/promises/take", &which("toy/1")).await;
    assert!(other.expect(422).says("A colleague holds this."));
    keep(&app, "toy/1").await;
    assert!(responder.get("/promises").await.expect(200).says("Nothing is owed"));
    let kept = responder.get(&one("toy/1")).await.expect(200);
    assert!(kept.says("Kept in time") && !kept.says("action=\"/promises/give\""));
    let gone = app.signed_in(Role::Specialist).post("/promises/take", &which("toy/9")).await;
    let _ = gone.expect(404);
}

#[tokio::test]
async fn it_is_handed_over_with_a_reason_that_the_next_one_reads() {
    let app = app().await;
    make(&app, "toy/1", app.engine.now().plus(hours(1))).await;
    let responder = app.signed_in(Role::Responder);
    responder.post("/promises/take", &which("toy/1")).await.redirect();
    let mut form = which("toy/1");
    let again = responder.post("/promises/give", &form).await.expect(422);
    assert!(again.says("Choose who holds it from now on"));
    form.push(("to", "team/local".into()));
    form.push(("words", "Ring the bell at the back.".into()));
    let again = responder.post("/promises/give", &form).await.expect(422);
    assert!(again.says("Say why it changes hands.") && again.says("Ring the bell at the back."));
    form.push(("reason", "shift_ends".into()));
    assert_eq!(responder.post("/promises/give", &form).await.redirect(), "/promises");
    let before = app.consultations().await;
    let page = responder.get(&one("toy/1")).await.expect(200);
    assert!(page.says("Ring the bell at the back.") && page.says("Local policing"));
    assert!(app.consultations().await > before, "a look at what was said is noted");
    let mut note = which("toy/1");
    note.push(("note", "The bell is broken.".into()));
    let back = responder.post("/promises/note", &note).await.redirect();
    assert!(responder.get(&back).await.expect(200).says("The bell is broken."));
    let team = app.signed_in(Role::Supervisor).get("/promises?team=local").await.expect(200);
    assert_eq!(team.texts(".row").len(), 1);
    let wrong = [("to", "team/nobody".to_owned()), ("reason", "workload".to_owned())];
    let form = which("toy/1").into_iter().chain(wrong).collect::<Vec<_>>();
    assert!(responder.post("/promises/give", &form).await.expect(422).says("Choose who"));
}

#[tokio::test]
async fn a_promise_of_a_record_that_somebody_may_not_read_is_not_there() {
    let app = app().await;
    make(&app, "toy/1", app.engine.now().plus(hours(1))).await;
    for role in [Role::LocalOfficer, Role::CallHandler] {
        let someone = app.signed_in(role);
        assert!(someone.get("/promises").await.expect(200).says("Nothing is owed"));
        let _ = someone.get(&one("toy/1")).await.expect(404);
        let _ = someone.post("/promises/take", &which("toy/1")).await.expect(404);
    }
    let own = Settings { apart: vec!["toy".into()], ..Settings::default() };
    let app = TestApp::new(vec![capability(own), toy::capability()]).await;
    make(&app, "toy/1", app.engine.now().plus(hours(1))).await;
    let board = app.signed_in(Role::Supervisor).get("/promises").await.expect(200);
    assert!(board.says("Nothing is owed"), "what has a board of its own is not here");
}
