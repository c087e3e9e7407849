//! The statement as it is drafted, read aloud and agreed.

use super::House;
use crate::files;
use kernel::Role;

async fn seen(house: &House) -> String {
    let stream = investigation::InvestigationId::from(house.incident).stream();
    let engine = &house.app.engine;
    let (known, _) = engine.state::<investigation::Investigation>(&stream).await.unwrap();
    files::digest(known.statement.text())
}

#[tokio::test]
async fn a_statement_begins_with_the_account_and_is_saved_section_by_section() {
    let house = House::new().await;
    house.refused("statement/draft", &[], "no account yet").await;
    house.done("investigation", &[("account", "He came at one.\n\nHe left.")]).await;
    house.done("statement/draft", &[]).await;
    house
        .done(
            "statement",
            &[("section_harm", "My arm hurt."), ("section_events", "He came at one.")],
        )
        .await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("statement")).await.expect(200);
    assert!(page.says("My arm hurt.") && page.says("He came at one."));
    assert_eq!(house.happened("investigation.statement_kept.v1").await, 3);
    house.refused("statement/draft", &[], "Nothing was replaced").await;
    let long = "a".repeat(20_001);
    house.refused("statement", &[("section_harm", &long)], "too long for her to read").await;
}

#[tokio::test]
async fn an_autosave_answers_without_a_page_and_names_the_fault() {
    let house = House::new().await;
    let officer = house.app.signed_in(Role::Responder).with_header("x-autosave", "1");
    let _ =
        officer.post(&house.at("statement"), &[("section_events", "He came.")]).await.expect(204);
    let long = "a".repeat(20_001);
    let refused =
        officer.post(&house.at("statement"), &[("section_events", &long)]).await.expect(422);
    assert!(refused.json()["errors"]["statement"].as_str().unwrap().contains("too long"));
}

#[tokio::test]
async fn her_word_after_a_reading_aloud_is_voided_by_the_first_change() {
    let house = House::new().await;
    house.done("statement", &[("section_events", "He came at one.")]).await;
    let seen = seen(&house).await;
    let clock = "2025-11-03T09:00";
    let aloud = "statement/aloud";
    house.refused(aloud, &[("seen", "x"), ("spoken_at", clock)], "Read it again first").await;
    house.refused(aloud, &[("seen", &seen), ("spoken_at", "soon")], "e.g. 3 November").await;
    let early = [("seen", seen.as_str()), ("spoken_at", "2025-11-03T08:00")];
    house.refused(aloud, &early, "Read it to her again").await;
    let late = [("seen", seen.as_str()), ("spoken_at", "2025-11-03T10:00")];
    house.refused(aloud, &late, "in the future").await;
    house.done(aloud, &[("seen", &seen), ("spoken_at", clock)]).await;
    let officer = house.app.signed_in(Role::Responder);
    let page = officer.get(&house.at("statement")).await.expect(200);
    assert!(page.says("she says it is right") && page.says(&seen));
    house.done("statement", &[("section_events", "He came at two.")]).await;
    let page = officer.get(&house.at("statement")).await.expect(200);
    assert!(page.says("Changed since she agreed") && page.says("He came at one."));
    assert_eq!(house.happened("investigation.statement_voided.v1").await, 1);
}

#[tokio::test]
async fn nothing_is_put_on_her_screen_while_she_is_in_no_call() {
    let house = House::new().await;
    house.done("statement", &[("section_events", "He came.")]).await;
    let seen = seen(&house).await;
    house.refused("statement/offered", &[("seen", &seen)], "not in a call now").await;
    house.refused("statement/taken-back", &[], "No statement waits").await;
    assert_eq!(house.happened("investigation.statement_offered.v1").await, 0);
}
