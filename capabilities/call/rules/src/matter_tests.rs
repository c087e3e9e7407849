//! The rules of a call that is about a matter of another capability, one sentence a test.

use crate::*;
use kernel::id::StaffId;
use kernel::spec::{Given, given};
use kernel::{Actor, At, Decider, Personal, Purpose, Role, retention};

const START: At = At::from_seconds(1_800_000_000);
const LINK: InvitationId = InvitationId(7);
const MATTER: &str = "disclosure/00000000000000000000000000000003";
const OFFICER: StaffId = StaffId(6);

fn staff(id: u128, role: Role) -> Actor {
    Actor::Staff { id: StaffId(id), roles: vec![role] }
}

fn officer() -> Actor {
    staff(6, Role::DisclosureOfficer)
}

fn guest() -> Actor {
    Actor::Guest { invitation: LINK.to_string() }
}

fn place() -> Location {
    Location { latitude: 51.5, longitude: -3.2, accuracy_metres: 12.0, at: START }
}

fn opening(matter: &str, contact: Option<&str>) -> Command {
    Command::OpenForMatter {
        matter: matter.into(),
        matter_kind: MatterKind::Disclosure,
        language: Language::En,
        channel: Channel::Text,
        contact: contact.map(str::to_owned),
        name: Some("Ama Example".into()),
    }
}

fn opened() -> Event {
    Event::OpenedForMatter {
        matter: MATTER.into(),
        matter_kind: MatterKind::Disclosure,
        language: Language::En,
        channel: Channel::Text,
        contact: Some("07700 900123".to_owned().into()),
        name: Some("Ama Example".to_owned().into()),
    }
}

fn open() -> Given<Call> {
    let invited = Event::Invited {
        invitation: LINK,
        guest: Guest::Victim,
        secret_hash: "aa".into(),
        channel: Channel::Text,
        contact: Some("07700 900123".to_owned().into()),
        name: None,
        expires_at: START.plus(limits::INVITATION_LIVES),
    };
    let claimed = Event::InvitationOpened { invitation: LINK, device: "one".into() };
    given::<Call>([opened(), invited, claimed])
}

fn in_room() -> Given<Call> {
    let joined = |participant| Event::Joined { participant };
    let picked_up = Event::PickedUp { by: OFFICER };
    let officer = joined(Participant::Staff(OFFICER));
    open().and([picked_up, joined(Participant::Victim), officer])
}

fn in_danger(cause: Danger, by: &Actor, location: Option<Location>) -> Event {
    Event::MatterInDanger {
        matter: MATTER.into(),
        matter_kind: MatterKind::Disclosure,
        cause,
        by: by.to_string(),
        location: location.map(Personal::new),
    }
}

#[test]
fn a_matter_opens_a_call_once_and_says_where_the_link_goes() {
    given::<Call>([]).by(officer()).when(opening(MATTER, Some("07700 900123"))).then([opened()]);
    let again = opening(MATTER, Some("07700 900123"));
    open().by(officer()).when(again).then_refused(Refusal::AlreadyOpen);
    let nowhere = opening(MATTER, Some("  "));
    given::<Call>([]).by(officer()).when(nowhere).then_refused(Refusal::NoContact);
    for name in ["", "disclosure", "disclosure/", "call/01", "disclosure/1/2", "a b/1"] {
        let none = opening(name, Some("07700 900123"));
        given::<Call>([]).by(officer()).when(none).then_refused(Refusal::NoMatter);
    }
}

#[test]
fn it_is_about_its_matter_and_no_incident() {
    let state = open().state();
    let about = &state.call().unwrap().about;
    assert_eq!((about.incident(), about.purpose()), (None, Purpose::Disclosure));
    assert_eq!(about.stream(), MATTER);
    assert_eq!(about.pages(), "/disclosures/calls");
}

#[test]
fn nothing_is_written_pictured_or_shared_in_it() {
    let say = |by| Command::Say { by, text: "He was convicted.".into() };
    in_room().by(officer()).when(say(Participant::Staff(OFFICER))).then_refused(Refusal::NoChat);
    in_room().by(guest()).when(say(Participant::Victim)).then_refused(Refusal::NoChat);
    let still = Command::RequestStill { of: Participant::Victim };
    in_room().by(officer()).when(still).then_refused(Refusal::NoStills);
    let share = Command::ShareLocation { invitation: LINK, location: place() };
    in_room().by(guest()).when(share).then_refused(Refusal::PlaceOnlyInDanger);
}

#[test]
fn danger_is_told_of_the_matter_with_her_place_and_never_ends_the_call() {
    let signal = Command::SignalDanger { invitation: LINK, location: Some(place()) };
    let signalled = in_danger(Danger::Signal, &guest(), Some(place()));
    in_room().by(guest()).when(signal.clone()).then([signalled.clone()]);
    in_room().and([signalled.clone()]).by(guest()).when(signal.clone()).then([]);
    let back = || Command::SayOffenderReturned { location: None };
    let returned = in_danger(Danger::OffenderReturned, &officer(), None);
    in_room().by(officer()).when(back()).then([returned.clone()]);
    in_room().and([returned.clone()]).by(officer()).when(back()).then([]);
    let both = [signalled, in_danger(Danger::OffenderReturned, &guest(), Some(place()))];
    open().by(guest()).when(signal).then(both.clone());
    let state = in_room().and(both).state();
    let known = state.open().unwrap();
    assert!(known.danger_at.is_some() && known.offender_returned);
}

#[test]
fn staff_who_may_not_disclose_are_told_that_there_is_no_such_call() {
    for role in Role::ALL {
        let may = matches!(role, Role::DisclosureOfficer | Role::Supervisor);
        let taken = open().by(staff(9, role)).when(Command::PickUp);
        match may {
            true => taken.then([Event::PickedUp { by: StaffId(9) }]),
            false => taken.then_refused(Refusal::NotOpened),
        }
    }
    let finish = Command::Finish { outcome: Outcome::NotReached };
    let client = Actor::Client { name: "cad".into() };
    open().by(client).when(finish).then_refused(Refusal::NotOpened);
}

#[test]
fn a_colleague_may_take_it_over_and_nobody_is_given_it() {
    let over = |to| Command::HandOver { to: StaffId(to) };
    in_room().by(officer()).when(over(3)).then_refused(Refusal::OnlyTakenOver);
    let supervisor = || staff(3, Role::Supervisor);
    in_room().by(supervisor()).when(over(4)).then_refused(Refusal::OnlyTakenOver);
    let taken = Event::HandedOver { from: OFFICER, to: StaffId(3) };
    in_room().by(supervisor()).when(over(3)).then([taken]);
}

#[test]
fn places_and_what_is_written_are_kept_apart_from_the_rest() {
    let said = Event::Said { by: Participant::Victim, text: Personal::new("x".to_owned()) };
    assert_eq!(Call::apart(&said), Some(retention::CHAT));
    let shared = Event::LocationShared { invitation: LINK, location: place().into() };
    let danger = in_danger(Danger::Signal, &guest(), Some(place()));
    for event in [shared, danger] {
        assert_eq!(Call::apart(&event), Some(retention::LOCATION));
    }
    assert_eq!(Call::apart(&opened()), None);
}
