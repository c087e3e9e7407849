//! The force's own days.

use super::who;
use crate::Refusal;
use crate::schedule::{Command, Event, Schedule};
use kernel::retention::{CHAT, DISCLOSURE_RECORDING};
use kernel::spec::given;
use kernel::{Actor, Personal};

fn set(days: u32) -> Command {
    Command::Set { class: DISCLOSURE_RECORDING, days, reason: "Our policy.".into() }
}

fn was_set(version: u32, days: u32, was: u32) -> Event {
    Event::Set {
        version,
        class: "disclosure-recording".into(),
        days,
        was,
        limit: 30,
        authority: DISCLOSURE_RECORDING.authority.into(),
        reason: Personal::new("Our policy.".to_owned()),
        by: who(1),
    }
}

#[test]
fn a_force_keeps_a_class_for_fewer_days_and_each_change_has_a_version() {
    given::<Schedule>([]).when(set(28)).then([was_set(1, 28, 30)]);
    given::<Schedule>([was_set(1, 28, 30)]).when(set(30)).then([was_set(2, 30, 28)]);
    let state = given::<Schedule>([was_set(1, 28, 30)]).state();
    assert_eq!(state.class(DISCLOSURE_RECORDING).keep_days, 28);
    assert_eq!(state.class(CHAT), CHAT);
}

#[test]
fn no_setting_keeps_a_class_longer_than_the_class_allows() {
    given::<Schedule>([]).when(set(31)).then_refused(Refusal::OverLimit { limit: 30 });
    given::<Schedule>([]).when(set(0)).then_refused(Refusal::TooFewDays);
    given::<Schedule>([]).when(set(30)).then_refused(Refusal::SameDays);
    let silent = Command::Set { class: CHAT, days: 7, reason: " ".into() };
    given::<Schedule>([]).when(silent).then_refused(Refusal::ReasonMissing);
    given::<Schedule>([]).by(Actor::System).when(set(7)).then_refused(Refusal::StaffOnly);
    // A class that is shortened in the code later is not kept longer by an old setting.
    let shorter = kernel::Class { keep_days: 20, ..DISCLOSURE_RECORDING };
    assert_eq!(given::<Schedule>([was_set(1, 28, 30)]).state().class(shorter).keep_days, 20);
}
