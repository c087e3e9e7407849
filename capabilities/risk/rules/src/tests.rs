//! The rules of an assessment, one sentence each.

use crate::{Answer, Channel, Command, Event, Flag, Given, Grade, Instrument, Question, Refusal};
use crate::{Risk, Scale, Section};
use kernel::Personal;
use kernel::spec::given;

fn value(code: &str) -> Given {
    Given::Value(Personal::new(code.to_owned()))
}

fn answer(question: &str, given: Given) -> Answer {
    Answer { question: question.into(), given, note: String::new() }
}

fn keep(answers: Vec<Answer>) -> Command {
    keep_by(Channel::Video, answers)
}

fn keep_by(channel: Channel, answers: Vec<Answer>) -> Command {
    Command::Keep { instrument: "demo".into(), version: 1, channel, answers }
}

fn started() -> Event {
    let channel = Channel::Video;
    Event::AssessmentStarted { instrument: "demo".into(), version: 1, channel }
}

fn answered(question: &str, given: Given) -> Event {
    Event::Answered { question: question.into(), given, note: Personal::new(String::new()) }
}

fn graded() -> Event {
    let reason = Personal::new("She is afraid tonight.".to_owned());
    Event::Graded { grade: Grade::High, reason, answered: 1, unanswered: 2 }
}

fn grade(reason: &str) -> Command {
    Command::Grade { grade: Grade::High, reason: reason.into(), questions: 3 }
}

#[test]
fn the_first_answer_starts_the_assessment_and_says_how() {
    given::<Risk>([])
        .when(keep(vec![answer("a", value("often")), answer("b", Given::NotAsked {})]))
        .then([started(), answered("a", value("often"))]);
    given::<Risk>([]).when(keep(vec![answer("a", Given::NotAsked {})])).then([]);
}

#[test]
fn only_answers_that_changed_are_kept() {
    let page = || vec![answer("a", value("often")), answer("b", Given::Declined {})];
    given::<Risk>([started(), answered("a", value("often"))])
        .when(keep(page()))
        .then([answered("b", Given::Declined {})]);
    let both = [started(), answered("a", value("often")), answered("b", Given::Declined {})];
    given::<Risk>(both.clone()).when(keep(page())).then([]);
    let back = vec![answer("b", Given::NotAsked {})];
    given::<Risk>(both).when(keep(back)).then([answered("b", Given::NotAsked {})]);
}

#[test]
fn an_assessment_that_goes_on_by_voice_is_marked_once() {
    let mark = || Command::MarkChannel { channel: Channel::AudioOnly };
    let marked = Event::ChannelMarked { channel: Channel::AudioOnly };
    given::<Risk>([started()]).when(mark()).then([marked.clone()]);
    given::<Risk>([started(), marked.clone()]).when(mark()).then([]);
    given::<Risk>([started()])
        .when(keep_by(Channel::AudioOnly, vec![answer("a", value("yes"))]))
        .then([marked, answered("a", value("yes"))]);
}

#[test]
fn a_call_that_breaks_after_the_grade_marks_nothing() {
    let mark = || Command::MarkChannel { channel: Channel::Interrupted };
    given::<Risk>([]).when(mark()).then_refused(Refusal::NotUnderWay);
    let done = [started(), answered("a", value("yes")), graded()];
    given::<Risk>(done.clone()).when(mark()).then_refused(Refusal::NotUnderWay);
    given::<Risk>(done)
        .and([answered("a", value("no"))])
        .when(mark())
        .then([Event::ChannelMarked { channel: Channel::Interrupted }]);
}

#[test]
fn a_grade_is_the_officers_and_needs_a_reason() {
    let asked = [started(), answered("a", value("yes"))];
    given::<Risk>(asked.clone()).when(grade(" ")).then_refused(Refusal::ReasonMissing);
    given::<Risk>(asked).when(grade("She is afraid tonight.")).then([graded()]);
    given::<Risk>([]).when(grade("x")).then_refused(Refusal::NothingAnswered);
    given::<Risk>([started()]).when(grade("x")).then_refused(Refusal::NothingAnswered);
}

#[test]
fn no_answer_ever_changes_a_grade() {
    let often = [started(), answered("a", value("often")), graded()];
    let state = given::<Risk>(often).and([answered("a", value("never"))]).state();
    let assessment = state.assessment().unwrap();
    let graded = assessment.graded.as_ref().unwrap();
    assert_eq!((graded.grade, graded.outdated), (Grade::High, true));
    assert!(assessment.under_way());
}

#[test]
fn the_same_grade_again_is_no_news_until_answers_change() {
    let done = [started(), answered("a", value("yes")), graded()];
    given::<Risk>(done.clone()).when(grade("She is afraid tonight.")).then([]);
    let state = given::<Risk>(done).and([answered("b", value("yes"))]);
    let again = Event::Graded {
        grade: Grade::High,
        reason: Personal::new("She is afraid tonight.".to_owned()),
        answered: 2,
        unanswered: 1,
    };
    state.when(grade("She is afraid tonight.")).then([again]);
}

#[test]
fn answers_to_other_questions_are_not_mixed_in() {
    let other = Command::Keep {
        instrument: "demo".into(),
        version: 2,
        channel: Channel::Video,
        answers: vec![answer("a", value("yes"))],
    };
    given::<Risk>([started()]).when(other).then_refused(Refusal::OtherInstrument);
}

fn pack() -> Instrument {
    let step = |code: &str| [code.to_owned(), code.to_owned()];
    let ask = |id: &str, scale| Question {
        id: id.into(),
        ask: "?".into(),
        hint: String::new(),
        scale,
        after: None,
    };
    Instrument {
        name: "demo".into(),
        version: 1,
        title: "Demo".into(),
        about: String::new(),
        frequency: vec![step("never"), step("sometimes"), step("often")],
        frequency_counts_from: 1,
        section: vec![Section {
            title: "One".into(),
            question: vec![ask("a", Scale::Frequency), ask("b", Scale::YesNo)],
        }],
        flag: vec![Flag {
            id: "both".into(),
            says: "Both".into(),
            of: vec!["a".into(), "b".into()],
            needs: 2,
        }],
    }
}

#[test]
fn answers_that_belong_together_raise_a_flag_and_nothing_else() {
    let pack = pack();
    let raised = |a, b| pack.raised(&[("a", a), ("b", b)].into_iter().collect()).len();
    assert_eq!([raised("often", "yes"), raised("never", "yes"), raised("often", "no")], [1, 0, 0]);
}

#[test]
fn a_pack_accepts_only_its_own_questions_and_answers() {
    let pack = pack();
    assert!(pack.accepts("a", &value("often")) && pack.accepts("b", &Given::Unable {}));
    assert!(!pack.accepts("a", &value("yes")) && !pack.accepts("c", &Given::Declined {}));
    assert_eq!(pack.faults(), Vec::<String>::new());
    let mut broken = pack;
    broken.flag[0].needs = 3;
    broken.section[0].question[1].after = Some("z".into());
    assert_eq!(broken.faults().len(), 2);
}

#[test]
fn every_event_ever_stored_still_reads() {
    let fossils = [
        include_str!("../fossils/risk.assessment_started.v1.json"),
        include_str!("../fossils/risk.answered.v1.json"),
        include_str!("../fossils/risk.channel_marked.v1.json"),
        include_str!("../fossils/risk.graded.v1.json"),
    ];
    for text in fossils {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
