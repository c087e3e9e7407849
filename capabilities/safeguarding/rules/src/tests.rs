//! The rules of a plan, one sentence each.

mod child;
mod code;
mod contact;
mod marker;

use crate::{Advice, Command, Event, Owner, Refusal, Safeguarding};
use kernel::spec::given;
use kernel::{At, Personal};

const NOW: At = At::from_seconds(1_800_000_000);
const LATER: At = At::from_seconds(1_800_003_600);

fn keep(advice: &[Advice], note: &str) -> Command {
    Command::Keep { advice: advice.iter().copied().collect(), note: note.into() }
}

fn action(action: u32) -> Event {
    let what = Personal::new("Change the locks".to_owned());
    Event::ActionSet { action, what, owner: Owner::LocalTeam, due_at: LATER }
}

fn set(what: &str, due_at: At) -> Command {
    Command::SetAction { what: what.into(), owner: Owner::LocalTeam, due_at }
}

#[test]
fn what_is_ticked_is_given_and_what_is_unticked_is_withdrawn() {
    let given_before = [Event::AdviceGiven { advice: Advice::CodeWord }];
    given::<Safeguarding>(given_before).when(keep(&[Advice::WayOut], "")).then([
        Event::AdviceGiven { advice: Advice::WayOut },
        Event::AdviceWithdrawn { advice: Advice::CodeWord },
    ]);
}

#[test]
fn a_page_that_has_not_changed_keeps_nothing() {
    given::<Safeguarding>([]).when(keep(&[], "  ")).then([]);
    let before = [
        Event::AdviceGiven { advice: Advice::CodeWord },
        Event::NoteKept { note: Personal::new("Sister has a key.".to_owned()) },
    ];
    given::<Safeguarding>(before).when(keep(&[Advice::CodeWord], " Sister has a key. ")).then([]);
}

#[test]
fn an_action_has_an_owner_and_a_time_ahead() {
    given::<Safeguarding>([]).when(set("Change the locks", LATER)).then([action(1)]);
    given::<Safeguarding>([action(1)]).when(set("Change the locks", LATER)).then([action(2)]);
    given::<Safeguarding>([]).when(set(" ", LATER)).then_refused(Refusal::WhatMissing);
    given::<Safeguarding>([]).when(set("x", NOW)).then_refused(Refusal::DueWrong);
    let far = NOW.plus(crate::limits::DUE_WITHIN).plus(std::time::Duration::from_secs(1));
    given::<Safeguarding>([]).when(set("x", far)).then_refused(Refusal::DueWrong);
}

#[test]
fn an_action_is_done_once_and_dropped_only_with_a_reason() {
    let done = || Command::Complete { action: 1 };
    let dropped = |reason: &str| Command::Drop { action: 1, reason: reason.into() };
    given::<Safeguarding>([action(1)]).when(done()).then([Event::ActionDone { action: 1 }]);
    let after = [action(1), Event::ActionDone { action: 1 }];
    given::<Safeguarding>(after.clone()).when(done()).then_refused(Refusal::NotOwed);
    given::<Safeguarding>(after).when(dropped("x")).then_refused(Refusal::NotOwed);
    given::<Safeguarding>([action(1)]).when(dropped(" ")).then_refused(Refusal::ReasonMissing);
    given::<Safeguarding>([]).when(done()).then_refused(Refusal::NotOwed);
}

#[test]
fn every_event_ever_stored_still_reads() {
    let fossils = [
        include_str!("../fossils/safeguarding.advice_given.v1.json"),
        include_str!("../fossils/safeguarding.advice_withdrawn.v1.json"),
        include_str!("../fossils/safeguarding.note_kept.v1.json"),
        include_str!("../fossils/safeguarding.marker_set.v1.json"),
        include_str!("../fossils/safeguarding.marker_kept_on.v1.json"),
        include_str!("../fossils/safeguarding.marker_ended.v1.json"),
        include_str!("../fossils/safeguarding.update_owed.v1.json"),
        include_str!("../fossils/safeguarding.update_heard.v1.json"),
        include_str!("../fossils/safeguarding.update_tried.v1.json"),
        include_str!("../fossils/safeguarding.update_missed.v1.json"),
        include_str!("../fossils/safeguarding.action_set.v1.json"),
        include_str!("../fossils/safeguarding.action_done.v1.json"),
        include_str!("../fossils/safeguarding.action_dropped.v1.json"),
        include_str!("../fossils/safeguarding.child_recorded.v1.json"),
        include_str!("../fossils/safeguarding.school_told.v1.json"),
        include_str!("../fossils/safeguarding.school_acknowledged.v1.json"),
        include_str!("../fossils/safeguarding.notice_withdrawn.v1.json"),
        include_str!("../fossils/safeguarding.bell_missed.v1.json"),
        include_str!("../fossils/safeguarding.contact_ruled.v1.json"),
    ];
    for text in fossils {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
