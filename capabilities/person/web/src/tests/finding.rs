//! Who is found, and who counts as seen again.

use super::*;
use std::time::Duration;

const ANA: Named = Named {
    name: "Ana Example",
    born: "1990-02-03",
    phone: "07700 900001",
    suspect: "Ben Sample",
    suspect_born: "1985-06-11",
};

#[tokio::test]
async fn somebody_is_found_however_she_is_spelt_and_the_search_leaves_its_trace() {
    let app = house().await;
    report(&app, 1, START, ANA).await;
    let officer = app.signed_in(Role::CallHandler);
    for (name, born, phone) in [
        ("Anna Exampel", "", ""),
        ("ana example", "1990-02-03", ""),
        ("", "", "+44 7700 900001"),
        ("", "1990-02-03", ""),
    ] {
        let before = app.consultations().await;
        let form = [("name", name), ("born", born), ("phone", phone)];
        let page = officer.post("/people", &form).await.expect(200);
        assert!(page.says("Ana Example"), "{name}{born}{phone}");
        assert_eq!(app.consultations().await, before + 1);
    }
    let page = officer.post("/people", &[("name", "Margaret Other")]).await.expect(200);
    assert!(page.says("Nobody like that is known"));
}

#[tokio::test]
async fn a_search_that_says_too_little_or_a_day_that_never_was_is_told_so() {
    let app = house().await;
    let officer = app.signed_in(Role::Responder);
    let page = officer.post("/people", &[("name", "Ana")]).await.expect(422);
    assert!(page.says("first and last name"));
    let page = officer.post("/people", &[("born", "1990-02-31")]).await.expect(422);
    assert!(page.says("year-month-day") && page.says("1990-02-31"));
}

#[tokio::test]
async fn the_same_name_and_day_of_birth_is_the_same_record_and_a_repeat() {
    let app = house().await;
    let first = report(&app, 1, START, ANA).await;
    let later = START.plus(Duration::from_secs(86_400));
    app.clock.advance(Duration::from_secs(86_400));
    let second = report(&app, 2, later, Named { phone: "", ..ANA }).await;
    let person = record(&app, first, Part::Reporter).await;
    assert_eq!(record(&app, second, Part::Reporter).await, person);
    let officer = app.signed_in(Role::Responder);
    let page = officer.get(&format!("/people/{person}")).await.expect(200);
    assert_eq!(page.texts("#appears .list__item header b").len(), 2);
    assert!(page.says("Repeat victim"));
    let page = officer.get("/people").await.expect(200);
    assert_eq!(page.texts("#repeats .row__title"), [person.reference()]);
    assert!(!page.says("Ana Example"));
}

#[tokio::test]
async fn somebody_named_by_two_victims_is_on_the_serial_list_by_count_alone() {
    let app = house().await;
    let first = report(&app, 1, START, ANA).await;
    let dana = Named { name: "Dana Other", born: "1999-09-09", phone: "", ..ANA };
    report(&app, 2, START, dana).await;
    let suspect = record(&app, first, Part::Named).await;
    let page = app.signed_in(Role::OffenderManager).get("/people").await.expect(200);
    assert_eq!(page.texts("#serials .row__title"), [suspect.reference()]);
    assert!(page.says("2 victims") && !page.says("Ben Sample"));
}

#[tokio::test]
async fn the_people_of_an_incident_lead_to_their_records() {
    let app = house().await;
    let id = report(&app, 1, START, ANA).await;
    let officer = app.signed_in(Role::Responder);
    let page = officer.get(&format!("/incidents/{id}/people")).await.expect(200);
    assert_eq!(page.texts(".row__title"), ["Ben Sample", "Ana Example"]);
    let client = app.client().get(&format!("/api/v1/incidents/{id}/people")).await.expect(200);
    let roles: Vec<_> =
        client.json().as_array().unwrap().iter().map(|one| one["role"].clone()).collect();
    assert_eq!(roles, ["suspect", "victim"]);
}

#[tokio::test]
async fn what_an_officer_writes_down_is_kept_found_and_outranks_what_was_said() {
    let app = house().await;
    let id = report(&app, 1, START, ANA).await;
    let person = record(&app, id, Part::Reporter).await;
    let officer = app.signed_in(Role::Responder);
    let here = format!("/people/{person}");
    let wrong = [("name", "Ana Example-Jones"), ("born", "1990-02-30")];
    let page = officer.post(&here, &wrong).await.expect(422);
    assert!(page.says("a day that there was") && page.says("Ana Example-Jones"));
    let form = [("name", "Ana Example-Jones"), ("born", "1991-02-03"), ("warning", "A dog.")];
    officer.post(&here, &form).await.redirect();
    let page = officer.get(&here).await.expect(200);
    assert!(page.says("A dog."));
    assert_eq!(page.texts("h1"), ["Ana Example-Jones"]);
    let found = [("name", "Ana Jones"), ("born", "1991-02-03")];
    assert!(officer.post("/people", &found).await.expect(200).says("Ana Example-Jones"));
}

#[tokio::test]
async fn a_record_says_nothing_any_more_once_its_incident_is_forgotten() {
    let app = house().await;
    let id = report(&app, 1, START, ANA).await;
    report(&app, 2, START, Named { name: "Dana Other", born: "", phone: "", ..ANA }).await;
    let person = record(&app, id, Part::Reporter).await;
    // The record has a key of its own only once somebody wrote something down.
    let day = Duration::from_secs(86_400);
    app.clock.advance(day * (kernel::retention::CASEWORK.keep_days + 1));
    app.engine.forget_expired().await.unwrap();
    let officer = app.signed_in(Role::Responder);
    let page = officer.post("/people", &[("phone", "07700 900001")]).await.expect(200);
    assert!(page.says("Nobody like that is known"));
    let page = officer.get(&format!("/people/{person}")).await.expect(200);
    assert!(!page.says("Ana Example") && page.says("Erased when its time was up"));
    assert_eq!(page.texts(".figure b"), ["0", "0", "0"]);
    let page = officer.get("/people").await.expect(200);
    assert!(page.says("Nobody is named by more than one victim"));
}
