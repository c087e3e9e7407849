//! Holds.

use super::{T, actor, in_days, known, thing, today, who};
use crate::hold::{Command, Event, Ground, Hold};
use crate::{Refusal, Subject};
use kernel::spec::{Given, given};
use kernel::{Actor, Day, Personal};

fn propose(subjects: Vec<Subject>, why: &str, review_on: Day) -> Command {
    Command::Propose { subjects, ground: Ground::Misuse, reason: why.into(), review_on }
}

fn proposed() -> Event {
    Event::Proposed {
        things: vec![thing(1, 10)],
        ground: Ground::Misuse,
        reason: Personal::new("Passed on.".to_owned()),
        review_on: today().plus(30),
        by: who(1),
    }
}

fn placed() -> Event {
    Event::Placed { things: vec![thing(1, 10)], review_on: today().plus(30), by: who(2) }
}

fn key() -> String {
    thing(1, 10).key
}

fn kept() -> Event {
    Event::Kept { key: key() }
}

fn standing() -> Given<Hold> {
    given::<Hold>([proposed(), placed(), kept()])
}

fn review(days: u32) -> Command {
    Command::Review { review_on: today().plus(days), reason: "Still open.".into() }
}

fn confirm(days_left: u32) -> Command {
    Command::Confirm { subjects: vec![known(1, days_left)] }
}

#[test]
fn a_hold_is_proposed_by_one_person_with_a_reason_and_a_review_date() {
    let ask = propose(vec![known(1, 10)], "Passed on.", today().plus(30));
    given::<Hold>([]).by(actor(1)).when(ask.clone()).then([proposed()]);
    given::<Hold>([proposed()]).when(ask.clone()).then_refused(Refusal::AlreadyProposed);
    given::<Hold>([]).by(Actor::System).when(ask).then_refused(Refusal::StaffOnly);
    let silent = propose(vec![known(1, 10)], "  ", today().plus(30));
    given::<Hold>([]).when(silent).then_refused(Refusal::ReasonMissing);
    let long = "x".repeat(crate::limits::REASON_CHARS_MAX + 1);
    let long = propose(vec![known(1, 10)], &long, today().plus(30));
    given::<Hold>([]).when(long).then_refused(Refusal::TooLong);
}

#[test]
fn a_review_lies_ahead_and_within_a_year() {
    let ask = |review_on| propose(vec![known(1, 10)], "x", review_on);
    given::<Hold>([]).when(ask(today())).then_refused(Refusal::ReviewPast);
    given::<Hold>([]).when(ask(today().plus(367))).then_refused(Refusal::ReviewTooFar);
    assert!(given::<Hold>([]).when(ask(today().plus(1))).0.is_ok());
    assert!(given::<Hold>([]).when(ask(today().plus(366))).0.is_ok());
}

#[test]
fn what_is_gone_or_unknown_cannot_be_held() {
    let ask = |subjects| propose(subjects, "x", today().plus(9));
    given::<Hold>([]).when(ask(vec![])).then_refused(Refusal::NothingNamed);
    given::<Hold>([]).when(ask(vec![Subject::Unknown])).then_refused(Refusal::Unknown);
    given::<Hold>([]).when(ask(vec![known(1, 0)])).then_refused(Refusal::DayCome);
    let gone = Subject::Known { thing: thing(1, 9), kept: true, forgotten: true };
    given::<Hold>([]).when(ask(vec![gone])).then_refused(Refusal::DayCome);
    let many = (0..41).map(|number| known(number, 5)).collect();
    given::<Hold>([]).when(ask(many)).then_refused(Refusal::TooMany);
    assert!(Refusal::DayCome.to_string().contains("cannot be held"));
}

#[test]
fn what_another_hold_keeps_past_its_day_can_be_held_again() {
    let kept = Subject::Known { thing: thing(1, 0), kept: true, forgotten: false };
    assert!(given::<Hold>([]).when(propose(vec![kept], "x", today().plus(9))).0.is_ok());
}

