//! A referral, from the asking to its end.

use crate::event::Waits;
use crate::kind::Coded;
use crate::{
    AgencyId, Basis, Command, DeclineWhy, Event, Field, How, Kind, Kinds, Outcome, Referral,
    Refusal, Request, deadline, limits,
};
use incident::IncidentId;
use kernel::spec::{Given, given};
use kernel::{At, Personal, time::hours};
use std::collections::BTreeMap;

const NOW: At = At::from_seconds(1_800_000_000);
const OURS: AgencyId = AgencyId(1);
const THEIRS: AgencyId = AgencyId(2);

fn kind() -> Kind {
    let coded = |code: &str| Coded { code: code.into(), words: code.into() };
    Kind {
        code: "adviser".into(),
        title: "Independent adviser".into(),
        criteria: vec![coded("fear")],
        criteria_needed: false,
        bases: vec![Basis::Consent, Basis::Override],
        grounds: vec![coded("child")],
        shares: vec![Field::Name, Field::Contact],
        acknowledge_hours: 4,
        due_hours: 24,
        meeting: false,
    }
}

fn request() -> Request {
    Request {
        incident: IncidentId(1),
        kind: kind(),
        basis: Basis::Consent,
        override_reason: String::new(),
        ground: None,
        criteria: vec![],
        withheld: vec![],
        summary: "Afraid tonight.".into(),
        due_in_hours: 24,
        to: None,
    }
}

fn ask(change: impl FnOnce(&mut Request)) -> Command {
    let mut asked = request();
    change(&mut asked);
    Command::Request(Box::new(asked))
}

fn requested() -> Event {
    Event::Requested {
        incident: IncidentId(1),
        agency: "adviser".into(),
        basis: Basis::Consent,
        override_reason: None,
        summary: Personal::new("Afraid tonight.".to_owned()),
        due_at: NOW.plus(hours(24)),
        acknowledge_by: Some(NOW.plus(hours(4))),
        ground: None,
        criteria: vec![],
        allowed: vec![Field::Name, Field::Contact],
        to: None,
    }
}

fn shared() -> BTreeMap<Field, String> {
    [(Field::Name, "Example Person".to_owned())].into()
}

fn sent() -> Event {
    Event::Sent {
        to: OURS,
        shared: Personal::new(shared()),
        chase_at: NOW.plus(hours(2)),
        acknowledge_by: NOW.plus(hours(4)),
    }
}

fn accepted() -> Event {
    Event::Accepted { chase_at: NOW.plus(hours(12)), escalate_at: NOW.plus(hours(24)) }
}

fn with_us() -> Given<Referral> {
    given([requested(), sent()])
}

fn engage(at: At) -> Command {
    Command::Engage {
        agency: OURS,
        contacted_at: at,
        how: How::Telephone,
        note: "We meet tomorrow.".into(),
    }
}

#[test]
fn a_referral_with_consent_needs_no_other_reason() {
    given::<Referral>([]).when(ask(|_| {})).then([requested()]);
}

#[test]
fn a_referral_without_consent_says_why_and_only_where_the_law_lets_it() {
    let bare = ask(|r| r.basis = Basis::Override);
    given::<Referral>([]).when(bare).then_refused(Refusal::OverrideReasonMissing);
    let reasoned = |r: &mut Request| {
        r.basis = Basis::Override;
        r.override_reason = "A child.".into();
    };
    let decided = given::<Referral>([]).when(ask(reasoned));
    let events = decided.0.unwrap();
    assert!(matches!(&events[0], Event::Requested { override_reason: Some(_), .. }));
    let unlawful = ask(|r| {
        reasoned(r);
        r.ground = Some("because".into());
    });
    given::<Referral>([]).when(unlawful).then_refused(Refusal::GroundUnknown);
    let needs_consent = ask(|r| {
        reasoned(r);
        r.kind.bases = vec![Basis::Consent];
    });
    given::<Referral>([]).when(needs_consent).then_refused(Refusal::ConsentNeeded);
}

#[test]
fn a_referral_says_what_they_must_know_and_by_when() {
    let blank = ask(|r| r.summary = " ".into());
    given::<Referral>([]).when(blank).then_refused(Refusal::SummaryMissing);
    for wrong in [0, 73] {
        let late = ask(|r| r.due_in_hours = wrong);
        given::<Referral>([]).when(late).then_refused(Refusal::DueWrong);
    }
    let long = ask(|r| r.summary = "x".repeat(limits::SUMMARY_CHARS_MAX + 1));
    given::<Referral>([]).when(long).then_refused(Refusal::TooLong);
}

