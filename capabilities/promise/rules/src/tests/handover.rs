//! A handover takes two supervisors.

use super::{about, responder, supervisor};
use crate::Handover;
use crate::handover::{Command, Entry, Event, Refusal};
use kernel::id::StaffId;
use kernel::spec::given;
use kernel::{Actor, At, Role};

fn entry() -> Entry {
    Entry { about: about(), incident: Some("incident/1".into()), due_at: At(2), holder: None }
}

fn sign_off() -> Command {
    Command::SignOff {
        since: At(1),
        open: vec![entry()],
        open_count: 1,
        missed: vec![],
        missed_count: 0,
        handed_count: 2,
        note: " Two officers are late. ".into(),
    }
}

fn signed() -> Event {
    Event::SignedOff {
        since: At(1),
        open: vec![entry()],
        open_count: 1,
        missed: vec![],
        missed_count: 0,
        handed_count: 2,
        note: "Two officers are late.".to_owned().into(),
        by: StaffId(9),
    }
}

fn accept() -> Command {
    Command::Accept { note: String::new() }
}

fn incoming() -> Actor {
    Actor::Staff { id: StaffId(10), roles: vec![Role::Supervisor] }
}

#[test]
fn the_one_who_goes_signs_and_the_one_who_comes_accepts() {
    given::<Handover>([]).by(supervisor()).when(sign_off()).then([signed()]);
    let accepted = Event::Accepted { note: String::new().into(), by: StaffId(10) };
    given::<Handover>([signed()]).by(incoming()).when(accept()).then([accepted.clone()]);
    let twice = given::<Handover>([signed(), accepted]).by(incoming());
    twice.when(accept()).then_refused(Refusal::AcceptedAlready);
}

#[test]
fn two_signatures_are_two_people() {
    given::<Handover>([signed()]).by(supervisor()).when(accept()).then_refused(Refusal::Yours);
}

#[test]
fn nobody_but_a_supervisor_signs_and_nothing_is_signed_twice() {
    given::<Handover>([]).by(responder()).when(sign_off()).then_refused(Refusal::NotASupervisor);
    given::<Handover>([]).by(supervisor()).when(accept()).then_refused(Refusal::NotSigned);
    let again = given::<Handover>([signed()]).by(supervisor());
    again.when(sign_off()).then_refused(Refusal::SignedAlready);
}

#[test]
fn every_event_ever_stored_still_reads() {
    let fossils = [
        include_str!("../../fossils/handover.signed_off.v1.json"),
        include_str!("../../fossils/handover.accepted.v1.json"),
    ];
    for text in fossils {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
