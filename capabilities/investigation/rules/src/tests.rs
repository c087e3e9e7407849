//! The rules of an investigation, one sentence each.

mod case;
mod statement;

use crate::tables::{Offences, Outcomes, Policy};
use crate::{Classified, Command, Event, Investigation, Refusal, Tables};
use kernel::spec::given;
use kernel::{At, Personal};
use std::sync::Arc;

/// When everything of a specification happens, unless it says otherwise.
const START: At = At::from_seconds(1_800_000_000);

/// Tables of two offences and two outcomes, one of each retired.
fn tables() -> Arc<Tables> {
    let offences: Offences = serde_json::from_value(serde_json::json!({
        "version": 3,
        "offences": [
            { "code": "assault", "title": "Assault", "class": "1X" },
            { "code": "affray", "title": "Affray", "retired": true },
        ],
    }))
    .unwrap();
    let outcomes: Outcomes = serde_json::from_value(serde_json::json!({
        "version": 4,
        "outcomes": [
            { "code": "1", "title": "Charged" },
            { "code": "7", "title": "Warned", "retired": true },
        ],
    }))
    .unwrap();
    let policy = Policy { version: 1, recording_hours: 24, enquiry_days: 7, take_in_hours: 24 };
    Arc::new(Tables { offences, outcomes, policy })
}

fn kept(from: u32, removed: u32, paragraphs: &[&str]) -> Event {
    let paragraphs = paragraphs.iter().map(|one| Personal::new((*one).to_owned())).collect();
    Event::AccountKept { from, removed, paragraphs }
}

/// A crime that was named in words alone.
fn named(offence: &str, reason: &str) -> Event {
    let (offence, reason) = (offence.to_owned().into(), reason.to_owned().into());
    Event::RecordedCrime { offence, reason, code: None, since: None, until: None }
}

fn keep(text: &str) -> Command {
    Command::KeepAccount { text: text.into() }
}

#[test]
fn the_first_words_are_kept_by_paragraph() {
    given::<Investigation>([])
        .when(keep("He came at one.\nHe shouted.\n\n\nThen he left.\n"))
        .then([kept(0, 0, &["He came at one.\nHe shouted.", "Then he left."])]);
}

#[test]
fn only_the_paragraph_that_changed_is_kept_again() {
    let before = kept(0, 0, &["One.", "Two.", "Three."]);
    given::<Investigation>([before.clone()])
        .when(keep("One.\n\nTwo and a half.\n\nThree."))
        .then([kept(1, 1, &["Two and a half."])]);
    given::<Investigation>([before.clone()])
        .when(keep("One.\n\nTwo.\n\nThree.\n\nFour."))
        .then([kept(3, 0, &["Four."])]);
    given::<Investigation>([before]).when(keep("One.\n\nThree.")).then([kept(1, 1, &[])]);
}

#[test]
fn what_has_not_changed_is_not_kept_again() {
    given::<Investigation>([kept(0, 0, &["One.", "Two."])]).when(keep("One.\n\nTwo.\n")).then([]);
    given::<Investigation>([]).when(keep("  \n\n ")).then([]);
}

#[test]
fn a_rewritten_paragraph_keeps_its_first_time_and_a_new_one_has_its_own() {
    let later = At::from_seconds(1_800_000_600);
    let state = given::<Investigation>([kept(0, 0, &["One.", "Two."])])
        .at(later)
        .and([kept(1, 1, &["Two, again.", "Three."])])
        .state();
    let first = At::from_seconds(1_800_000_000);
    let times: Vec<_> = state.paragraphs.iter().map(|one| one.at).collect();
    assert_eq!(times, [first, first, later]);
    assert_eq!(state.account(), "One.\n\nTwo, again.\n\nThree.");
    assert_eq!(state.kept_at, Some(later));
}

#[test]
fn an_account_has_a_limit() {
    let long = "a".repeat(crate::limits::ACCOUNT_CHARS_MAX + 1);
    given::<Investigation>([]).when(keep(&long)).then_refused(Refusal::AccountTooLong);
}

#[test]
fn a_crime_needs_an_offence_and_a_reason_and_no_crime_needs_a_reason() {
    let crime = |offence: &str, reason: &str| Command::RecordCrime {
        offence: offence.into(),
        reason: reason.into(),
    };
    given::<Investigation>([]).when(crime(" ", "x")).then_refused(Refusal::OffenceMissing);
    given::<Investigation>([]).when(crime("x", "")).then_refused(Refusal::ReasonMissing);
    let none = Command::RecordNonCrime { reason: " ".into() };
    given::<Investigation>([]).when(none).then_refused(Refusal::ReasonMissing);
    given::<Investigation>([])
        .when(crime("Common assault", "She was pushed."))
        .then([named("Common assault", "She was pushed.")]);
}

#[test]
fn the_last_decision_counts_and_the_same_again_is_no_news() {
    let reason = || Personal::new("Nothing was done or threatened.".to_owned());
    let crime = named("x", "Nothing was done or threatened.");
    let none = Event::RecordedNonCrime { reason: reason() };
    let given_both = || given::<Investigation>([crime.clone(), none.clone()]);
    assert_eq!(given_both().state().classified, Some(Classified::NonCrime { reason: reason() }));
    let same = Command::RecordNonCrime { reason: "Nothing was done or threatened.".into() };
    given_both().when(same).then([]);
}

#[test]
fn an_erased_account_can_be_written_anew() {
    let erased = Event::AccountKept { from: 0, removed: 0, paragraphs: vec![Personal::Erased] };
    given::<Investigation>([erased]).when(keep("One.")).then([kept(0, 1, &["One."])]);
}

#[test]
fn every_event_ever_stored_still_reads_and_every_kind_has_a_fossil() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fossils");
    let mut kinds = std::collections::BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let stored: serde_json::Value = serde_json::from_str(&text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
        kinds.insert(stored["kind"].as_str().unwrap().to_owned());
    }
    let source = include_str!("event.rs");
    let named = source.split("rename = \"investigation.").skip(1);
    for kind in named.map(|rest| rest.split('"').next().unwrap()) {
        assert!(kinds.contains(&format!("investigation.{kind}")), "no fossil of {kind}");
    }
}
