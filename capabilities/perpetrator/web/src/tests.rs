//! Plans and the list as a proactive team uses them: the real pages over a real journal.

mod plans;

use crate::{Settings, capability};
use incident::report::{Person as Reporter, Relationship, Report, Source, Suspect};
use incident::{Incident, IncidentId};
use kernel::{At, Personal, Role};
use person::event::How;
use person::{Appearance, Command, Part, Person, PersonId};
use testkit::{START, TestApp};

pub(super) const HIM: PersonId = PersonId(0x0192_aaaa_bbbb_cccc_dddd_eeee_ffff_0001);

pub(super) async fn house() -> TestApp {
    TestApp::new(vec![capability(Settings::default())]).await
}

/// An incident in which he is the suspect, and somebody of her own the victim.
pub(super) async fn against(app: &TestApp, number: u128, called_at: At) -> IncidentId {
    let id = IncidentId::birth(called_at, number.to_be_bytes());
    let report = Report {
        source: Source::Emergency,
        called_at,
        force_reference: Personal::default(),
        person: Personal::new(Reporter { name: "Ana Example".into(), ..Default::default() }),
        place: Personal::default(),
        account: Personal::new("He came back.".to_owned()),
        contact: Personal::default(),
        contact_flags: Default::default(),
        thrive: Default::default(),
        suspect: Personal::new(Suspect { name: "Ben Sample".into(), ..Default::default() }),
        relationship: Relationship::Unknown,
        children: false,
    };
    let command = incident::Command::Report(Box::new(report));
    let caller = TestApp::caller(Role::CallHandler);
    app.engine.execute::<Incident>(&id.stream(), command, &caller, None).await.unwrap();
    let victim = PersonId(number + 100);
    for (who, part, role) in
        [(HIM, Part::Named, person::Role::Suspect), (victim, Part::Reporter, person::Role::Victim)]
    {
        let appearance = Appearance { incident: id, part, role };
        let appear = Command::Appear { appearance, how: How::New };
        app.engine.execute::<Person>(&who.stream(), appear, &caller, None).await.unwrap();
    }
    id
}

/// It is recorded as a crime that stands in no row of the table of harm.
pub(super) async fn crime(app: &TestApp, incident: IncidentId) {
    let command = investigation::Command::RecordCrime {
        offence: "Assault".into(),
        reason: "What she said.".into(),
    };
    let stream = investigation::InvestigationId::from(incident).stream();
    let caller = TestApp::caller(Role::Responder);
    let engine = &app.engine;
    engine.execute::<investigation::Investigation>(&stream, command, &caller, None).await.unwrap();
}

/// The page of him.
pub(super) fn his() -> String {
    format!("/perpetrators/{HIM}")
}

#[tokio::test]
async fn only_who_manages_or_looks_after_it_finds_the_list() {
    let app = house().await;
    against(&app, 1, START).await;
    app.refuses_strangers().await;
    for role in [Role::CallHandler, Role::Responder, Role::Partner, Role::DisclosureOfficer] {
        let _ = app.signed_in(role).get("/perpetrators").await.expect(404);
        let _ = app.signed_in(role).get(&his()).await.expect(404);
    }
    for role in [Role::OffenderManager, Role::Supervisor, Role::Specialist] {
        let _ = app.signed_in(role).get("/perpetrators").await.expect(200);
        let _ = app.signed_in(role).get(&his()).await.expect(200);
    }
}
