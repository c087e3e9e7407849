//! Across the whole house: for whoever has no part in the disclosure scheme, every page answers
//! with an application about somebody exactly as it does without, the search for earlier reports
//! of that very person included.

use crate::house_tests::house;
use axum::http::Method;
use disclosure::{
    Applicant, Command, Disclosure, DisclosureId, Entry, Form, Route, SafeContact, Subject,
};
use incident::IncidentId;
use kernel::{Purpose, Role};
use person::{Person, PersonId};
use serde_json::json;
use testkit::TestApp;

const SUBJECT: &str = "suspect_name=Blake+Example&suspect_date_of_birth=1985-03-04\
    &name=Ama+Example&date_of_birth=1990-02-28&phone=07700+900123";

async fn apply(app: &TestApp, id: DisclosureId) {
    let contact = SafeContact {
        phone: "07700 900123".into(),
        times: "weekdays before noon".into(),
        ..SafeContact::default()
    };
    let form = Form {
        danger_now: Some(false),
        applicant: Applicant {
            name: "Ama Example".into(),
            date_of_birth: "1990-02-28".into(),
            contact,
            relation: String::new(),
        },
        subject: Subject {
            name: "Blake Example".into(),
            date_of_birth: "1985-03-04".into(),
            relationship: "former partner".into(),
            ..Subject::default()
        },
        concern: "An example of a concern.".into(),
        language: "en".into(),
        ..Form::default()
    };
    let (route, entry) = (Route::AskSelf, Entry::Telephone);
    let command = Command::Apply { route, entry, form: Box::new(form), table: Box::default() };
    let mut caller = TestApp::caller(Role::DisclosureOfficer);
    caller.purpose = Purpose::Disclosure;
    app.engine.execute::<Disclosure>(&id.stream(), command, &caller, None).await.unwrap();
}

/// A report that names him, and the plan for him: the id of his record.
async fn managed(app: &TestApp) -> PersonId {
    let body = json!({
        "source": "999",
        "person": { "name": "Ama Example", "date_of_birth": "1990-02-28" },
        "account": "He came back.",
        "suspect": { "name": "Blake Example", "date_of_birth": "1985-03-04" },
        "relationship": "former_partner",
    });
    let answer = app.client().post_json("/api/v1/incidents", &body).await.expect(201);
    let incident: IncidentId = answer.json()["incident"].as_str().unwrap().parse().unwrap();
    let mark = app.engine.blind("person/first", &format!("{incident} named"));
    let him = PersonId::first_seen(incident, mark);
    app.eventually("he has a record", async || {
        app.engine.state::<Person>(&him.stream()).await.unwrap().0.exists()
    })
    .await;
    let open = [("why", "serial"), ("open_reason", "Three victims.")];
    let manager = app.signed_in(Role::OffenderManager);
    manager.post(&format!("/perpetrators/{him}"), &open).await.redirect();
    let page = manager.get(&format!("/perpetrators/{him}")).await.expect(200);
    assert!(page.says("Blake Example"));
    him
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_the_house_tells_whoever_has_no_part_in_it_of_an_application() {
    let (without, with) = (TestApp::with(house).await, TestApp::with(house).await);
    // He is the suspect of a report in both, and has a plan.
    let (him, other) = (managed(&without).await, managed(&with).await);
    assert_eq!(him, other);
    let id = DisclosureId(0x0192_aaaa_bbbb_cccc_dddd_eeee_ffff_0456);
    apply(&with, id).await;
    let officer = with.signed_in(Role::DisclosureOfficer);
    assert!(officer.get(&format!("/disclosures/{id}")).await.expect(200).says("Blake Example"));

    let plain =
        |path: &&&str| !path.contains('{') && !path.contains("live") && **path != "/j/events";
    let gets = with.guarded.iter().filter(|(method, _, _)| *method == Method::GET);
    let paths: Vec<&str> = gets.map(|(_, path, _)| path).filter(plain).copied().collect();
    assert!(paths.len() > 40, "{} pages were looked at", paths.len());
    let roles = [
        Role::OffenderManager,
        Role::Responder,
        Role::LocalOfficer,
        Role::Partner,
        Role::Specialist,
        Role::Administrator,
    ];
    for role in roles {
        let (a, b) = (without.signed_in(role), with.signed_in(role));
        for path in paths.iter().copied().chain([
            format!("/retention/holds/new?of=disclosure/{id}").as_str(),
            format!("/disclosures/{id}").as_str(),
            format!("/people/{him}").as_str(),
            format!("/perpetrators/{him}").as_str(),
        ]) {
            let (one, other) = (a.get(path).await, b.get(path).await);
            assert_eq!(one.bare_of_ids(), other.bare_of_ids(), "{path} as {role:?}");
        }
        let search = |text: &str| Some(("application/x-www-form-urlencoded", text.to_owned()));
        let path = "/incidents/history";
        let (one, other) = (
            a.send(Method::POST, path, search(SUBJECT)).await,
            b.send(Method::POST, path, search(SUBJECT)).await,
        );
        assert_eq!(
            one.bare_of_ids(),
            other.bare_of_ids(),
            "the search for earlier reports as {role:?}"
        );
        let whom = [("name", "Blake Example"), ("born", "1985-03-04")];
        let (one, other) = (a.post("/people", &whom).await, b.post("/people", &whom).await);
        assert_eq!(one.bare_of_ids(), other.bare_of_ids(), "the search for people as {role:?}");
    }
}