#[test]
fn one_person_acting_as_two_is_refused_by_the_name_of_the_rule() {
    given::<Hold>([proposed()]).by(actor(1)).when(confirm(10)).then_refused(Refusal::SamePerson);
    assert!(Refusal::SamePerson.to_string().starts_with("Rule of two people"));
    given::<Hold>([proposed()]).by(actor(2)).when(confirm(10)).then([placed()]);
    standing().by(actor(2)).when(confirm(10)).then_refused(Refusal::AlreadyConfirmed);
}

#[test]
fn a_hold_whose_things_went_before_it_was_confirmed_is_refused() {
    let late = given::<Hold>([proposed()]).at(in_days(11)).by(actor(2));
    late.when(confirm(10)).then_refused(Refusal::DayCome);
    let unknown = Command::Confirm { subjects: vec![] };
    given::<Hold>([proposed()]).by(actor(2)).when(unknown).then_refused(Refusal::DayCome);
}

#[test]
fn what_can_still_be_kept_is_not_given_up_for_what_cannot() {
    let two = Event::Proposed {
        things: vec![thing(1, 10), thing(2, 3)],
        ground: Ground::Court,
        reason: Personal::new("x".to_owned()),
        review_on: today().plus(30),
        by: who(1),
    };
    let subjects = vec![known(1, 10), known(2, 3)];
    given::<Hold>([two])
        .at(in_days(5))
        .by(actor(2))
        .when(Command::Confirm { subjects })
        .then([placed(), Event::Failed { key: thing(2, 3).key }]);
}

#[test]
fn an_expired_proposal_is_refused_by_the_name_of_the_rule() {
    let subjects = vec![Subject::Known { thing: thing(1, 10), kept: true, forgotten: false }];
    given::<Hold>([proposed()])
        .at(in_days(31))
        .by(actor(2))
        .when(Command::Confirm { subjects })
        .then_refused(Refusal::ProposalLapsed);
    assert!(Refusal::ProposalLapsed.to_string().starts_with("Rule of review"));
}

#[test]
fn a_proposal_is_declined_with_a_reason_and_then_over() {
    let no = |why: &str| Command::Decline { reason: why.into() };
    let declined = Event::Declined { by: who(2), reason: Personal::new("No.".to_owned()) };
    given::<Hold>([proposed()]).when(no("")).then_refused(Refusal::ReasonMissing);
    given::<Hold>([proposed()]).by(actor(2)).when(no("No.")).then([declined.clone()]);
    let over = || given::<Hold>([proposed(), declined.clone()]).by(actor(2));
    over().when(confirm(10)).then_refused(Refusal::Declined);
    over().when(review(40)).then_refused(Refusal::Declined);
    standing().when(no("No.")).then_refused(Refusal::AlreadyConfirmed);
    given::<Hold>([]).when(no("No.")).then_refused(Refusal::NotProposed);
}

#[test]
fn in_time_somebody_with_fresh_eyes_keeps_a_hold_on_alone() {
    let reviewed = Event::Reviewed {
        review_on: today().plus(60),
        reason: Some(Personal::new("Still open.".to_owned())),
        by: who(2),
        with: None,
    };
    standing().by(actor(2)).when(review(60)).then([reviewed.clone()]);
    // Neither who proposed it nor who kept it on last.
    let asked = |by| Event::ReviewProposed {
        review_on: today().plus(60),
        reason: Personal::new("Still open.".to_owned()),
        by: who(by),
    };
    standing().by(actor(1)).when(review(60)).then([asked(1)]);
    standing().and([reviewed]).by(actor(2)).when(review(60)).then([asked(2)]);
    given::<Hold>([proposed()]).when(review(60)).then_refused(Refusal::NotPlaced);
}