#[test]
fn criteria_are_those_of_the_kind_and_named_where_it_needs_one() {
    let other = ask(|r| r.criteria = vec!["luck".into()]);
    given::<Referral>([]).when(other).then_refused(Refusal::CriterionUnknown);
    let none = ask(|r| r.kind.criteria_needed = true);
    given::<Referral>([]).when(none).then_refused(Refusal::CriterionMissing);
}

#[test]
fn an_agency_is_told_what_its_kind_allows_and_nothing_that_was_left_out() {
    let send = |field| Command::Send { to: OURS, shared: [(field, "x".to_owned())].into() };
    given::<Referral>([requested()]).when(send(Field::Suspect)).then_refused(Refusal::NotAllowed);
    let without = given::<Referral>([]).when(ask(|r| r.withheld = vec![Field::Contact])).0;
    let stored = without.unwrap();
    given::<Referral>(stored.clone()).when(send(Field::Contact)).then_refused(Refusal::NotAllowed);
    assert!(given::<Referral>(stored).when(send(Field::Name)).0.is_ok());
}

#[test]
fn it_is_sent_seen_accepted_engaged_and_closed() {
    let send = Command::Send { to: OURS, shared: shared() };
    given::<Referral>([requested()]).when(send.clone()).then([sent()]);
    with_us().when(send).then_refused(Refusal::ThereAlready);
    with_us().when(Command::See { agency: OURS }).then([Event::Seen {}]);
    with_us().and([Event::Seen {}]).when(Command::See { agency: OURS }).then([]);
    with_us().when(Command::Accept { agency: OURS }).then([accepted()]);
    let engaged = Event::Engaged {
        contacted_at: NOW,
        how: How::Telephone,
        note: Personal::new("We meet tomorrow.".to_owned()),
    };
    with_us().and([accepted()]).when(engage(NOW)).then([engaged.clone()]);
    let close = Command::Close {
        agency: Some(OURS),
        outcome: Outcome::Helped,
        note: "With her sister.".into(),
    };
    with_us().and([accepted()]).when(close.clone()).then_refused(Refusal::NotEngaged);
    let done = with_us().and([accepted(), engaged]);
    done.when(close).then([Event::Closed {
        outcome: Outcome::Helped,
        note: Personal::new("With her sister.".to_owned()),
    }]);
}

#[test]
fn another_agency_may_do_nothing_with_it() {
    let note = String::from("x");
    for command in [
        Command::See { agency: THEIRS },
        Command::Accept { agency: THEIRS },
        Command::Decline { agency: THEIRS, why: DeclineWhy::NoRoom, reason: note.clone() },
        Command::Ask { agency: THEIRS, question: note.clone() },
        Command::Try { agency: THEIRS, note: note.clone() },
        Command::Engage { agency: THEIRS, contacted_at: NOW, how: How::Video, note: note.clone() },
        Command::Close { agency: Some(THEIRS), outcome: Outcome::Other, note },
    ] {
        with_us().and([accepted()]).when(command).then_refused(Refusal::NotYours);
    }
}

#[test]
fn a_declined_referral_cannot_be_accepted_but_goes_to_another_agency() {
    let decline = Command::Decline {
        agency: OURS,
        why: DeclineWhy::NoRoom,
        reason: "Nobody until Friday.".into(),
    };
    let declined = with_us().when(decline.clone()).0.unwrap();
    let stood = || with_us().and(declined.clone());
    stood().when(Command::Accept { agency: OURS }).then_refused(Refusal::AlreadyDeclined);
    stood().when(decline).then_refused(Refusal::AlreadyDeclined);
    let events = stood().when(Command::Send { to: THEIRS, shared: shared() }).0.unwrap();
    let state = stood().and(events).state().0.unwrap();
    assert!(state.is_with(THEIRS) && !state.is_with(OURS));
    assert!(state.notes.is_empty(), "what one agency said is not told to the next");
}

#[test]
fn a_decline_says_why() {
    let bare = Command::Decline { agency: OURS, why: DeclineWhy::Other, reason: String::new() };
    with_us().when(bare).then_refused(Refusal::DeclineReasonMissing);
}

#[test]
fn first_contact_is_after_it_was_sent_and_not_in_the_future() {
    let house = || with_us().and([accepted()]);
    let early = engage(NOW.minus(hours(1)));
    house().when(early).then_refused(Refusal::ContactTimeWrong);
    house().when(engage(NOW.plus(hours(1)))).then_refused(Refusal::ContactTimeWrong);
    with_us().when(engage(NOW)).then_refused(Refusal::NotAccepted);
}

