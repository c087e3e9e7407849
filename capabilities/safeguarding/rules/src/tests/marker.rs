//! Markers on an address.

use super::*;
use crate::MarkerKind;
use crate::limits::MARKER_REVIEW_WITHIN;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn weapons() -> Event {
    let words = words("A knife by the door.");
    Event::MarkerSet { marker: 1, of: MarkerKind::Weapons, words, review_at: NOW.plus(DAY * 90) }
}

fn ask(words: &str, review_at: At) -> Command {
    Command::SetMarker { of: MarkerKind::Weapons, words: words.into(), review_at }
}

#[test]
fn a_marker_says_what_must_be_known_and_when_it_is_looked_at_again() {
    let review_at = NOW.plus(DAY * 90);
    let none = || given::<Safeguarding>([]).at(NOW);
    none().when(ask("A knife by the door.", review_at)).then([weapons()]);
    none().when(ask(" ", review_at)).then_refused(Refusal::MarkerWordsMissing);
    none().when(ask("A knife.", NOW)).then_refused(Refusal::MarkerReviewWrong);
    let far = NOW.plus(MARKER_REVIEW_WITHIN).plus(Duration::from_secs(1));
    none().when(ask("A knife.", far)).then_refused(Refusal::MarkerReviewWrong);
}

#[test]
fn one_kind_stands_once_until_it_is_taken_off() {
    let review_at = NOW.plus(DAY * 90);
    let there = || given::<Safeguarding>([weapons()]).at(NOW);
    there().when(ask("Another.", review_at)).then_refused(Refusal::MarkerThere);
    let off = Event::MarkerEnded { marker: 1, reason: words("She moved.") };
    let again = Event::MarkerSet {
        marker: 2,
        of: MarkerKind::Weapons,
        words: words("Another."),
        review_at,
    };
    there().and([off]).when(ask("Another.", review_at)).then([again]);
}

#[test]
fn a_marker_is_kept_on_or_taken_off_with_a_reason() {
    let there = || given::<Safeguarding>([weapons()]).at(NOW);
    let review_at = NOW.plus(DAY * 180);
    let keep = |note: &str| Command::KeepMarker { marker: 1, review_at, note: note.into() };
    there().when(keep("")).then_refused(Refusal::MarkerWhyMissing);
    let note = words("Still there.");
    there().when(keep("Still there.")).then([Event::MarkerKeptOn { marker: 1, review_at, note }]);
    let end = || Command::EndMarker { marker: 1, reason: "She moved.".into() };
    let ended = Event::MarkerEnded { marker: 1, reason: words("She moved.") };
    there().when(end()).then([ended.clone()]);
    let off = || given::<Safeguarding>([weapons(), ended.clone()]).at(NOW);
    off().when(end()).then_refused(Refusal::NoSuchMarker);
    off().when(keep("So.")).then_refused(Refusal::NoSuchMarker);
    assert_eq!(off().state().standing_markers().count(), 0);
}