#[test]
fn once_its_review_date_has_passed_a_hold_is_kept_on_by_two_people_only() {
    let late = || standing().at(in_days(31));
    let asked = Event::ReviewProposed {
        review_on: today().plus(60),
        reason: Personal::new("Still open.".to_owned()),
        by: who(3),
    };
    late().by(actor(3)).when(review(60)).then([asked.clone()]);
    let waiting = || late().and([asked.clone()]);
    waiting().by(actor(3)).when(Command::ConfirmAsked).then_refused(Refusal::SamePerson);
    waiting().by(actor(2)).when(review(70)).then_refused(Refusal::AlreadyAsked);
    let (review_on, by, with) = (today().plus(60), who(3), Some(who(2)));
    waiting().by(actor(2)).when(Command::ConfirmAsked).then([Event::Reviewed {
        review_on,
        reason: None,
        by,
        with,
    }]);
    late().by(actor(3)).when(review(31)).then_refused(Refusal::ReviewPast);
}

#[test]
fn a_missed_review_is_noted_and_does_not_end_the_hold() {
    let missed = Event::ReviewMissed { review_on: today().plus(30), times: 1 };
    standing().by(Actor::System).when(Command::NoteReviewMissed).then_refused(Refusal::ReviewAhead);
    let late = || standing().at(in_days(30)).by(Actor::System);
    late().when(Command::NoteReviewMissed).then([missed.clone()]);
    let again = Event::ReviewMissed { review_on: today().plus(30), times: 2 };
    late().and([missed]).when(Command::NoteReviewMissed).then([again]);
    assert!(late().state().keeps(&key()));
}

#[test]
fn a_hold_is_ended_by_two_people_with_a_reason() {
    let end = |why: &str| Command::ProposeEnd { reason: why.into() };
    standing().when(end("")).then_refused(Refusal::ReasonMissing);
    let asked = Event::EndProposed { by: who(1), reason: Personal::new("Closed.".to_owned()) };
    standing().by(actor(1)).when(end("Closed.")).then([asked.clone()]);
    standing().when(Command::ConfirmAsked).then_refused(Refusal::NothingAsked);
    let waiting = || standing().and([asked.clone()]);
    waiting().by(actor(1)).when(Command::ConfirmAsked).then_refused(Refusal::SamePerson);
    let ended = Event::Ended { by: who(1), with: who(2) };
    waiting().by(actor(2)).when(Command::ConfirmAsked).then([ended.clone()]);
    let dropped = Event::RequestDropped { by: who(1) };
    waiting().by(actor(1)).when(Command::DropAsked).then([dropped]);
    let over = || waiting().and([ended.clone()]);
    over().by(actor(3)).when(review(60)).then_refused(Refusal::Ended);
    over().by(actor(3)).when(end("Again.")).then_refused(Refusal::Ended);
    assert!(!over().state().keeps(&key()));
}

#[test]
fn only_sightline_says_what_the_key_store_did_and_says_it_once() {
    let unkept = || given::<Hold>([proposed(), placed()]);
    let note = || Command::NoteKept { key: key() };
    unkept().by(actor(2)).when(note()).then_refused(Refusal::NotProposed);
    unkept().by(Actor::System).when(note()).then([kept()]);
    standing().by(Actor::System).when(note()).then_refused(Refusal::AlreadyNoted);
    let failed = Event::Failed { key: key() };
    let fail = Command::NoteFailed { key: key() };
    unkept().by(Actor::System).when(fail.clone()).then([failed.clone()]);
    standing().by(Actor::System).when(fail).then_refused(Refusal::AlreadyNoted);
    let failing = unkept().and([failed]);
    assert!(!failing.state().keeps(&key()), "a hold that failed does not silently hold");
    failing.by(Actor::System).when(note()).then_refused(Refusal::AlreadyNoted);
    let other = Command::NoteKept { key: "call/1".into() };
    unkept().by(Actor::System).when(other).then_refused(Refusal::NotProposed);
}

#[test]
fn a_key_is_let_go_only_after_the_hold_has_ended() {
    let go = || Command::NoteLetGo { key: key() };
    standing().by(Actor::System).when(go()).then_refused(Refusal::NotProposed);
    let ended = Event::Ended { by: who(1), with: who(2) };
    standing().and([ended]).at(T).by(Actor::System).when(go()).then([Event::LetGo { key: key() }]);
}