#[test]
fn a_question_is_answered_once() {
    let answer = || Command::Answer { answer: "No.".into() };
    with_us().when(answer()).then_refused(Refusal::NoQuestion);
    let ask = Command::Ask { agency: OURS, question: "May we leave a message?".into() };
    let asked = with_us().when(ask).0.unwrap();
    let answered = with_us().and(asked.clone()).when(answer()).0.unwrap();
    with_us().and(asked).and(answered).when(answer()).then_refused(Refusal::NoQuestion);
}

#[test]
fn an_agency_that_never_answers_is_chased_at_half_time_and_escalated_again_and_again() {
    let (chase, due) = (NOW.plus(hours(2)), NOW.plus(hours(4)));
    let waits = Waits::Acknowledge;
    with_us().at(chase).when(Command::Chase { due: chase }).then([Event::Chased { waits }]);
    let again = due.plus(limits::ESCALATED_AGAIN);
    let again_at = Some(again);
    let first = Event::Escalated { waits, count: 1, again_at };
    with_us().at(due).when(Command::Escalate { due }).then([first.clone()]);
    let later = with_us().and([first.clone()]).at(again);
    let next = Some(again.plus(limits::ESCALATED_AGAIN));
    let second = Event::Escalated { waits, count: 2, again_at: next };
    later.when(Command::Escalate { due: again }).then([second]);
    with_us().and([first]).when(Command::Escalate { due }).then_refused(Refusal::NotOpen);
    let last =
        Event::Escalated { waits, count: limits::ESCALATIONS_MAX - 1, again_at: Some(again) };
    let decided = with_us().and([last]).at(again).when(Command::Escalate { due: again });
    let events = decided.0.unwrap();
    assert!(matches!(events[0], Event::Escalated { again_at: None, .. }));
}

#[test]
fn what_falls_due_follows_the_clock_of_each_step() {
    let (chase, escalate) = (deadline::CHASE, deadline::ESCALATE);
    let at = |h| Some(NOW.plus(hours(h)));
    assert_eq!(deadline::changes(&requested()), [(escalate, at(4))]);
    assert_eq!(deadline::changes(&sent()), [(chase, at(2)), (escalate, at(4))]);
    assert_eq!(deadline::changes(&accepted()), [(chase, at(12)), (escalate, at(24))]);
    let reason = Personal::new("x".to_owned());
    let withdrawn = Event::Withdrawn { reason };
    assert_eq!(deadline::changes(&withdrawn), [(chase, None), (escalate, None)]);
}

#[test]
fn a_referral_is_made_once_and_withdrawn_with_a_reason() {
    given::<Referral>([requested()]).when(ask(|_| {})).then_refused(Refusal::AlreadyRequested);
    let withdraw = |reason: &str| Command::Withdraw { reason: reason.into() };
    given::<Referral>([requested()]).when(withdraw("")).then_refused(Refusal::ReasonMissing);
    given::<Referral>([]).when(withdraw("x")).then_refused(Refusal::NotOpen);
    let withdrawn = Event::Withdrawn { reason: Personal::new("Changed her mind.".to_owned()) };
    with_us().when(withdraw("Changed her mind.")).then([withdrawn.clone()]);
    with_us().and([withdrawn]).when(withdraw("x")).then_refused(Refusal::NotOpen);
}

#[test]
fn a_table_of_kinds_names_the_kind_and_the_field_that_is_wrong() {
    let table = |change: fn(&mut Kind)| {
        let mut one = kind();
        change(&mut one);
        Kinds { version: 1, kinds: vec![one] }.check()
    };
    assert_eq!(table(|_| {}), Ok(()));
    type Change = fn(&mut Kind);
    let wrong: [(&str, Change); 5] = [
        ("due_hours", |k| k.due_hours = 0),
        ("acknowledge_hours", |k| k.acknowledge_hours = 25),
        ("grounds", |k| k.grounds.clear()),
        ("bases", |k| k.bases.clear()),
        ("title", |k| k.title.clear()),
    ];
    for (field, change) in wrong {
        let fault = table(change).unwrap_err();
        assert_eq!((fault.kind.as_str(), fault.field), ("adviser", field));
    }
    let twice = Kinds { version: 1, kinds: vec![kind(), kind()] };
    assert_eq!(twice.check().unwrap_err().field, "code");
}
