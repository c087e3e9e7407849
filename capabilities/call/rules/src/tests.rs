//! The rules of a call, one sentence a test.

use crate::state::{Link, Safety, Standing};
use crate::*;
use incident::{IncidentId, OfferId};
use kernel::id::StaffId;
use kernel::spec::{Given, given};
use kernel::{Actor, At, Personal, Role};
use std::time::Duration;

const START: At = At::from_seconds(1_800_000_000);
const LINK: InvitationId = InvitationId(7);
const LATER: InvitationId = InvitationId(8);
const OFFICER: StaffId = StaffId(1);

fn opened() -> Event {
    Event::Opened { incident: IncidentId(3), offer: OfferId(5), language: Language::En }
}

fn invited_as(invitation: InvitationId, guest: Guest) -> Event {
    Event::Invited {
        invitation,
        guest,
        secret_hash: "aa".into(),
        channel: Channel::Text,
        contact: Some("07700 900123".to_owned().into()),
        name: None,
        expires_at: START.plus(limits::INVITATION_LIVES),
    }
}

fn invited() -> Event {
    invited_as(LINK, Guest::Victim)
}

fn claimed() -> Event {
    Event::InvitationOpened { invitation: LINK, device: "one".into() }
}

fn safe() -> Event {
    Event::SafetyAnswered { invitation: LINK, safe: true, alone: true, after_reconnect: false }
}

fn ready() -> Event {
    Event::GuestReady { invitation: LINK, camera: true, microphone: true }
}

fn picked_up() -> Event {
    Event::PickedUp { by: OFFICER }
}

fn admitted() -> Event {
    Event::GuestAdmitted { invitation: LINK }
}

fn joined(participant: Participant) -> Event {
    Event::Joined { participant }
}

fn open(events: impl IntoIterator<Item = Event>) -> Given<Call> {
    given::<Call>([opened(), invited()].into_iter().chain(events))
}

fn in_room() -> Given<Call> {
    open([
        claimed(),
        safe(),
        ready(),
        picked_up(),
        admitted(),
        joined(Participant::Victim),
        joined(Participant::Staff(OFFICER)),
    ])
}

fn guest() -> Actor {
    Actor::Guest { invitation: LINK.to_string() }
}

fn late() -> At {
    START.plus(limits::INVITATION_LIVES)
}

fn claim(device: &str) -> Command {
    Command::Claim { invitation: LINK, device: device.into() }
}

fn invite(invitation: InvitationId, guest: Guest, contact: Option<&str>) -> Command {
    Command::Invite {
        invitation,
        guest,
        secret_hash: "aa".into(),
        channel: Channel::Text,
        contact: contact.map(str::to_owned),
        name: None,
    }
}

#[test]
fn a_call_opens_once() {
    let open = Command::Open { incident: IncidentId(3), offer: OfferId(5), language: Language::En };
    given::<Call>([]).when(open.clone()).then([opened()]);
    given::<Call>([opened()]).when(open).then_refused(Refusal::AlreadyOpen);
    given::<Call>([]).when(Command::PickUp).then_refused(Refusal::NotOpened);
}

#[test]
fn a_link_dies_fifteen_minutes_after_it_was_made() {
    let command = invite(LINK, Guest::Victim, Some("07700 900123"));
    given::<Call>([opened()]).when(command).then([invited()]);
    open([]).when(Command::Expire { invitation: LINK }).then_refused(Refusal::NotExpired);
    let expired = Event::InvitationExpired { invitation: LINK };
    open([]).at(late()).when(Command::Expire { invitation: LINK }).then([expired.clone()]);
    open([]).at(late()).when(claim("one")).then_refused(Refusal::LinkDead);
    open([expired]).when(claim("one")).then_refused(Refusal::LinkDead);
}

#[test]
fn a_message_needs_somewhere_to_go_and_a_link_read_out_does_not() {
    let nowhere = invite(LINK, Guest::Victim, Some(" "));
    given::<Call>([opened()]).when(nowhere).then_refused(Refusal::NoContact);
    let mut aloud = invite(LINK, Guest::Victim, None);
    if let Command::Invite { channel, .. } = &mut aloud {
        *channel = Channel::ReadOut;
    }
    assert!(given::<Call>([opened()]).when(aloud).0.is_ok());
}

#[test]
fn the_first_device_to_open_a_link_owns_it() {
    open([]).when(claim("one")).then([claimed()]);
    open([claimed()]).when(claim("one")).then([]);
    open([claimed()]).at(late()).when(claim("one")).then([]);
}

