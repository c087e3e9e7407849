//! The trail, as an auditor and as everybody else sees it.

use crate::capability;
use access::{Command, Staff};
use engine::{Caller, Engine};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{Purpose, Role};
use testkit::TestApp;

const INCIDENT: IncidentId = IncidentId(0x0192_f0c1_a2b3_c4d5_e6f7_0819_2a3b_4c5d);

async fn account(engine: &Engine, id: u128, name: &str) {
    let create = Command::Create {
        login: format!("login{id}"),
        login_index: format!("{id:032x}"),
        name: name.into(),
        roles: vec![Role::Responder],
    };
    let stream = StaffId(id).stream();
    engine.execute::<Staff>(&stream, create, &Caller::system(), None).await.unwrap();
}

async fn house() -> TestApp {
    let app = TestApp::new(vec![capability()]).await;
    account(&app.engine, 2, "Robin Exampleby").await;
    account(&app.engine, 3, "=Formula Exampleton").await;
    for (role, page) in [(Role::Responder, "call"), (Role::Supervisor, "recording")] {
        let caller = TestApp::caller(role);
        app.engine.consulted(&caller, &INCIDENT.stream(), page).await.unwrap();
    }
    let head = app.engine.journal().head().await.unwrap();
    app.engine.shown(head).await;
    app
}

#[tokio::test]
async fn an_auditor_sees_who_consulted_what_and_why_by_name_and_reference() {
    let app = house().await;
    let auditor = app.signed_in(Role::Auditor);
    let all = auditor.get("/trail").await.expect(200);
    assert!(all.says("Robin Exampleby") && all.says(&INCIDENT.reference()));
    assert!(all.says("Consulted (call)") && all.says("Response") && all.says("Account made"));
    let one = auditor.get(&format!("/trail?staff={}", StaffId(2).stream())).await.expect(200);
    assert!(one.says("Consulted (call)") && !one.says("Consulted (recording)"));
    let reference = INCIDENT.reference().to_lowercase();
    let subject = auditor.get(&format!("/trail?subject={reference}")).await.expect(200);
    assert_eq!(subject.texts("tbody tr").len(), 2);
    let day = auditor.get("/trail?day=2025-11-03").await.expect(200);
    assert!(day.says("Consulted (call)"));
    let other = auditor.get("/trail?day=2025-11-04").await.expect(200);
    assert!(other.says("Nothing matches"));
    assert!(auditor.get("/trail?day=soon").await.expect(200).says("no such day"));
}

#[tokio::test]
async fn the_reading_of_the_trail_is_in_the_trail() {
    let app = house().await;
    let before = app.consultations().await;
    let _ = app.signed_in(Role::Auditor).get("/trail").await.expect(200);
    let _ = app.signed_in(Role::Auditor).get("/trail.csv").await.expect(200);
    assert_eq!(app.consultations().await, before + 2);
}

#[tokio::test]
async fn the_file_holds_no_formula() {
    let app = house().await;
    let file = app.signed_in(Role::Auditor).get("/trail.csv").await.expect(200);
    assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    assert!(file.says("\"'=Formula Exampleton\""), "{}", file.body);
    assert!(file.says("\"Robin Exampleby\"") && file.says(Purpose::Response.name()));
    for cell in file.body.split("\r\n").flat_map(|line| line.split("\",\"")) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '@']), "{cell}");
    }
}

#[tokio::test]
async fn only_an_auditor_sees_everybody_and_everybody_sees_their_own() {
    let app = house().await;
    for role in [Role::CallHandler, Role::Responder, Role::Supervisor, Role::Administrator] {
        let _ = app.signed_in(role).get("/trail").await.expect(404);
        let _ = app.signed_in(role).get("/trail.csv").await.expect(404);
    }
    let own = app.signed_in(Role::Responder).get("/trail/mine").await.expect(200);
    assert!(own.says("Consulted (call)") && !own.says("Consulted (recording)"));
    let none = app.signed_in(Role::CallHandler).get("/trail/mine").await.expect(200);
    assert!(none.says("Nothing matches"));
    app.refuses_strangers().await;
}
