//! Promotions to evidence.

use super::{actor, in_days, known, thing, today, who};
use crate::promotion::{Command, Event, Promotion};
use crate::{Refusal, Subject};
use kernel::spec::given;
use kernel::{Actor, Personal};

fn proposed() -> Event {
    let reason = Personal::new("Charged.".to_owned());
    Event::Proposed { things: vec![thing(1, 10)], reason, by: who(1) }
}

fn confirm(days: u32) -> Command {
    Command::Confirm { subjects: vec![known(1, 10)], days }
}

#[test]
fn evidence_is_made_by_two_people_and_has_a_day_of_its_own() {
    let ask = Command::Propose { subjects: vec![known(1, 10)], reason: "Charged.".into() };
    given::<Promotion>([]).by(actor(1)).when(ask.clone()).then([proposed()]);
    given::<Promotion>([proposed()]).when(ask).then_refused(Refusal::AlreadyProposed);
    let waiting = || given::<Promotion>([proposed()]);
    waiting().by(actor(1)).when(confirm(2192)).then_refused(Refusal::SamePerson);
    let made = |days| Event::Made {
        things: vec![thing(1, 10)],
        expires_on: today().plus(days),
        by: who(2),
    };
    waiting().by(actor(2)).when(confirm(1000)).then([made(1000)]);
    // Never longer than the class, whatever a setting says.
    waiting().by(actor(2)).when(confirm(9999)).then([made(2192)]);
    waiting()
        .and([made(1000)])
        .by(actor(2))
        .when(confirm(1000))
        .then_refused(Refusal::AlreadyConfirmed);
}

#[test]
fn nothing_that_is_gone_becomes_evidence() {
    let ask = |subjects| Command::Propose { subjects, reason: "Charged.".into() };
    given::<Promotion>([]).when(ask(vec![known(1, 0)])).then_refused(Refusal::DayCome);
    given::<Promotion>([]).when(ask(vec![Subject::Unknown])).then_refused(Refusal::Unknown);
    given::<Promotion>([proposed()])
        .at(in_days(10))
        .by(actor(2))
        .when(confirm(2192))
        .then_refused(Refusal::DayCome);
}

#[test]
fn a_promotion_that_came_too_late_says_so() {
    let made = Event::Made { things: vec![thing(1, 10)], expires_on: today().plus(9), by: who(2) };
    let key = thing(1, 10).key;
    let fail = Command::NoteFailed { key: key.clone() };
    let waiting = || given::<Promotion>([proposed(), made.clone()]);
    waiting().by(actor(2)).when(fail.clone()).then_refused(Refusal::NotProposed);
    waiting().by(Actor::System).when(fail).then([Event::Failed { key: key.clone() }]);
    let keep = Command::NoteKept { key: key.clone() };
    waiting()
        .and([Event::Kept { key }])
        .by(Actor::System)
        .when(keep)
        .then_refused(Refusal::AlreadyNoted);
}

#[test]
fn a_promotion_is_declined_with_a_reason() {
    let no = |why: &str| Command::Decline { reason: why.into() };
    given::<Promotion>([proposed()]).when(no(" ")).then_refused(Refusal::ReasonMissing);
    let declined = Event::Declined { by: who(2), reason: Personal::new("No.".to_owned()) };
    given::<Promotion>([proposed()]).by(actor(2)).when(no("No.")).then([declined.clone()]);
    given::<Promotion>([proposed(), declined])
        .by(actor(2))
        .when(confirm(9))
        .then_refused(Refusal::Declined);
}
