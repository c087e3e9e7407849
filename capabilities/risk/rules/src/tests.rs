//! The rules of an assessment, one sentence each.

mod closing;
mod grade;
mod keeping;
mod pack;

use crate::event::{Channel, Event, Given, Grade};
use crate::{Act, Answer, Command, Instrument, Policy};
use kernel::id::StaffId;
use kernel::{Actor, At, Personal, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// When `kernel::spec` decides.
const NOW: At = At::from_seconds(1_800_000_000);
const HOUR: i64 = 3_600_000_000;

fn demonstration() -> Instrument {
    toml::from_str(include_str!("../../../../instruments/demonstration.toml")).unwrap()
}

fn policy() -> Policy {
    toml::from_str(include_str!("../../../../instruments/risk.toml")).unwrap()
}

fn ask(act: Act) -> Command {
    Command { pack: Arc::new(demonstration()), policy: Arc::new(policy()), act }
}

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
    ask(Act::Keep { channel, answers })
}

fn started_by(channel: Channel) -> Event {
    Event::AssessmentStarted { instrument: "demonstration".into(), version: 2, channel }
}

fn started() -> Event {
    started_by(Channel::Video)
}

fn answered(question: &str, given: Given) -> Event {
    Event::Answered { question: question.into(), given, note: Personal::new(String::new()) }
}

fn heard() -> Event {
    let who = BTreeSet::from([crate::Earshot::Alone]);
    Event::EarshotNoted { who: who.into(), words: String::new().into() }
}

fn graded(grade: Grade) -> Event {
    let high = grade == Grade::High;
    Event::Graded {
        grade,
        reason: Personal::new("She is afraid tonight.".to_owned()),
        answered: 1,
        unanswered: policy_unanswered(),
        by: Some(StaffId(1)),
        second_due: high.then_some(At(NOW.0 + 24 * HOUR)),
        review_at: high.then_some(At(NOW.0 + 28 * 24 * HOUR)),
    }
}

/// Questions of the demonstration that are asked and open once `breath` alone has an answer.
fn policy_unanswered() -> u32 {
    let pack = demonstration();
    pack.questions().filter(|question| question.after.is_none()).count() as u32 - 1
}

fn grade_with(grade: Grade, reason: &str, acknowledged: BTreeMap<String, String>) -> Command {
    ask(Act::Grade { grade, reason: reason.into(), acknowledged, officer: None })
}

fn grade(grade: Grade, reason: &str) -> Command {
    grade_with(grade, reason, BTreeMap::new())
}

fn staff(id: u128, role: Role) -> Actor {
    Actor::Staff { id: StaffId(id), roles: vec![role] }
}

fn system() -> Actor {
    Actor::Client { name: "records".into() }
}

/// One answer, asked alone, by video.
fn asked() -> Vec<Event> {
    vec![started(), heard(), answered("breath", value("yes"))]
}

fn done(grade: Grade) -> Vec<Event> {
    let mut events = asked();
    events.push(graded(grade));
    events
}

#[test]
fn every_event_ever_stored_still_reads() {
    let fossils = [
        include_str!("../fossils/risk.assessment_started.v1.json"),
        include_str!("../fossils/risk.answered.v1.json"),
        include_str!("../fossils/risk.channel_marked.v1.json"),
        include_str!("../fossils/risk.graded.v1.json"),
        include_str!("../fossils/risk.graded.v1.with-second.json"),
        include_str!("../fossils/risk.earshot_noted.v1.json"),
        include_str!("../fossils/risk.contradiction_acknowledged.v1.json"),
        include_str!("../fossils/risk.second_graded.v1.json"),
        include_str!("../fossils/risk.reassessment_due.v1.json"),
        include_str!("../fossils/risk.visit_booked.v1.json"),
        include_str!("../fossils/risk.visit_attended.v1.json"),
        include_str!("../fossils/risk.closing_allowed.v1.json"),
    ];
    for text in fossils {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
