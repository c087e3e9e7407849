//! The statement and her word for it, one sentence each.

use super::{START, keep, kept};
use crate::state::Stands;
use crate::{Command, Event, Investigation, Refusal, Section, Seen, Way};
use call::{CallId, ReadingId};
use kernel::spec::{Given, given};
use kernel::time::minutes;

/// Rules make no digest: they are handed one with the letters that it is of.
fn digest(text: &str) -> String {
    format!("digest of {text}")
}

fn seen(text: &str) -> Seen {
    Seen { text: text.into(), digest: digest(text) }
}

fn written(section: Section, text: &str) -> Event {
    Event::StatementKept { section, text: text.to_owned().into() }
}

fn typed(section: Section, text: &str) -> Command {
    Command::KeepStatement { sections: vec![(section, text.into())] }
}

fn screen() -> Way {
    Way::Screen { call: CallId(12), reading: ReadingId(10) }
}

fn aloud() -> Way {
    Way::Aloud { call: Some(CallId(12)) }
}

fn offer(text: &str) -> Command {
    Command::OfferStatement { way: screen(), seen: seen(text) }
}

fn offered(version: u32, way: Way, text: &str) -> Event {
    Event::StatementOffered { version, way, digest: digest(text).into() }
}

fn agreed(version: u32, way: Way, text: &str) -> Event {
    let digest = digest(text).into();
    Event::StatementAcknowledged { version, way, digest, answered_at: START }
}

fn answer(version: u32, right: bool, words: &str) -> Command {
    Command::AnswerStatement { version, right, words: words.into(), answered_at: START }
}

fn one() -> Given<Investigation> {
    given::<Investigation>([written(Section::Events, "He came.")])
}

#[test]
fn only_the_section_that_changed_is_kept_again() {
    one()
        .when(Command::KeepStatement {
            sections: vec![
                (Section::Events, "He came.\r\n".into()),
                (Section::Harm, "My arm.".into()),
                (Section::Words, " ".into()),
            ],
        })
        .then([written(Section::Harm, "My arm.")]);
    one().when(typed(Section::Events, " He came. ")).then([]);
}

#[test]
fn a_statement_is_read_in_the_order_of_its_sections_whatever_was_typed_first() {
    let state = one().and([written(Section::Background, "He is my husband.")]).state();
    assert_eq!(state.statement.text(), "He is my husband.\n\nHe came.");
}

#[test]
fn a_draft_begins_with_the_account_and_replaces_nothing() {
    given::<Investigation>([kept(0, 0, &["One.", "Two."])])
        .when(Command::DraftStatement)
        .then([written(Section::Events, "One.\n\nTwo.")]);
    given::<Investigation>([]).when(Command::DraftStatement).then_refused(Refusal::AccountEmpty);
    one().when(Command::DraftStatement).then_refused(Refusal::DraftExists);
}

#[test]
fn a_statement_has_a_limit_over_all_its_sections() {
    let long = "a".repeat(crate::limits::STATEMENT_CHARS_MAX - 4);
    one().when(typed(Section::Harm, &long)).then_refused(Refusal::StatementTooLong);
}

#[test]
fn she_is_asked_about_the_text_that_the_officer_saw_and_about_nothing_else() {
    one().when(offer("He came.")).then([offered(1, screen(), "He came.")]);
    one().when(offer("He left.")).then_refused(Refusal::StatementChanged);
    given::<Investigation>([]).when(offer("")).then_refused(Refusal::StatementEmpty);
    let asked = one().and([offered(1, screen(), "He came.")]);
    asked.when(offer("He came.")).then_refused(Refusal::OnOffer);
}

#[test]
fn her_word_carries_the_digest_of_what_she_read_and_the_time() {
    let asked = || one().and([offered(1, screen(), "He came.")]);
    asked().when(answer(1, true, "")).then([agreed(1, screen(), "He came.")]);
    let words = "It was two.".to_owned().into();
    let disputed = Event::StatementDisputed { version: 1, words, answered_at: START };
    asked().when(answer(1, false, "It was two.")).then([disputed.clone()]);
    asked().when(answer(2, true, "")).then_refused(Refusal::NotOnOffer);
    one().when(answer(1, true, "")).then_refused(Refusal::NotOnOffer);
    let after = asked().and([disputed]);
    after.when(offer("He came.")).then([offered(2, screen(), "He came.")]);
}

#[test]
fn a_change_afterwards_voids_her_word_and_one_meanwhile_takes_the_text_back() {
    let word = one().and([offered(1, screen(), "He came."), agreed(1, screen(), "He came.")]);
    let changed = written(Section::Events, "He came at one.");
    word.when(typed(Section::Events, "He came at one."))
        .then([changed.clone(), Event::StatementVoided { version: 1 }]);
    one()
        .and([offered(1, screen(), "He came.")])
        .when(typed(Section::Events, "He came at one."))
        .then([changed.clone(), Event::StatementTakenBack { version: 1 }]);
    let later = START.plus(minutes(5));
    let state = one()
        .and([offered(1, screen(), "He came."), agreed(1, screen(), "He came.")])
        .at(later)
        .and([changed, Event::StatementVoided { version: 1 }])
        .state();
    let version = &state.statement.versions[0];
    assert_eq!(version.stands, Stands::Voided { said: START, at: later });
    assert_eq!(version.text(), "He came.", "what she had before her is kept whole");
    assert!(state.statement.acknowledged().is_none());
}

#[test]
fn what_is_typed_again_as_it_stood_voids_nothing() {
    let word = one().and([offered(1, screen(), "He came."), agreed(1, screen(), "He came.")]);
    word.when(typed(Section::Events, "He came.")).then([]);
}

#[test]
fn she_is_not_asked_twice_about_what_she_agreed_to() {
    let word = one().and([offered(1, aloud(), "He came."), agreed(1, aloud(), "He came.")]);
    word.when(offer("He came.")).then_refused(Refusal::AcknowledgedAlready);
}

#[test]
fn a_text_can_be_taken_back_and_only_while_it_is_before_her() {
    let asked = one().and([offered(1, screen(), "He came.")]);
    asked.when(Command::TakeStatementBack).then([Event::StatementTakenBack { version: 1 }]);
    one().when(Command::TakeStatementBack).then_refused(Refusal::NotOnOffer);
}

#[test]
fn read_aloud_she_agrees_at_a_time_after_the_last_change_and_not_in_the_future() {
    let say = |text: &str, spoken_at| Command::AcknowledgeAloud {
        way: aloud(),
        seen: seen(text),
        spoken_at,
    };
    one()
        .when(say("He came.", START))
        .then([offered(1, aloud(), "He came."), agreed(1, aloud(), "He came.")]);
    let before = START.minus(minutes(1));
    one().when(say("He came.", before)).then_refused(Refusal::SpokenBefore);
    let ahead = START.plus(minutes(6));
    one().when(say("He came.", ahead)).then_refused(Refusal::SpokenInFuture);
    one().when(say("He left.", START)).then_refused(Refusal::StatementChanged);
}

#[test]
fn an_account_that_goes_on_leaves_her_word_alone() {
    let word = one().and([offered(1, screen(), "He came."), agreed(1, screen(), "He came.")]);
    word.when(keep("He came back.")).then([kept(0, 0, &["He came back."])]);
}

#[test]
fn she_is_not_asked_without_end() {
    let mut asked = one();
    for version in 1..=crate::limits::VERSIONS_MAX as u32 {
        let taken = Event::StatementTakenBack { version };
        asked = asked.and([offered(version, screen(), "He came."), taken]);
    }
    asked.when(offer("He came.")).then_refused(Refusal::TooManyVersions);
}
