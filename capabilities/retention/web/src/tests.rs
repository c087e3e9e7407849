//! The pages as the people who answer for the force's data use them.

mod doubted;
mod gone;
mod held;
mod scheduled;

use crate::certificates::{CertificateFile, Certificates, Facts};
use crate::{capability, days};
use async_trait::async_trait;
use engine::Fault;
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use kernel::{Personal, Role};
use std::sync::Arc;
use testkit::{START, TestApp};

/// One certificate, of whatever is asked.
struct OneCertificate;

#[async_trait]
impl Certificates for OneCertificate {
    async fn certificate(&self, epoch: &str) -> Result<Option<CertificateFile>, Fault> {
        let facts = Facts {
            authority: "An example of an authority".into(),
            checkpoint_size: 128,
            checkpoint_at: START.0,
            signer: "hub.example".into(),
            scanned_files: 9,
            scanned_bytes: 90_000,
            needles: 12,
            found: 0,
            scanned_kinds: vec!["journal".into(), "backup".into()],
        };
        let json = format!("{{\"epoch\":\"{epoch}\"}}");
        Ok(Some(CertificateFile { json, pdf: b"%PDF-1.7".to_vec(), facts }))
    }
}

const CASE: IncidentId = IncidentId(7);

async fn house() -> TestApp {
    house_with(Arc::new(OneCertificate)).await
}

async fn house_with(certificates: Arc<dyn Certificates>) -> TestApp {
    let app = TestApp::new(vec![capability(certificates)]).await;
    report(&app, CASE).await;
    app
}

async fn report(app: &TestApp, incident: IncidentId) {
    let report = Report {
        source: Source::Emergency,
        called_at: START,
        force_reference: Personal::default(),
        person: Personal::default(),
        place: Personal::default(),
        account: Personal::new("He came back.".to_owned()),
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
}

/// A day so many days after the clock's.
fn in_days(app: &TestApp, days: u32) -> String {
    days::write(app.engine.now().day().plus(days))
}

/// Waits until an event of this kind is in the journal.
async fn eventually(app: &TestApp, kind: &str) {
    app.eventually(kind, async || app.kinds().await.iter().any(|have| have == kind)).await;
}

/// Proposes a hold on the incident, as this role; returns the address of its page.
async fn proposed(app: &TestApp, role: Role) -> String {
    let (stream, review_on) = (CASE.stream(), in_days(app, 30));
    let form = [
        ("of", stream.as_str()),
        ("things", stream.as_str()),
        ("ground", "complaint"),
        ("reason", "Ama Example complained."),
        ("review_on", &review_on),
    ];
    app.signed_in(role).post("/retention/holds/new", &form).await.redirect()
}

/// What the confirm page says stands on it, as its form sends it.
async fn shown(app: &TestApp, role: Role, path: &str) -> String {
    let page = app.signed_in(role).get(&format!("{path}/confirm")).await.expect(200);
    let start = page.body.find("name=\"shown\" value=\"").unwrap() + 20;
    page.body[start..].split('"').next().unwrap().to_owned()
}

/// Confirms what waits on a case.
async fn confirmed(app: &TestApp, role: Role, path: &str) -> testkit::Answer {
    let shown = shown(app, role, path).await;
    app.signed_in(role).post(&format!("{path}/confirm"), &[("shown", shown)]).await
}

/// A hold that two people placed and that holds.
async fn standing(app: &TestApp) -> String {
    let path = proposed(app, Role::Responder).await;
    assert_eq!(confirmed(app, Role::DataProtection, &path).await.redirect(), path);
    eventually(app, "hold.kept.v1").await;
    path
}
