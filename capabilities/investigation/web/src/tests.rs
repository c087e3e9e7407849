//! A case as an officer, a supervisor and the records system see it.

mod account;
mod api;
mod case;
mod exhibits;
mod reading;
mod statement;

use crate::{Settings, capability};
use blobs::Blobs;
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId};
use kernel::{At, Personal, Role};
use sqlx::Row as _;
use std::sync::Arc;
use testkit::{START, TestApp};

/// A house with one reported incident, and the folder that its files lie in.
pub(super) struct House {
    pub(super) app: TestApp,
    pub(super) incident: IncidentId,
    pub(super) dir: tempfile::TempDir,
}

impl House {
    pub(super) async fn new() -> Self {
        Self::told(|settings| settings).await
    }

    /// The same, with other settings.
    pub(super) async fn told(set: impl FnOnce(Settings) -> Settings) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Arc::new(Blobs::open(dir.path()).unwrap());
        let mut incidents = ui::Capability { name: "incident", ..Default::default() };
        incidents.permits = incident::permit::PERMITS;
        let settings = set(Settings::new(blobs));
        let app = TestApp::new(vec![capability(settings), incidents]).await;
        let house = Self { app, incident: IncidentId(7), dir };
        house.report(house.incident, START).await;
        house
    }

    pub(super) async fn report(&self, incident: IncidentId, called_at: At) {
        let report = Report {
            source: Source::Emergency,
            called_at,
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
        let (engine, caller) = (&self.app.engine, TestApp::caller(Role::CallHandler));
        engine.execute::<Incident>(&incident.stream(), command, &caller, None).await.unwrap();
    }

    /// The address of one of the incident's pages.
    pub(super) fn at(&self, page: &str) -> String {
        format!("/incidents/{}/{page}", self.incident)
    }

    /// Posts a form as an officer, and expects that it was done.
    pub(super) async fn done(&self, page: &str, form: &[(&str, &str)]) {
        let officer = self.app.signed_in(Role::Responder);
        officer.post(&self.at(page), &form.to_vec()).await.redirect();
    }

    /// Posts a form as an officer, and expects a refusal in these words.
    pub(super) async fn refused(&self, page: &str, form: &[(&str, &str)], words: &str) {
        let officer = self.app.signed_in(Role::Responder);
        let answer = officer.post(&self.at(page), &form.to_vec()).await.expect(422);
        assert!(answer.says(words), "{words}");
    }

    /// The open promises, by name, with when they are due.
    pub(super) async fn promises(&self) -> Vec<(String, i64)> {
        let open = "SELECT name, due_at FROM engine_promises WHERE owner = 'investigation'
            AND kept_at IS NULL AND ended_at IS NULL ORDER BY name, due_at";
        let rows = sqlx::query(open).fetch_all(self.app.engine.reads().pool()).await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    }

    /// How often this happened.
    pub(super) async fn happened(&self, kind: &str) -> usize {
        self.app.kinds().await.iter().filter(|one| *one == kind).count()
    }
}
