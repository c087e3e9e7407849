//! The rules of handing on, one sentence each.

use crate::{Command, Event, Export, Found, Recipient, Refusal, SealedTo, Standing, Why, limits};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::spec::given;
use kernel::{Actor, At, Personal, Role};
use recording::RecordingId;
use serde_json::Value;
use std::time::Duration;

const T: At = At::from_seconds(1_800_000_000);
const TAPE: RecordingId = RecordingId(9);

fn actor(number: u128, role: Role) -> Actor {
    Actor::Staff { id: StaffId(number), roles: vec![role] }
}

fn found(standing: Standing) -> Found {
    Found { recordings: vec![(TAPE, standing)], papers: true }
}

fn ask(found: Found, to: &str, reason: &str) -> Command {
    let (to, reason) = (to.to_owned(), reason.to_owned());
    let (incident, recipient) = (IncidentId(7), Recipient::Prosecutor);
    Command::Request { incident, found, recipient, to, reason }
}

fn requested() -> Event {
    Event::Requested {
        incident: IncidentId(7),
        recordings: vec![TAPE],
        recipient: Recipient::Prosecutor,
        to: Personal::new("Example Prosecutor".into()),
        reason: Personal::new("Charging decision.".into()),
        by: StaffId(1),
    }
}

fn kept() -> Found {
    found(Standing::Kept)
}

fn approve() -> Command {
    Command::Approve { found: kept() }
}

fn begin() -> Command {
    Command::Begin { found: kept(), sealed_to: SealedTo::Passphrase }
}

fn begun() -> Event {
    Event::Begun { copy: 1, by: StaffId(1), sealed_to: SealedTo::Passphrase }
}

fn approved() -> [Event; 2] {
    [requested(), Event::Approved { by: StaffId(2) }]
}

fn package(copy: u32) -> Command {
    let (sha256, master) = ("aa".to_owned(), "bb".to_owned());
    Command::NotePackaged { copy, sha256, bytes: 10, members: 3, master }
}

#[test]
fn a_case_is_asked_for_by_one_person_and_approved_by_another() {
    let good = || ask(kept(), " Example Prosecutor ", "Charging decision.");
    given::<Export>([]).by(actor(1, Role::Responder)).when(good()).then([requested()]);
    given::<Export>([requested()]).when(good()).then_refused(Refusal::AlreadyRequested);
    given::<Export>([requested()])
        .by(actor(1, Role::Supervisor))
        .when(approve())
        .then_refused(Refusal::SamePerson);
    given::<Export>([requested()])
        .by(actor(2, Role::Supervisor))
        .when(approve())
        .then([Event::Approved { by: StaffId(2) }]);
    given::<Export>(approved()).when(approve()).then_refused(Refusal::AlreadyApproved);
    given::<Export>([]).when(approve()).then_refused(Refusal::NotRequested);
}

#[test]
fn nothing_is_asked_for_without_receiver_reason_or_anything_to_hand_on() {
    let no = |command, refusal| given::<Export>([]).when(command).then_refused(refusal);
    no(ask(kept(), " ", "x"), Refusal::RecipientMissing);
    no(ask(kept(), "x", ""), Refusal::ReasonMissing);
    no(ask(kept(), "x", &"x".repeat(2_001)), Refusal::TooLong);
    no(ask(Found::default(), "x", "x"), Refusal::NothingToExport);
    no(ask(found(Standing::Gone), "x", "x"), Refusal::DayCome);
    no(ask(found(Standing::Running), "x", "x"), Refusal::StillRunning);
    no(ask(found(Standing::Foreign), "x", "x"), Refusal::NotOfCase);
    let all: Vec<_> = (0..21).map(|n| (RecordingId(n), Standing::Kept)).collect();
    no(ask(Found { recordings: all, papers: true }, "x", "x"), Refusal::TooMany);
    let guest = Actor::Guest { invitation: "00".into() };
    given::<Export>([]).by(guest).when(ask(kept(), "x", "x")).then_refused(Refusal::StaffOnly);
}

#[test]
fn a_recording_whose_day_came_is_neither_approved_nor_made() {
    let gone = || found(Standing::Gone);
    given::<Export>([requested()])
        .by(actor(2, Role::DataProtection))
        .when(Command::Approve { found: gone() })
        .then_refused(Refusal::DayCome);
    given::<Export>(approved())
        .when(Command::Begin { found: gone(), sealed_to: SealedTo::Recipient })
        .then_refused(Refusal::DayCome);
    let other = Found { recordings: vec![], papers: true };
    given::<Export>(approved())
        .when(Command::Begin { found: other, sealed_to: SealedTo::Recipient })
        .then_refused(Refusal::NotOfCase);
}

