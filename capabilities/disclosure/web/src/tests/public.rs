//! The public page, step by step, as a browser without scripts plays it.

use crate::limits::{ASKS_PER_MINUTE, EMERGENCIES_PER_MINUTE};
use crate::telling::tests::House;
use testkit::Answer;

async fn ask(house: &House, form: &[(&str, &str)]) -> Answer {
    house.app.stranger().post("/ask", &form).await
}

/// What a person at risk types.
const HERS: [(&str, &str); 12] = [
    ("step", "form"),
    ("asks", "self"),
    ("lang", "en"),
    ("name", "Ama Example"),
    ("date_of_birth", "28 2 1990"),
    ("phone", "07700 900123"),
    ("times", "weekdays before noon"),
    ("subject_name", "Example Person"),
    ("subject_relationship", "former partner"),
    ("concern", "He has begun to follow me."),
    ("children", "Cai, 4"),
    ("show_reference", "no"),
];

/// Nothing is left behind, and nobody who looks at the tab learns anything.
#[track_caller]
fn discreet(answer: &Answer) {
    assert!(answer.cookie("lang").is_none() && !answer.headers.contains_key("set-cookie"));
    assert_eq!(answer.headers["cache-control"], "no-store");
    let title = answer.texts("title").join(" ").to_lowercase();
    for word in ["ask", "disclos", "violen", "abus", "police", "partner"] {
        assert!(!title.contains(word), "the title says {word}");
    }
    assert!(answer.says("govuk-js-exit-this-page-skiplink"), "the hidden first link");
    assert!(answer.says("07700 900123"), "the telephone is in sight");
}

#[tokio::test]
async fn before_anything_it_says_that_history_is_not_erased_and_then_asks_of_danger() {
    let house = House::new().await;
    let before = house.app.stranger().get("/ask").await.expect(200);
    discreet(&before);
    assert!(before.says("does not erase") && !before.says("danger_now"));
    let gate = ask(&house, &[("step", "before")]).await.expect(200);
    discreet(&gate);
    assert_eq!(gate.texts("h1"), ["Is anybody in danger now?"]);
    let unanswered = ask(&house, &[("step", "danger")]).await.expect(422);
    assert!(unanswered.says("Choose yes or no"));
    let who = ask(&house, &[("step", "danger"), ("danger_now", "no")]).await.expect(200);
    assert_eq!(who.texts("h1"), ["Who are you asking for?"]);
    let form = ask(&house, &[("step", "who"), ("asks", "self")]).await.expect(200);
    discreet(&form);
    assert!(!form.says("person_at_risk_name"), "she is the one at risk");
    let other = ask(&house, &[("step", "who"), ("asks", "other")]).await.expect(200);
    assert!(other.says("person_at_risk_name"));
    assert!(house.app.kinds().await.is_empty(), "looking leaves nothing");
}

#[tokio::test]
async fn danger_now_shows_999_and_becomes_an_incident_at_once() {
    let house = House::new().await;
    let now = ask(&house, &[("step", "danger"), ("danger_now", "yes")]).await.expect(200);
    assert_eq!(now.texts("h1"), ["Call 999 now"]);
    let nothing = ask(&house, &[("step", "now"), ("name", "Ama Example")]).await.expect(422);
    assert!(nothing.says("Ama Example") && nothing.says("so that somebody can come"));
    let form = [("step", "now"), ("phone", "07700 900123"), ("where_now", "1 Example Road")];
    let called = ask(&house, &form).await.expect(200);
    discreet(&called);
    assert_eq!(called.headers["clear-site-data"], "\"storage\"");
    house
        .app
        .eventually("an incident", async || house.count("incident.reported.v1").await == 1)
        .await;
    assert_eq!(house.count("disclosure.left_for_emergency.v1").await, 1);
    assert_eq!(house.count("disclosure.applied.v1").await, 0);
    let board = house.officer().get("/disclosures").await.expect(200);
    assert!(board.says("No application is open"));
}

