//! Answers, who could hear, and how the two talked.

use super::*;
use crate::{Cause, Earshot, Refusal, Risk};
use kernel::spec::given;

fn note(channel: Channel, who: &[Earshot], words: &str) -> Command {
    let who = who.iter().copied().collect();
    ask(Act::NoteEarshot { channel, who, words: words.into() })
}

fn noted(who: &[Earshot]) -> Event {
    let who: BTreeSet<_> = who.iter().copied().collect();
    Event::EarshotNoted { who: who.into(), words: String::new().into() }
}

#[test]
fn the_first_answer_starts_the_assessment_and_says_how() {
    given::<Risk>([])
        .when(keep(vec![answer("hurt", value("often")), answer("breath", Given::NotAsked {})]))
        .then([started(), answered("hurt", value("often"))]);
    given::<Risk>([]).when(keep(vec![answer("hurt", Given::NotAsked {})])).then([]);
}

#[test]
fn only_answers_that_changed_are_kept() {
    let page = || vec![answer("hurt", value("often")), answer("breath", Given::Declined {})];
    given::<Risk>([started(), answered("hurt", value("often"))])
        .when(keep(page()))
        .then([answered("breath", Given::Declined {})]);
    let both =
        [started(), answered("hurt", value("often")), answered("breath", Given::Declined {})];
    given::<Risk>(both.clone()).when(keep(page())).then([]);
    let back = vec![answer("breath", Given::NotAsked {})];
    given::<Risk>(both).when(keep(back)).then([answered("breath", Given::NotAsked {})]);
}

#[test]
fn an_answer_that_the_pack_does_not_have_is_refused_by_its_name() {
    let wrong = Refusal::NoSuchAnswer("breath".into());
    given::<Risk>([]).when(keep(vec![answer("breath", value("often"))])).then_refused(wrong);
    let gone = Refusal::NoSuchAnswer("gone".into());
    given::<Risk>([]).when(keep(vec![answer("gone", Given::Unable {})])).then_refused(gone);
}

#[test]
fn an_assessment_that_goes_on_by_voice_is_marked_once() {
    let mark = || ask(Act::MarkChannel { channel: Channel::AudioOnly });
    let marked = Event::ChannelMarked { channel: Channel::AudioOnly };
    given::<Risk>([started()]).when(mark()).then([marked.clone()]);
    given::<Risk>([started(), marked.clone()]).when(mark()).then([]);
    given::<Risk>([started()])
        .when(keep_by(Channel::AudioOnly, vec![answer("breath", value("yes"))]))
        .then([marked, answered("breath", value("yes"))]);
}

#[test]
fn a_call_that_breaks_after_the_grade_marks_nothing() {
    let mark = || ask(Act::MarkChannel { channel: Channel::Interrupted });
    given::<Risk>([]).when(mark()).then_refused(Refusal::NotUnderWay);
    given::<Risk>(done(Grade::Medium)).when(mark()).then_refused(Refusal::NotUnderWay);
    given::<Risk>(done(Grade::Medium))
        .and([answered("breath", value("no"))])
        .when(mark())
        .then([Event::ChannelMarked { channel: Channel::Interrupted }]);
}

#[test]
fn who_can_hear_is_asked_at_the_start_and_kept_whenever_it_changes() {
    let alone = || note(Channel::Video, &[Earshot::Alone], "");
    given::<Risk>([]).when(alone()).then([started(), noted(&[Earshot::Alone])]);
    given::<Risk>([started(), noted(&[Earshot::Alone])]).when(alone()).then([]);
    let came = [Earshot::Child, Earshot::Unknown];
    given::<Risk>([started(), noted(&[Earshot::Alone])])
        .when(note(Channel::Video, &came, ""))
        .then([noted(&came)]);
    let both = [Earshot::Alone, Earshot::Suspect];
    given::<Risk>([]).when(note(Channel::Video, &both, "")).then_refused(Refusal::AloneWithOthers);
    given::<Risk>([]).when(note(Channel::NoCall, &[], " ")).then([]);
    let long = "x".repeat(crate::limits::NOTE_CHARS_MAX + 1);
    given::<Risk>([]).when(note(Channel::Video, &[], &long)).then_refused(Refusal::TooLong);
}

#[test]
fn every_answer_keeps_who_could_hear_it() {
    let events = [
        started(),
        answered("apart", value("yes")),
        noted(&[Earshot::Alone]),
        answered("breath", value("no")),
        noted(&[Earshot::Suspect]),
        answered("hurt", value("never")),
    ];
    let state = given::<Risk>(events).state();
    let known = state.assessment().unwrap();
    let heard = |id: &str| known.answers[id].heard;
    assert_eq!([heard("apart"), heard("breath"), heard("hurt")], [None, Some(0), Some(1)]);
}

#[test]
fn at_the_door_is_said_once_and_stays_true_of_later_answers() {
    let at_the_door = note(Channel::InPerson, &[], "");
    given::<Risk>([]).when(at_the_door).then([started_by(Channel::InPerson)]);
    given::<Risk>([started_by(Channel::InPerson)])
        .when(keep_by(Channel::NoCall, vec![answer("breath", value("no"))]))
        .then([answered("breath", value("no"))]);
}

#[test]
fn an_answer_that_changes_after_the_grade_asks_for_a_new_one_once() {
    let change = |code: &str| keep(vec![answer("breath", value(code))]);
    let due = At(NOW.0 + 12 * HOUR);
    let asked = Event::ReassessmentDue { cause: Cause::AnswersChanged, due };
    given::<Risk>(done(Grade::Medium))
        .when(change("no"))
        .then([answered("breath", value("no")), asked.clone()]);
    given::<Risk>(done(Grade::Medium))
        .and([answered("breath", value("no")), asked])
        .when(change("yes"))
        .then([answered("breath", value("yes"))]);
}

#[test]
fn answers_to_other_questions_are_not_mixed_in_and_a_new_round_begins_with_them() {
    let old = Event::AssessmentStarted {
        instrument: "demonstration".into(),
        version: 1,
        channel: Channel::Video,
    };
    let one = || keep(vec![answer("breath", value("yes"))]);
    let begin = || ask(Act::Begin { channel: Channel::Video });
    given::<Risk>([old.clone()]).when(one()).then_refused(Refusal::OtherInstrument);
    given::<Risk>([old.clone()]).when(begin()).then([started()]);
    given::<Risk>([started()]).when(begin()).then_refused(Refusal::UnderWay);
    given::<Risk>(done(Grade::High)).when(begin()).then([started()]);
    let state = given::<Risk>(done(Grade::High)).and([started()]).state();
    let known = state.assessment().unwrap();
    assert_eq!((known.round, known.answers.len(), known.judged.len()), (2, 0, 1));
    assert!(known.under_way() && known.second_due.is_some(), "what was owed is owed");
}
