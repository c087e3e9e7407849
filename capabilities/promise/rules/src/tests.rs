//! The rules of who holds a promise, one sentence each.

use crate::standing::{Came, Standing};
use crate::{About, Command, Event, Holder, Promise, Reason, Refusal};
use kernel::id::StaffId;
use kernel::spec::given;
use kernel::time::{hours, minutes};
use kernel::{Actor, At, Personal, Role};

mod handover;

const ME: StaffId = StaffId(7);
const OTHER: StaffId = StaffId(8);

fn about() -> About {
    About { owner: "incident".into(), stream: "incident/1".into(), name: "target".into() }
}

fn responder() -> Actor {
    Actor::Staff { id: ME, roles: vec![Role::Responder] }
}

fn supervisor() -> Actor {
    Actor::Staff { id: StaffId(9), roles: vec![Role::Supervisor] }
}

fn person(staff: StaffId) -> Holder {
    Holder::Person { staff }
}

fn team(code: &str) -> Holder {
    Holder::Team { team: code.into() }
}

fn take() -> Command {
    Command::Take { about: about(), owed: true }
}

fn hand_over(to: Holder, reason: Option<Reason>, words: &str) -> Command {
    Command::HandOver { about: about(), owed: true, to, reason, words: words.into() }
}

fn taken(by: StaffId) -> Event {
    Event::Taken { about: about(), by, from: None }
}

fn given_to(to: Holder) -> Event {
    Event::Given { about: about(), to, by: StaffId(9) }
}

#[test]
fn what_nobody_holds_anybody_takes() {
    given::<Promise>([]).by(responder()).when(take()).then([taken(ME)]);
}

#[test]
fn what_a_team_holds_one_of_it_takes_and_it_says_from_whom() {
    let from = Some("hub".to_owned());
    given::<Promise>([given_to(team("hub"))]).by(responder()).when(take()).then([Event::Taken {
        about: about(),
        by: ME,
        from,
    }]);
}

#[test]
fn nobody_takes_what_a_colleague_holds_or_takes_twice() {
    let held = given::<Promise>([taken(OTHER)]).by(responder());
    held.when(take()).then_refused(Refusal::HeldByAnother);
    let own = given::<Promise>([taken(ME)]).by(responder());
    own.when(take()).then_refused(Refusal::AlreadyYours);
}

#[test]
fn what_is_not_owed_any_more_does_not_change_hands() {
    let not_owed = [
        Command::Take { about: about(), owed: false },
        Command::Give { about: about(), owed: false, to: team("hub") },
        Command::HandOver {
            about: about(),
            owed: false,
            to: team("hub"),
            reason: Some(Reason::ShiftEnds),
            words: String::new(),
        },
    ];
    for command in not_owed {
        given::<Promise>([]).by(responder()).when(command).then_refused(Refusal::NotOwed);
    }
}

#[test]
fn only_a_supervisor_gives_to_a_colleague_and_anybody_to_a_team() {
    let give = |to| Command::Give { about: about(), owed: true, to };
    given::<Promise>([])
        .by(responder())
        .when(give(person(OTHER)))
        .then_refused(Refusal::OnlySupervisor);
    given::<Promise>([]).by(supervisor()).when(give(person(OTHER))).then([given_to(person(OTHER))]);
    let to_team = given::<Promise>([]).by(responder()).when(give(team("hub")));
    to_team.then([Event::Given { about: about(), to: team("hub"), by: ME }]);
    given::<Promise>([taken(ME)]).when(give(team("hub"))).then_refused(Refusal::Held);
}

#[test]
fn whoever_holds_it_hands_it_over_and_says_why() {
    let reason = Some(Reason::ShiftEnds);
    given::<Promise>([taken(ME)])
        .by(responder())
        .when(hand_over(person(OTHER), reason, " Ring after eight. "))
        .then([Event::HandedOver {
            about: about(),
            from: person(ME),
            to: person(OTHER),
            reason: Reason::ShiftEnds,
            words: Personal::new("Ring after eight.".to_owned()),
            by: ME,
        }]);
    let without = given::<Promise>([taken(ME)]).by(responder());
    without.when(hand_over(person(OTHER), None, "x")).then_refused(Refusal::ReasonMissing);
    let other = given::<Promise>([taken(ME)]).by(responder());
    let unsaid = hand_over(team("hub"), Some(Reason::Other), " ");
    other.when(unsaid).then_refused(Refusal::WordsMissing);
}

