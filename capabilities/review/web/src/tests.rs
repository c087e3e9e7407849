//! Reviews and samples as those who work them see them.

mod queue;
mod samples;

use crate::{Settings, capability};
use incident::grade::{Grade, GradeTable};
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use investigation::{Investigation, InvestigationId};
use kernel::{Personal, Role};
use sqlx::Row as _;
use testkit::{START, TestApp};

pub(super) async fn house() -> (TestApp, IncidentId) {
    let app = TestApp::new(vec![capability(Settings::default())]).await;
    let incident = IncidentId(7);
    let report = Report {
        source: Source::Emergency,
        called_at: START,
        force_reference: Personal::default(),
        person: Personal::default(),
        place: Personal::default(),
        account: Personal::new("He shouted at her.".to_owned()),
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
    (app, incident)
}

/// How fast: soon, but nobody is in danger now.
pub(super) fn grading() -> incident::Command {
    let table = GradeTable {
        version: 1,
        immediate_minutes: 15,
        priority_minutes: 60,
        scheduled_minutes: 2880,
        resolved_minutes: 2880,
    };
    let reason = "He has left.".to_owned();
    incident::Command::Grade { grade: Grade::Priority, reason, table }
}

/// Somebody decides that it is no crime; gives the address of the review.
pub(super) async fn no_crime(app: &TestApp, incident: IncidentId, by: Role) -> String {
    let command = investigation::Command::RecordNonCrime { reason: "Words only.".into() };
    let stream = InvestigationId::from(incident).stream();
    let caller = TestApp::caller(by);
    app.engine.execute::<Investigation>(&stream, command, &caller, None).await.unwrap();
    app.eventually("it is up for review", async || {
        promises(app).await.contains(&"review".to_owned())
    })
    .await;
    format!("/reviews/{incident}")
}

/// What is owed.
pub(super) async fn promises(app: &TestApp) -> Vec<String> {
    let open = "SELECT name FROM engine_promises
        WHERE owner = 'review' AND kept_at IS NULL AND ended_at IS NULL ORDER BY name";
    let rows = sqlx::query(open).fetch_all(app.engine.reads().pool()).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn strangers_and_officers_see_nothing() {
    let (app, incident) = house().await;
    app.refuses_strangers().await;
    let one = no_crime(&app, incident, Role::Responder).await;
    for role in [Role::Responder, Role::CallHandler, Role::Partner, Role::OffenderManager] {
        for path in ["/reviews", one.as_str(), "/samples"] {
            let _ = app.signed_in(role).get(path).await.expect(404);
        }
    }
}
