//! People and seals as officers use them: the real pages over a real journal.

mod finding;
mod merging;
mod sealing;

use crate::{Settings, capability};
use incident::report::{Person, Relationship, Report, Source, Suspect};
use incident::{Incident, IncidentId};
use kernel::{At, Personal, Role};
use person::{Part, PersonId};
use testkit::{START, TestApp};
use ui::{Access, Capability, Route};

/// What a report says of whom.
#[derive(Clone, Copy, Default)]
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) born: &'static str,
    pub(super) phone: &'static str,
    pub(super) suspect: &'static str,
    pub(super) suspect_born: &'static str,
}

/// A page of the incident capability, to see what a seal does to it.
async fn incident_page(ui::Named(id): ui::Named<IncidentId>) -> String {
    id.reference()
}

pub(super) async fn house() -> TestApp {
    let route = Route::get(
        "/incidents/{incident}",
        Access::Staff(incident::permit::READ, kernel::Purpose::Response),
        incident_page,
    );
    let incidents = Capability {
        name: "incident",
        permits: incident::permit::PERMITS,
        routes: vec![route],
        ..Default::default()
    };
    TestApp::new(vec![capability(Settings::default()), incidents]).await
}

pub(super) async fn report(app: &TestApp, number: u128, called_at: At, named: Named) -> IncidentId {
    let day = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let id = IncidentId::birth(called_at, number.to_be_bytes());
    let report = Report {
        source: Source::Emergency,
        called_at,
        force_reference: Personal::default(),
        person: Personal::new(Person {
            name: named.name.into(),
            date_of_birth: day(named.born),
            phone: named.phone.into(),
            ..Default::default()
        }),
        place: Personal::default(),
        account: Personal::new("He came back.".to_owned()),
        contact: Personal::default(),
        contact_flags: Default::default(),
        thrive: Default::default(),
        suspect: Personal::new(Suspect {
            name: named.suspect.into(),
            date_of_birth: day(named.suspect_born),
            ..Default::default()
        }),
        relationship: Relationship::Unknown,
        children: false,
    };
    let command = incident::Command::Report(Box::new(report));
    let caller = TestApp::caller(Role::CallHandler);
    app.engine.execute::<Incident>(&id.stream(), command, &caller, None).await.unwrap();
    let wanted = [(named.name, Part::Reporter), (named.suspect, Part::Named)];
    for (_, part) in wanted.into_iter().filter(|(name, _)| !name.is_empty()) {
        app.eventually("everybody in it has a record", async || {
            let people = crate::index::of_incident(&app.engine, id).await.unwrap();
            people.iter().any(|one| one.part == part)
        })
        .await;
    }
    id
}

/// The record in which somebody stands now.
pub(super) async fn record(app: &TestApp, incident: IncidentId, part: Part) -> PersonId {
    let people = crate::index::of_incident(&app.engine, incident).await.unwrap();
    people.iter().find(|one| one.part == part).unwrap().person
}

#[tokio::test]
async fn strangers_and_partners_find_nobody() {
    let app = house().await;
    let named = Named { name: "Ana Example", born: "1990-02-03", ..Named::default() };
    let id = report(&app, 1, START, named).await;
    let person = record(&app, id, Part::Reporter).await;
    app.refuses_strangers().await;
    for role in [Role::Partner, Role::LocalOfficer, Role::Administrator, Role::DisclosureOfficer] {
        let browser = app.signed_in(role);
        let _ = browser.get("/people").await.expect(404);
        let _ = browser.get(&format!("/people/{person}")).await.expect(404);
        let _ = browser.get("/sealed").await.expect(404);
    }
}