#[test]
fn a_request_expires_after_seven_days_and_not_before() {
    let late = T.plus(limits::APPROVE_WITHIN);
    let early = late.minus(Duration::from_micros(1));
    let waiting = |at| given::<Export>([requested()]).at(at).by(Actor::System);
    waiting(early).when(Command::Expire).then_refused(Refusal::NotExpired);
    waiting(late).when(Command::Expire).then([Event::Expired {}]);
    let second = || actor(2, Role::Supervisor);
    given::<Export>([requested()])
        .at(early)
        .by(second())
        .when(approve())
        .then([Event::Approved { by: StaffId(2) }]);
    waiting(late).by(second()).when(approve()).then_refused(Refusal::Expired);
    let over = || given::<Export>([requested(), Event::Expired {}]);
    over().by(second()).when(approve()).then_refused(Refusal::Expired);
    over().when(begin()).then_refused(Refusal::Expired);
    given::<Export>(approved())
        .by(Actor::System)
        .when(Command::Expire)
        .then_refused(Refusal::AlreadyApproved);
    given::<Export>([requested()]).when(Command::Expire).then_refused(Refusal::NoSuchCopy);
}

#[test]
fn whoever_could_approve_says_no_and_whoever_asked_takes_it_back() {
    let no = |why: &str| Command::Refuse { reason: why.into() };
    let waiting = || given::<Export>([requested()]);
    waiting().when(no(" ")).then_refused(Refusal::ReasonMissing);
    waiting().by(actor(3, Role::Responder)).when(no("x")).then_refused(Refusal::NotYours);
    for (number, role) in [(1, Role::Responder), (2, Role::DataProtection)] {
        let reason = Personal::new("x".to_owned());
        let refused = Event::Refused { by: StaffId(number), reason };
        waiting().by(actor(number, role)).when(no("x")).then([refused.clone()]);
        let over = || given::<Export>([requested(), refused.clone()]);
        over().by(actor(2, Role::Supervisor)).when(approve()).then_refused(Refusal::Refused);
        over().when(begin()).then_refused(Refusal::Refused);
    }
}

#[test]
fn only_the_two_people_make_a_copy_and_every_copy_has_its_number() {
    given::<Export>([requested()]).when(begin()).then_refused(Refusal::NotApproved);
    given::<Export>([]).when(begin()).then_refused(Refusal::NotRequested);
    let ready = || given::<Export>(approved());
    ready().by(actor(3, Role::Supervisor)).when(begin()).then_refused(Refusal::NotYours);
    ready().by(actor(1, Role::Responder)).when(begin()).then([begun()]);
    let second = Event::Begun { copy: 2, by: StaffId(2), sealed_to: SealedTo::Passphrase };
    ready().and([begun()]).by(actor(2, Role::Supervisor)).when(begin()).then([second]);
    let ten =
        (1..=10).map(|copy| Event::Begun { copy, by: StaffId(1), sealed_to: SealedTo::Passphrase });
    ready().and(ten).when(begin()).then_refused(Refusal::TooManyCopies);
}

#[test]
fn sightline_alone_says_what_became_of_a_copy_and_says_it_once() {
    let made = Event::Packaged {
        copy: 1,
        by: StaffId(1),
        sha256: "aa".into(),
        bytes: 10,
        members: 3,
        master: "bb".into(),
    };
    let making = || given::<Export>(approved()).and([begun()]);
    let own = || making().by(Actor::System);
    making().when(package(1)).then_refused(Refusal::NoSuchCopy);
    own().when(package(2)).then_refused(Refusal::NoSuchCopy);
    own().when(package(1)).then([made.clone()]);
    let done = Command::NoteDownloaded { copy: 1 };
    own().when(done.clone()).then_refused(Refusal::NoSuchCopy);
    let taken = Event::Downloaded { copy: 1, by: StaffId(1) };
    own().and([made.clone()]).when(done.clone()).then([taken.clone()]);
    own().and([made.clone(), taken.clone()]).when(done).then_refused(Refusal::NoSuchCopy);
    let broken = Command::NoteBrokenOff { copy: 1, why: Why::Left };
    let left = Event::BrokenOff { copy: 1, why: Why::Left };
    own().when(broken.clone()).then([left.clone()]);
    own().and([made.clone()]).when(broken.clone()).then([left.clone()]);
    own().and([made, taken]).when(broken).then_refused(Refusal::NoSuchCopy);
    own().and([left]).when(package(1)).then_refused(Refusal::NoSuchCopy);
}

#[test]
fn every_event_ever_stored_reads_back() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fossils");
    let mut kinds = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let stored: Value = serde_json::from_str(&text).unwrap();
        let event: Event = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
        kinds += 1;
    }
    assert_eq!(kinds, include_str!("event.rs").matches("[serde(rename = \"").count());
}
