//! Every code that a page may show has words, so that none is found missing at three in the
//! morning; and what is erased is gone from the page.

use crate::telling::tests::{House, form};
use disclosure::{
    Channel, ClosureReason, Entry, Group, Level, Outcome, Recipient, Route, Stage, StageTable,
};
use std::time::Duration;
use ui::Locale;
use ui::locale::Words;

#[track_caller]
fn have(words: &Words, stem: &str, codes: impl IntoIterator<Item = String>) {
    for code in codes {
        let id = format!("disclosure-{stem}-{code}");
        assert!(words.has(Locale::En, &id), "no words for {id}");
    }
}

#[test]
fn every_code_and_every_event_has_words() {
    let words = Words::load();
    let owned = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect::<Vec<_>>();
    have(&words, "channel", owned(Channel::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "end", owned(ClosureReason::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "entry", owned(Entry::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "group", owned(Group::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "level", owned(Level::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "outcome", owned(Outcome::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "recipient", owned(Recipient::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "route", owned(Route::ALL.iter().map(|one| one.code()).collect()));
    have(&words, "stage", owned(Stage::ALL.iter().map(|one| one.code()).collect()));
    let table = StageTable::default();
    have(&words, "check", table.checks.into_iter().map(|kind| kind.code));
    have(&words, "pause", table.pauses.into_iter().map(|pause| pause.code));
    let fossils = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/fossils");
    let names = std::fs::read_dir(fossils).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    let kinds = names.map(|name| {
        let kind = name.trim_start_matches("disclosure.").trim_end_matches(".v1.json");
        kind.replace('_', "-")
    });
    have(&words, "did", kinds);
}

#[tokio::test]
async fn after_its_year_the_page_names_nobody_and_no_search_finds_anybody() {
    let house = House::new().await;
    let mut form = form();
    form.subject.date_of_birth = "1980-01-01".into();
    let id = house.applied(form).await;
    let class = kernel::retention::APPLICATION;
    let day = Duration::from_secs(86_400);
    house.app.clock.advance(day * (class.keep_days + 1));
    house.app.engine.trust_clock().unwrap();
    house.app.engine.forget_expired().await.unwrap();
    let gone = async || house.app.engine.is_forgotten(&id.stream()).await.unwrap();
    house.app.eventually("it is erased", gone).await;
    let page = house.officer().get(&format!("/disclosures/{id}")).await.expect(200);
    assert!(page.says("What was said has been erased") && !page.says("Example"));
    let form = [("name", "Example Person"), ("date_of_birth", "1 1 1980")];
    let found = house.officer().post("/disclosures/find", &form).await.expect(200);
    assert!(found.says("Nothing found"));
}