#[test]
fn another_device_waits_until_the_officer_admits_it() {
    let waits = Event::SecondDeviceWaited { invitation: LINK, device: "two".into() };
    open([claimed()]).when(claim("two")).then([waits.clone()]);
    let contested = open([claimed(), waits.clone()]).state();
    let one = &contested.open().unwrap().invitations[&LINK];
    assert_eq!(one.standing("one"), Standing::Bound);
    assert_eq!(one.standing("two"), Standing::Waiting);
    assert_eq!(one.standing("three"), Standing::Stranger);
    let admit = |device: &str| Command::AdmitDevice { invitation: LINK, device: device.into() };
    open([claimed()]).when(admit("two")).then_refused(Refusal::NobodyWaits);
    open([claimed(), waits.clone()]).when(admit("three")).then_refused(Refusal::NobodyWaits);
    open([claimed(), waits.clone()])
        .by(guest())
        .when(admit("two"))
        .then_refused(Refusal::StaffOnly);
    let moved = Event::DeviceAdmitted { invitation: LINK, device: "two".into() };
    open([claimed(), waits.clone()]).when(admit("two")).then([moved.clone()]);
    let now = open([claimed(), waits, moved]).state();
    let link = &now.open().unwrap().invitations[&LINK].link;
    assert_eq!(*link, Link::Bound { device: "two".into() });
}

#[test]
fn a_device_that_left_by_exit_holds_the_link_no_more() {
    let left = Event::LeftByExit { invitation: LINK };
    let gone = open([claimed(), left.clone()]).state();
    assert_eq!(gone.open().unwrap().invitations[&LINK].standing("one"), Standing::Stranger);
    let waits = Event::SecondDeviceWaited { invitation: LINK, device: "one".into() };
    open([claimed(), left.clone()]).when(claim("one")).then([waits.clone()]);
    let back = open([claimed(), left, waits]).state();
    assert_eq!(back.open().unwrap().invitations[&LINK].standing("one"), Standing::Waiting);
}

#[test]
fn nobody_tries_one_link_with_device_after_device() {
    let waits = |n: u32| Event::SecondDeviceWaited { invitation: LINK, device: format!("d{n}") };
    let all = std::iter::once(claimed()).chain((0..limits::DEVICES_WAITING_MAX).map(waits));
    open(all).when(claim("more")).then_refused(Refusal::TooManyDevices);
}

#[test]
fn a_second_link_for_her_kills_the_first() {
    let mut second = invited_as(LATER, Guest::Victim);
    if let Event::Invited { contact, .. } = &mut second {
        *contact = Some("07700 900456".to_owned().into());
    }
    let replaced = Event::InvitationReplaced { invitation: LINK, by: LATER };
    let again = invite(LATER, Guest::Victim, Some("07700 900456"));
    open([claimed()]).when(again).then([second.clone(), replaced.clone()]);
    open([claimed(), second, replaced]).when(claim("one")).then_refused(Refusal::LinkDead);
    let interpreter = invited_as(LATER, Guest::Interpreter);
    let asked = invite(LATER, Guest::Interpreter, Some("07700 900123"));
    open([claimed()]).when(asked).then([interpreter]);
}

#[test]
fn safety_comes_before_the_lobby() {
    let be_ready = Command::BeReady { invitation: LINK, camera: true, microphone: true };
    open([]).by(guest()).when(be_ready.clone()).then_refused(Refusal::NotOpenedYet);
    open([claimed()]).by(guest()).when(be_ready.clone()).then_refused(Refusal::SafetyFirst);
    let unsafe_now = Event::SafetyAnswered {
        invitation: LINK,
        safe: false,
        alone: true,
        after_reconnect: false,
    };
    open([claimed(), unsafe_now])
        .by(guest())
        .when(be_ready.clone())
        .then_refused(Refusal::SafetyFirst);
    open([claimed(), safe()]).by(guest()).when(be_ready.clone()).then([ready()]);
    open([claimed(), safe(), ready()]).by(guest()).when(be_ready).then([]);
}

#[test]
fn not_safe_now_is_an_answer_and_she_may_ask_to_be_called_later() {
    let answer = Command::AnswerSafety { invitation: LINK, safe: false, alone: false };
    let answered = Event::SafetyAnswered {
        invitation: LINK,
        safe: false,
        alone: false,
        after_reconnect: false,
    };
    open([claimed()]).by(guest()).when(answer).then([answered.clone()]);
    let later = Command::AskCallLater { invitation: LINK };
    let asked = Event::CallLaterAsked { invitation: LINK };
    open([claimed(), answered]).by(guest()).when(later).then([asked]);
}