#[test]
fn nobody_but_its_holder_and_a_supervisor_hands_it_over() {
    let held = || given::<Promise>([taken(OTHER)]);
    let away = || hand_over(team("hub"), Some(Reason::Absent), "");
    held().by(responder()).when(away()).then_refused(Refusal::NotYours);
    assert!(held().by(supervisor()).when(away()).0.is_ok());
    let of_team = given::<Promise>([given_to(team("hub"))]).by(responder());
    assert!(of_team.when(hand_over(team("local"), Some(Reason::BetterPlaced), "")).0.is_ok());
}

#[test]
fn it_is_handed_over_to_somebody_else_and_only_when_it_is_held() {
    let to_same = given::<Promise>([taken(ME)]).by(responder());
    to_same
        .when(hand_over(person(ME), Some(Reason::Workload), ""))
        .then_refused(Refusal::SameHolder);
    given::<Promise>([])
        .by(responder())
        .when(hand_over(team("hub"), Some(Reason::Workload), ""))
        .then_refused(Refusal::NotHeld);
}

#[test]
fn once_somebody_holds_it_somebody_always_does() {
    let steps = [taken(ME), given_to(team("hub")), taken(OTHER)];
    let mut so_far = vec![];
    for step in steps {
        so_far.push(step);
        assert!(given::<Promise>(so_far.clone()).state().holder.is_some());
    }
}

#[test]
fn a_note_has_words_and_an_end() {
    let note = |text: &str| Command::Note { about: about(), note: text.into() };
    given::<Promise>([]).when(note(" ")).then_refused(Refusal::NoteMissing);
    let long = "x".repeat(crate::limits::WORDS_MAX + 1);
    given::<Promise>([]).when(note(&long)).then_refused(Refusal::TooLong);
    given::<Promise>([]).by(Actor::System).when(note("x")).then_refused(Refusal::NotStaff);
}

#[test]
fn the_last_quarter_of_its_time_is_soon_and_its_last_moment_late() {
    let made = At::from_seconds(1_800_000_000);
    let after = |span| made.plus(span);
    for (due, now, expected) in [
        (minutes(60), minutes(44), Standing::Calm),
        (minutes(60), minutes(45), Standing::Soon),
        (minutes(60), minutes(60), Standing::Late),
        (hours(28 * 24), hours(27 * 24 - 1), Standing::Calm),
        (hours(28 * 24), hours(27 * 24), Standing::Soon),
    ] {
        assert_eq!(Standing::at(after(now), made, after(due)), expected, "{due:?} {now:?}");
    }
}

#[test]
fn what_became_of_it_is_one_of_five_things() {
    let at = |n| At::from_seconds(n);
    for (kept, ended, now, expected) in [
        (Some(10), None, 20, Came::Kept),
        (Some(11), None, 20, Came::KeptLate),
        (None, Some(9), 20, Came::Ended),
        (None, Some(11), 20, Came::Missed),
        (None, None, 10, Came::Missed),
        (None, None, 9, Came::Open),
    ] {
        let came = Came::of(at(now), at(10), kept.map(at), ended.map(at));
        assert_eq!(came, expected);
    }
}

#[test]
fn every_event_ever_stored_still_reads() {
    let fossils = [
        include_str!("../fossils/promise.taken.v1.json"),
        include_str!("../fossils/promise.given.v1.json"),
        include_str!("../fossils/promise.handed_over.v1.json"),
        include_str!("../fossils/promise.noted.v1.json"),
    ];
    for text in fossils {
        let stored: serde_json::Value = serde_json::from_str(text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    }
}
