//! The rules of an arrest request, one sentence each.

use crate::{Arrest, Command, Event, Necessity, Refusal, Request};
use incident::IncidentId;
use kernel::Personal;
use kernel::spec::given;
use std::collections::BTreeSet;

fn full() -> Request {
    Request {
        incident: IncidentId(1),
        suspect: "Example Suspect".into(),
        grounds: "She saw him break the window.".into(),
        necessity: BTreeSet::from([Necessity::Protect]),
        necessity_words: "He said he would return tonight.".into(),
        whereabouts: String::new(),
        risks: "None known.".into(),
    }
}

fn ask(request: Request) -> Command {
    Command::Request(Box::new(request))
}

fn requested() -> Event {
    let words = |text: &str| Personal::new(text.to_owned());
    Event::Requested {
        incident: IncidentId(1),
        suspect: words("Example Suspect"),
        grounds: words("She saw him break the window."),
        necessity: vec![Necessity::Protect],
        necessity_words: words("He said he would return tonight."),
        whereabouts: words(""),
        risks: words("None known."),
    }
}

#[test]
fn a_request_says_who_why_why_now_and_what_to_beware_of() {
    given::<Arrest>([]).when(ask(full())).then([requested()]);
    type Spoil = fn(&mut Request);
    let without: [(Spoil, Refusal); 5] = [
        (|r| r.suspect.clear(), Refusal::SuspectMissing),
        (|r| r.grounds = " ".into(), Refusal::GroundsMissing),
        (|r| r.necessity.clear(), Refusal::NecessityMissing),
        (|r| r.necessity_words.clear(), Refusal::NecessityWordsMissing),
        (|r| r.risks.clear(), Refusal::RisksMissing),
    ];
    for (spoil, refusal) in without {
        let mut request = full();
        spoil(&mut request);
        given::<Arrest>([]).when(ask(request)).then_refused(refusal);
    }
}

#[test]
fn a_request_has_a_limit_in_every_field() {
    let mut request = full();
    request.whereabouts = "x".repeat(crate::limits::WORDS_CHARS_MAX + 1);
    given::<Arrest>([]).when(ask(request)).then_refused(Refusal::TooLong);
}

#[test]
fn a_request_is_made_once_and_withdrawn_with_a_reason() {
    given::<Arrest>([requested()]).when(ask(full())).then_refused(Refusal::AlreadyRequested);
    let withdraw = |reason: &str| Command::Withdraw { reason: reason.into() };
    given::<Arrest>([]).when(withdraw("x")).then_refused(Refusal::NotOpen);
    given::<Arrest>([requested()]).when(withdraw(" ")).then_refused(Refusal::ReasonMissing);
    let withdrawn = Event::Withdrawn { reason: Personal::new("In custody already.".to_owned()) };
    given::<Arrest>([requested()]).when(withdraw("In custody already.")).then([withdrawn.clone()]);
    given::<Arrest>([requested(), withdrawn]).when(withdraw("x")).then_refused(Refusal::NotOpen);
}

#[test]
fn every_event_ever_stored_still_reads() {
    let fossils = [
        include_str!("../fossils/arrest.requested.v1.json"),
        include_str!("../fossils/arrest.withdrawn.v1.json"),
    ];
    for text in fossils {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
