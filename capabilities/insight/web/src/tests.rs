//! The figures as a supervisor and the force's own systems see them.

use crate::capability;
use incident::report::{Person, Report, Source};
use incident::{Command, GradeTable, Incident, IncidentId};
use kernel::Role;
use kernel::time::{hours, minutes};
use serde_json::Value;
use testkit::TestApp;

mod casework;

async fn app() -> TestApp {
    // A template that fails says why only in the log.
    tracing_subscriber::fmt().with_test_writer().without_time().try_init().ok();
    TestApp::new(vec![capability()]).await
}

/// A report of somebody with this number, called in so many hours ago.
async fn reported(app: &TestApp, phone: &str, hours_ago: u64) -> IncidentId {
    let engine = &app.engine;
    let id = IncidentId::birth(engine.now(), engine.luck16());
    let person = Person { phone: phone.into(), ..Person::default() };
    let report = Report {
        source: Source::NonEmergency,
        called_at: engine.now().minus(hours(hours_ago)),
        force_reference: String::new().into(),
        person: person.into(),
        place: Default::default(),
        account: "He shouted.".to_owned().into(),
        contact: Default::default(),
        contact_flags: Default::default(),
        thrive: Default::default(),
        suspect: Default::default(),
        relationship: Default::default(),
        children: false,
    };
    give(app, id, Command::Report(Box::new(report))).await;
    id
}

async fn give(app: &TestApp, id: IncidentId, command: Command) {
    let caller = TestApp::caller(Role::Supervisor);
    app.engine.execute::<Incident>(&id.stream(), command, &caller, None).await.unwrap();
}

const fn table() -> GradeTable {
    GradeTable {
        version: 1,
        immediate_minutes: 15,
        priority_minutes: 60,
        scheduled_minutes: 2880,
        resolved_minutes: 1440,
    }
}

/// He is there, and the patrol was there at once.
async fn attended(app: &TestApp, id: IncidentId) {
    let cause = incident::Cause::OffenderReturned;
    give(app, id, Command::SignalDanger { cause, location: None, table: table() }).await;
    give(app, id, Command::NotePatrolAttended { attended_at: app.engine.now() }).await;
}

async fn figures(app: &TestApp) -> Value {
    app.client().get("/api/v1/insight").await.expect(200).json()
}

fn total(figures: &Value, measure: &str) -> String {
    let all = figures["counted"].as_array().unwrap();
    let one = all.iter().find(|one| one["measure"] == measure).unwrap();
    one["total"]["shown"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_stranger_and_everybody_but_a_supervisor_get_nothing() {
    let app = app().await;
    app.refuses_strangers().await;
    for role in [Role::CallHandler, Role::Responder, Role::Partner, Role::Auditor] {
        let _ = app.signed_in(role).get("/insight").await.expect(404);
    }
}

#[tokio::test]
async fn before_anything_happened_the_page_says_so() {
    let app = app().await;
    let page = app.signed_in(Role::Supervisor).get("/insight").await.expect(200);
    assert!(page.says("Nothing was counted in these weeks"), "{}", page.body);
    assert!(page.says("2025-11-03"), "this week is in it");
}

#[tokio::test]
async fn reports_repeats_and_the_time_to_somebody_are_counted() {
    let app = app().await;
    for n in 0..6 {
        let id = reported(&app, &format!("07700 90010{n}"), 1).await;
        attended(&app, id).await;
    }
    for _ in 0..6 {
        reported(&app, "+44 7700 900100", 0).await;
    }
    let now = figures(&app).await;
    assert_eq!(total(&now, "reported"), "12");
    assert_eq!(total(&now, "repeat"), "6", "however her number is written");
    let faced = &now["timed"][0];
    assert_eq!(faced["measure"], "faced");
    assert_eq!(faced["all"]["p50_seconds"], 3600);
    let page = app.signed_in(Role::Supervisor).get("/insight").await.expect(200);
    assert!(page.texts(".chart svg title").contains(&"Reports".to_owned()));
    assert_eq!(page.texts("#times tbody tr").len(), 15, "13 weeks and two sums");
}

#[tokio::test]
async fn a_handful_is_not_shown_on_the_page_in_a_file_or_through_the_api() {
    let app = app().await;
    for _ in 0..3 {
        reported(&app, "", 1).await;
    }
    let now = figures(&app).await;
    assert_eq!(total(&now, "reported"), "<5");
    assert!(now["counted"][0]["total"]["count"].is_null());
    let supervisor = app.signed_in(Role::Supervisor);
    let csv = supervisor.get("/insight.csv").await.expect(200);
    assert!(csv.says("\"Reports\",\"<5\",\"0\",\"\""), "{}", csv.body);
    assert!(!csv.says("\"3\""));
    let page = supervisor.get("/insight").await.expect(200);
    assert_eq!(page.texts("#summary tbody td")[..2], ["<5", "0"]);
}

#[tokio::test]
async fn weeks_are_chosen_by_any_of_their_days_and_a_day_that_is_none_is_said() {
    let app = app().await;
    for _ in 0..7 {
        reported(&app, "", 24 * 8).await;
    }
    let supervisor = app.signed_in(Role::Supervisor);
    let page = supervisor.get("/insight?from=2025-10-22&to=2025-10-29").await.expect(200);
    assert_eq!(
        page.texts("#demand tbody th"),
        ["2025-10-20", "2025-10-27", "This period", "Period before",]
    );
    let other = app.client().get("/api/v1/insight?from=2025-10-29&to=2025-11-03").await;
    let other = other.expect(200).json();
    assert_eq!((total(&other, "reported"), &other["from"]), ("0".into(), &"2025-10-27".into()));
    assert_eq!(other["counted"][0]["before"]["shown"], "7");
    let wrong = supervisor.get("/insight?from=yesterday").await.expect(200);
    assert!(wrong.says("That is not a day."));
    let _ = supervisor.get("/insight.ods?from=31-31").await.expect(400);
    let _ = app.client().get("/api/v1/insight?to=9999-12-31").await.expect(400);
}

#[tokio::test]
async fn the_spreadsheet_is_one() {
    let app = app().await;
    let file = app.signed_in(Role::Supervisor).get("/insight.ods").await.expect(200);
    assert_eq!(file.headers["content-type"], crate::ods::KIND);
    assert_eq!(&file.bytes[..4], b"PK\x03\x04");
}

#[tokio::test]
async fn a_baseline_is_kept_with_its_source_and_a_wrong_one_names_its_field() {
    let app = app().await;
    let supervisor = app.signed_in(Role::Supervisor);
    let mut form = vec![
        ("officers", "2"),
        ("travel_minutes", "30"),
        ("attendance_minutes", "90"),
        ("write_up_minutes", "45"),
        ("video_write_up_minutes", "many"),
        ("source", "Audit of 40 jobs."),
    ];
    let again = supervisor.post("/insight/baseline", &form).await.expect(422);
    assert!(again.says("Enter a whole number") && again.says("Audit of 40 jobs."));
    form[4].1 = "20";
    let back = supervisor.post("/insight/baseline", &form).await.redirect();
    assert!(supervisor.get(&back).await.expect(200).says("Version 1"));
    let page = supervisor.get("/insight").await.expect(200);
    assert!(page.says("Baseline 1: 2 officers") && page.says("Audit of 40 jobs."));
    let _ = app.signed_in(Role::Responder).post("/insight/baseline", &form).await.expect(404);
    app.clock.advance(minutes(1));
    form[0].1 = "0";
    let again = supervisor.post("/insight/baseline", &form).await.expect(422);
    assert!(again.says("Enter from 1 to 6 officers."));
}
