//! What a colleague who is a party, and whoever is not admitted, can open: nothing.

use super::*;
use std::time::Duration;
use testkit::staff_id;

const ANA: Named = Named {
    name: "Ana Example",
    born: "1990-02-03",
    phone: "07700 900001",
    suspect: "Ben Sample",
    suspect_born: "1985-06-11",
};

/// Every page by which an incident and its people can be reached.
fn pages(incident: IncidentId, person: PersonId) -> [String; 3] {
    [
        format!("/incidents/{incident}"),
        format!("/incidents/{incident}/people"),
        format!("/people/{person}"),
    ]
}

async fn marked(app: &TestApp, role: Role) -> (IncidentId, PersonId) {
    let incident = report(app, 1, START, ANA).await;
    let suspect = record(app, incident, Part::Named).await;
    let form = [
        ("colleague", staff_id(role).to_string()),
        ("colleague_reason", "His warrant card.".to_owned()),
    ];
    let boss = app.signed_in(Role::Supervisor);
    boss.post(&format!("/people/{suspect}/colleague"), &form).await.redirect();
    (incident, suspect)
}

#[tokio::test]
async fn an_officer_who_is_a_party_opens_nothing_of_it_and_finds_nobody_there() {
    let app = house().await;
    let (incident, suspect) = marked(&app, Role::Responder).await;
    let party = app.signed_in(Role::Responder);
    for page in pages(incident, suspect) {
        let _ = party.get(&page).await.expect(404);
        let _ = app.signed_in(Role::Supervisor).get(&page).await.expect(200);
    }
    let page = party.post("/people", &[("name", "Ana Example")]).await.expect(200);
    assert!(page.says("Nobody like that is known"));
    let page = party.post("/people", &[("name", "Ben Sample")]).await.expect(200);
    assert!(page.says("Nobody like that is known"));
}

#[tokio::test]
async fn a_namesake_who_was_marked_by_mistake_opens_it_again() {
    let app = house().await;
    let (incident, suspect) = marked(&app, Role::Responder).await;
    let boss = app.signed_in(Role::Supervisor);
    let off = [("colleague_reason", "A namesake.")];
    boss.post(&format!("/people/{suspect}/colleague/none"), &off).await.redirect();
    let party = app.signed_in(Role::Responder);
    let _ = party.get(&format!("/incidents/{incident}")).await.expect(200);
}

#[tokio::test]
async fn a_sealed_incident_exists_only_for_who_is_admitted() {
    let app = house().await;
    let incident = report(&app, 1, START, ANA).await;
    let person = record(&app, incident, Part::Reporter).await;
    let boss = app.signed_in(Role::Supervisor);
    let seal = format!("/sealed/{incident}");
    let page = boss.post(&seal, &[("set_reason", "One of us.")]).await.expect(422);
    assert!(page.says("name at least one officer") && page.says("One of us."));
    let form =
        [("admitted", staff_id(Role::Responder).to_string()), ("set_reason", "One of us.".into())];
    boss.post(&seal, &form).await.redirect();
    for page in pages(incident, person) {
        let _ = app.signed_in(Role::Responder).get(&page).await.expect(200);
        let _ = boss.get(&page).await.expect(404);
        let _ = app.signed_in(Role::CallHandler).get(&page).await.expect(404);
    }
    let page = boss.get("/sealed").await.expect(200);
    assert!(page.says(&incident.reference()) && page.says("Closed to you"));
    let page = boss.get(&seal).await.expect(200);
    assert!(!page.says("One of us."));
}

#[tokio::test]
async fn a_broken_seal_is_open_for_hours_and_somebody_else_looks_at_why() {
    let app = house().await;
    let incident = report(&app, 1, START, ANA).await;
    let boss = app.signed_in(Role::Supervisor);
    let seal = format!("/sealed/{incident}");
    let form =
        [("admitted", staff_id(Role::Responder).to_string()), ("set_reason", "One of us.".into())];
    boss.post(&seal, &form).await.redirect();
    let breaking = format!("{seal}/broken");
    let page = boss.post(&breaking, &[("break_reason", "")]).await.expect(422);
    assert!(page.says("Say why"));
    boss.post(&breaking, &[("break_reason", "She rings now.")]).await.redirect();
    let _ = boss.get(&format!("/incidents/{incident}")).await.expect(200);
    let page = boss.post(&format!("{seal}/looked-at"), &[("finding", "Fine.")]).await.expect(422);
    assert!(page.says("Whoever broke a seal"));
    app.clock.advance(Duration::from_secs(3 * 3_600));
    let _ = boss.get(&format!("/incidents/{incident}")).await.expect(404);
    let page = boss.get("/sealed").await.expect(200);
    assert!(page.says("Broken once"));
    assert!(app.kinds().await.contains(&"seal.broken.v1".to_owned()));
}

#[tokio::test]
async fn a_party_who_is_a_supervisor_sees_no_seal_and_cannot_break_it() {
    let app = house().await;
    let incident = report(&app, 1, START, ANA).await;
    let suspect = record(&app, incident, Part::Named).await;
    let boss = app.signed_in(Role::Supervisor);
    let seal = format!("/sealed/{incident}");
    let form =
        [("admitted", staff_id(Role::Responder).to_string()), ("set_reason", "One of us.".into())];
    boss.post(&seal, &form).await.redirect();
    // She marks herself, and from then on nothing is there.
    let me = [
        ("colleague", staff_id(Role::Supervisor).to_string()),
        ("colleague_reason", "It is me.".to_owned()),
    ];
    let _ = boss.get(&format!("/people/{suspect}")).await.expect(404);
    boss.post(&format!("{seal}/broken"), &[("break_reason", "It cannot wait.")]).await.redirect();
    boss.post(&format!("/people/{suspect}/colleague"), &me).await.redirect();
    let _ = boss.get(&seal).await.expect(404);
    let _ = boss.post(&format!("{seal}/broken"), &[("break_reason", "Again.")]).await.expect(404);
    assert!(!boss.get("/sealed").await.expect(200).says(&incident.reference()));
}

#[tokio::test]
async fn an_incident_that_is_none_has_no_seal() {
    let app = house().await;
    let boss = app.signed_in(Role::Supervisor);
    let _ = boss.get(&format!("/sealed/{}", IncidentId(99))).await.expect(404);
    let _ = boss.get("/sealed/nothing").await.expect(404);
    let page = boss.post("/sealed", &[("incident", "nothing")]).await.expect(422);
    assert!(page.says("Paste the address"));
}

#[tokio::test]
async fn a_supervisor_is_told_that_somebody_has_a_colleagues_name() {
    let app = house().await;
    let incident = report(&app, 1, START, ANA).await;
    let staff = kernel::id::StaffId(77);
    let command = access::Command::Create {
        login: "ben".into(),
        login_index: "x".into(),
        name: "Ben  SAMPLE".into(),
        roles: vec![Role::Responder],
    };
    let caller = TestApp::caller(Role::Administrator);
    app.engine.execute::<access::Staff>(&staff.stream(), command, &caller, None).await.unwrap();
    let _ = app.kinds().await;
    let path = format!("/incidents/{incident}/people");
    let page = app.signed_in(Role::Supervisor).get(&path).await.expect(200);
    assert!(page.says("Has a colleague’s name"));
    let page = app.signed_in(Role::Responder).get(&path).await.expect(200);
    assert!(!page.says("Has a colleague’s name"));
}