#[tokio::test]
async fn she_applies_keeps_nothing_and_sees_a_reference_only_if_she_wants_one() {
    let house = House::new().await;
    let done = ask(&house, &HERS).await.expect(200);
    discreet(&done);
    assert_eq!(done.texts("h1"), ["We have it"]);
    assert!(!done.says("AP-") && !done.says("Ama"));
    let board = house.officer().get("/disclosures").await.expect(200);
    assert_eq!(board.texts(".row__title").len(), 1);
    let mut wanted = HERS.to_vec();
    wanted[11] = ("show_reference", "yes");
    wanted.push(("disclosure", "0000000000000000000000000000abcd"));
    let done = ask(&house, &wanted).await.expect(200);
    assert!(done.says("AP-"));
    let again = ask(&house, &wanted).await.expect(200);
    assert_eq!(again.texts("h1"), ["We have it"], "sent twice");
    assert_eq!(house.count("disclosure.applied.v1").await, 2);
}

#[tokio::test]
async fn what_is_missing_is_all_said_at_once_and_what_was_typed_is_kept() {
    let house = House::new().await;
    let typed = [("step", "form"), ("asks", "other"), ("name", "Cara Example"), ("times", "noon")];
    let again = ask(&house, &typed).await.expect(422);
    assert!(again.texts("title")[0].starts_with("Error:"));
    let faults = again.texts(".govuk-error-summary__list li");
    assert_eq!(faults.len(), 6, "{faults:?}");
    assert!(again.says("Cara Example") && again.says("value=\"noon\""));
    assert!(
        again.says("href=\"#person_at_risk_name\"") && again.says("id=\"person_at_risk_name\"")
    );
}

#[tokio::test]
async fn it_speaks_welsh_throughout_without_a_cookie() {
    let house = House::new().await;
    let before = ask(&house, &[("step", "language"), ("lang", "cy")]).await.expect(200);
    assert_eq!(before.texts("h1"), ["Cyn i chi fynd ymlaen"]);
    discreet(&before);
    let faults = ask(&house, &[("step", "form"), ("lang", "cy"), ("asks", "self")]).await;
    let faults = faults.expect(422).texts(".govuk-error-summary__list li").join(" ");
    assert!(faults.contains("Rhowch yr enw") && !faults.contains("Enter"), "{faults}");
    let mut form = HERS.to_vec();
    form[2] = ("lang", "cy");
    let done = ask(&house, &form).await.expect(200);
    assert_eq!(done.texts("h1"), ["Mae gennym y wybodaeth"]);
    let english = crate::tests::public::ids("en");
    assert_eq!(english, crate::tests::public::ids("cy"), "every word of the public page");
}

/// Ids of the messages of the public page.
pub(super) fn ids(language: &str) -> Vec<String> {
    let path = format!("{}/../../../locales/{language}/disclosure.ftl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let ids = text.lines().filter(|line| line.starts_with("ask-"));
    ids.filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()).collect()
}

#[tokio::test]
async fn too_many_at_once_wait_with_what_they_typed_and_the_telephone_in_sight() {
    let house = House::new().await;
    for _ in 0..ASKS_PER_MINUTE {
        let _ = ask(&house, &HERS).await.expect(200);
    }
    let busy = ask(&house, &HERS).await.expect(429);
    assert!(busy.says("He has begun to follow me.") && busy.says("07700 900123"));
    assert_eq!(house.count("disclosure.applied.v1").await, ASKS_PER_MINUTE as usize);
    let form = [("step", "now"), ("phone", "07700 900123")];
    for _ in 0..EMERGENCIES_PER_MINUTE {
        let _ = ask(&house, &form).await.expect(200);
    }
    assert!(ask(&house, &form).await.expect(429).says("Call 999 now"));
    house.app.clock.advance(std::time::Duration::from_secs(60));
    let _ = ask(&house, &HERS).await.expect(200);
}