#[test]
fn she_enters_as_soon_as_she_is_ready_and_somebody_answered() {
    open([claimed(), safe(), ready()]).when(Command::PickUp).then([picked_up(), admitted()]);
    open([claimed()]).when(Command::PickUp).then([picked_up()]);
    let be_ready = Command::BeReady { invitation: LINK, camera: true, microphone: true };
    open([claimed(), safe(), picked_up()]).by(guest()).when(be_ready).then([ready(), admitted()]);
}

#[test]
fn one_officer_has_a_call_until_it_is_handed_over() {
    let other = Actor::Staff { id: StaffId(2), roles: vec![Role::Responder] };
    open([picked_up()]).when(Command::PickUp).then([]);
    open([picked_up()]).by(other).when(Command::PickUp).then_refused(Refusal::AlreadyPickedUp);
    open([picked_up()]).by(guest()).when(Command::PickUp).then_refused(Refusal::StaffOnly);
    let over = Command::HandOver { to: StaffId(2) };
    open([]).when(over.clone()).then_refused(Refusal::NotPickedUp);
    open([picked_up()]).when(over).then([Event::HandedOver { from: OFFICER, to: StaffId(2) }]);
    let same = Command::HandOver { to: OFFICER };
    open([picked_up()]).when(same).then_refused(Refusal::SameOfficer);
}

#[test]
fn an_interpreter_waits_in_the_lobby_until_admitted() {
    let theirs = || Actor::Guest { invitation: LATER.to_string() };
    let came = || {
        let claimed = Event::InvitationOpened { invitation: LATER, device: "x".into() };
        open([invited_as(LATER, Guest::Interpreter), claimed, picked_up()])
    };
    let admit = Command::AdmitGuest { invitation: LATER };
    came().when(admit.clone()).then_refused(Refusal::NotInLobby);
    let ready = Event::GuestReady { invitation: LATER, camera: false, microphone: true };
    let be_ready = Command::BeReady { invitation: LATER, camera: false, microphone: true };
    came().by(theirs()).when(be_ready).then([ready.clone()]);
    let admitted = Event::GuestAdmitted { invitation: LATER };
    came().and([ready]).when(admit).then([admitted]);
}

#[test]
fn both_must_see_before_the_line_may_be_cleared() {
    let saw = |participant| Command::NoteFirstFrame { participant };
    let seen = |participant| Event::FirstFrameSeen { participant };
    let officer = Participant::Staff(OFFICER);
    open([]).when(saw(officer)).then_refused(Refusal::NotInRoom);
    in_room().when(saw(Participant::Victim)).then([seen(Participant::Victim)]);
    let both = [seen(officer), Event::FaceToFace {}];
    in_room().and([seen(Participant::Victim)]).when(saw(officer)).then(both);
    in_room().and([seen(officer)]).when(saw(officer)).then([]);
}

#[test]
fn after_every_return_she_is_asked_again_whether_it_is_safe() {
    let joins = Command::NoteJoined { participant: Participant::Victim };
    let lost = Event::ParticipantLost { participant: Participant::Victim };
    let returned = Event::ParticipantReturned { participant: Participant::Victim };
    let asked = Event::SafetyAsked { after_reconnect: true };
    // After a stop of ours nobody noted that she was gone.
    in_room().when(joins.clone()).then([returned.clone(), asked.clone()]);
    let officer = Command::NoteJoined { participant: Participant::Staff(OFFICER) };
    in_room().when(officer).then([]);
    in_room().and([lost.clone()]).when(joins.clone()).then([returned.clone(), asked.clone()]);
    let state = in_room().and([lost, returned, asked]).state();
    assert_eq!(state.open().unwrap().safety, Safety::AskedAgain);
    let gone = Command::NoteLost { participant: Participant::Recorder };
    in_room().when(gone).then([]);
}

#[test]
fn the_silent_signal_goes_once_and_changes_nothing_else() {
    let signal = Command::SignalDanger { invitation: LINK, location: None };
    let signalled =
        Event::DangerSignalled { incident: IncidentId(3), invitation: LINK, location: None };
    in_room().by(guest()).when(signal.clone()).then([signalled.clone()]);
    let again = || in_room().and([signalled.clone()]).by(guest());
    again().when(signal.clone()).then([]);
    let later = START.plus(Duration::from_secs(11));
    again().at(later).when(signal).then([signalled.clone()]);
}

#[test]
fn a_signal_that_no_officer_sees_means_that_he_is_back() {
    let signal = Command::SignalDanger { invitation: LINK, location: None };
    let signalled =
        Event::DangerSignalled { incident: IncidentId(3), invitation: LINK, location: None };
    let by = guest().to_string();
    let back = Event::OffenderReturned { incident: IncidentId(3), by, location: None };
    open([claimed(), safe()]).by(guest()).when(signal).then([signalled, back]);
}

#[test]
fn he_is_back_from_anyone_never_ends_the_call() {
    let back = || Command::SayOffenderReturned { location: None };
    let said = |by: &Actor| Event::OffenderReturned {
        incident: IncidentId(3),
        by: by.to_string(),
        location: None,
    };
    in_room().by(guest()).when(back()).then([said(&guest())]);
    in_room().by(Actor::System).when(back()).then([said(&Actor::System)]);
    in_room().and([said(&guest())]).when(back()).then([]);
    assert!(in_room().and([said(&guest())]).state().open().is_some());
}

#[test]
fn a_guest_acts_and_speaks_for_herself_only() {
    let other = Actor::Guest { invitation: LATER.to_string() };
    let answer = Command::AnswerSafety { invitation: LINK, safe: true, alone: true };
    open([claimed()]).by(other.clone()).when(answer).then_refused(Refusal::NotYours);
    let say = |by, text: &str| Command::Say { by, text: text.into() };
    let victim = Participant::Victim;
    in_room().by(other).when(say(victim, "x")).then_refused(Refusal::UnknownInvitation);
    in_room().when(say(victim, "x")).then_refused(Refusal::NotYours);
    in_room().by(guest()).when(say(victim, "  ")).then_refused(Refusal::Empty);
    let long = "x".repeat(limits::TEXT_CHARS_MAX + 1);
    in_room().by(guest()).when(say(victim, &long)).then_refused(Refusal::TooLong);
    let said = Event::Said { by: victim, text: Personal::new("hello".to_owned()) };
    in_room().by(guest()).when(say(victim, " hello ")).then([said]);
}

#[test]
fn a_call_ends_only_with_an_outcome_that_can_be() {
    let finish = |outcome| Command::Finish { outcome };
    let finished = |outcome| Event::Finished { outcome, by: Some(OFFICER) };
    open([]).when(finish(Outcome::Completed)).then_refused(Refusal::NeverMet);
    open([]).when(finish(Outcome::NotReached)).then([finished(Outcome::NotReached)]);
    in_room().when(finish(Outcome::NotReached)).then_refused(Refusal::SheCame);
    in_room().by(guest()).when(finish(Outcome::Completed)).then_refused(Refusal::StaffOnly);
    in_room().when(finish(Outcome::Completed)).then([finished(Outcome::Completed)]);
}

#[test]
fn after_the_end_nothing_happens_any_more() {
    let over = || in_room().and([Event::Finished { outcome: Outcome::Completed, by: None }]);
    over().when(claim("one")).then_refused(Refusal::Finished);
    over().when(Command::PickUp).then_refused(Refusal::Finished);
    over().when(Command::NoteLost { participant: Participant::Victim }).then([]);
    let receipt = Event::MessageDelivered { invitation: LINK };
    assert_eq!(over().and([receipt]).state(), over().state());
}

#[test]
fn receipts_go_forward_only() {
    let accepted = Event::MessageAccepted { invitation: LINK };
    let delivered = Event::MessageDelivered { invitation: LINK };
    let note = Command::NoteDelivered { invitation: LINK };
    open([accepted]).when(note.clone()).then([delivered.clone()]);
    open([delivered.clone()]).when(note).then([]);
    open([delivered]).when(Command::NoteAccepted { invitation: LINK }).then([]);
}

#[test]
fn a_participant_is_read_back_from_the_rooms_own_word() {
    for one in [
        Participant::Victim,
        Participant::Staff(OFFICER),
        Participant::Guest(LINK),
        Participant::Recorder,
    ] {
        assert_eq!(one.to_string().parse(), Ok(one));
    }
    for text in ["", "victim-", "staff-", "staff-zz", "guest", "Recorder"] {
        assert_eq!(text.parse::<Participant>(), Err(NotAParticipant), "{text}");
    }
}

#[test]
fn every_event_ever_stored_reads_back() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fossils");
    let mut kinds = std::collections::BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let json: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let event: Event = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), json, "{}", path.display());
        let kind = json["kind"].as_str().unwrap().to_owned();
        assert_eq!(path.file_stem().unwrap().to_str().unwrap(), kind);
        kinds.insert(kind);
    }
    let source = include_str!("event.rs");
    let named = source.matches("#[serde(rename = \"call.").count();
    assert_eq!(kinds.len(), named, "a fossil for every stored name: {kinds:?}");
}

#[test]
fn any_sequence_of_events_folds_and_no_refusal_leaves_a_trace() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fossils");
    let mut events: Vec<Event> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .map(|text| serde_json::from_str(&text).unwrap())
        .collect();
    for _ in 0..events.len() {
        events.rotate_left(1);
        let one_way = given::<Call>(events.clone()).state();
        assert_eq!(one_way, given::<Call>(events.clone()).state());
    }
}
