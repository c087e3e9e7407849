//! What she may read on her screen, one sentence a test.

use crate::*;
use incident::{IncidentId, OfferId};
use kernel::id::StaffId;
use kernel::spec::{Decided, Given, given};
use kernel::{Actor, At};

const LINK: InvitationId = InvitationId(7);
const FRIEND: InvitationId = InvitationId(8);
const TEXT: ReadingId = ReadingId(10);

fn invited(invitation: InvitationId, guest: Guest) -> Event {
    Event::Invited {
        invitation,
        guest,
        secret_hash: "aa".into(),
        channel: Channel::ReadOut,
        contact: None,
        name: None,
        expires_at: At::from_seconds(1_800_000_900),
    }
}

fn claimed(invitation: InvitationId) -> Event {
    Event::InvitationOpened { invitation, device: format!("of {invitation}") }
}

fn says(safe: bool, alone: bool) -> Event {
    Event::SafetyAnswered { invitation: LINK, safe, alone, after_reconnect: false }
}

/// She is in the room with an officer, safe and alone; a friend has a link of his own.
fn together() -> Given<Call> {
    let ready = |invitation| Event::GuestReady { invitation, camera: true, microphone: true };
    given::<Call>([
        Event::Opened { incident: IncidentId(3), offer: OfferId(5), language: Language::En },
        invited(LINK, Guest::Victim),
        claimed(LINK),
        says(true, true),
        Event::PickedUp { by: StaffId(1) },
        ready(LINK),
        Event::GuestAdmitted { invitation: LINK },
        Event::Joined { participant: Participant::Victim },
        invited(FRIEND, Guest::Advocate),
        claimed(FRIEND),
        ready(FRIEND),
        Event::GuestAdmitted { invitation: FRIEND },
    ])
}

fn offer(text: &str) -> Command {
    Command::OfferReading { reading: TEXT, text: text.into() }
}

fn offered() -> Event {
    Event::ReadingOffered { reading: TEXT, text: "He came back.".to_owned().into() }
}

fn taken_back() -> Event {
    Event::ReadingTakenBack { reading: TEXT }
}

fn answer(invitation: InvitationId, right: bool, words: &str) -> Command {
    Command::AnswerReading { invitation, reading: TEXT, right, words: words.into() }
}

fn guest(invitation: InvitationId) -> Actor {
    Actor::Guest { invitation: invitation.to_string() }
}

#[test]
fn a_text_is_put_before_her_to_the_letter_and_one_at_a_time() {
    let letter = "  He came back.\n";
    let event = Event::ReadingOffered { reading: TEXT, text: letter.to_owned().into() };
    together().when(offer(letter)).then([event]);
    together().and([offered()]).when(offer("More.")).then_refused(Refusal::ReadingAlready);
    together().when(offer(" \n")).then_refused(Refusal::Empty);
    let long = "a".repeat(limits::READING_CHARS_MAX + 1);
    together().when(offer(&long)).then_refused(Refusal::TooLong);
}

#[test]
fn nothing_is_put_before_her_while_she_is_away_unsafe_or_not_alone() {
    let lost = Event::ParticipantLost { participant: Participant::Victim };
    together().and([lost]).when(offer("Text.")).then_refused(Refusal::NotInRoom);
    for one in [says(false, true), says(true, false), Event::SafetyAsked { after_reconnect: false }]
    {
        together().and([one]).when(offer("Text.")).then_refused(Refusal::NotAlone);
    }
}

#[test]
fn only_staff_put_a_text_before_her_and_only_she_answers() {
    together().by(guest(LINK)).when(offer("Text.")).then_refused(Refusal::StaffOnly);
    let before = || together().and([offered()]);
    before().by(guest(FRIEND)).when(answer(FRIEND, true, "")).then_refused(Refusal::NothingToRead);
    before().by(guest(FRIEND)).when(answer(LINK, true, "")).then_refused(Refusal::NotYours);
    before().when(answer(LINK, true, "")).then_refused(Refusal::NotYours);
    let words = "It was two.".to_owned().into();
    let said = Event::ReadingAnswered { invitation: LINK, reading: TEXT, right: false, words };
    before().by(guest(LINK)).when(answer(LINK, false, " It was two. ")).then([said.clone()]);
    let after = before().and([said]).by(guest(LINK));
    after.when(answer(LINK, true, "")).then_refused(Refusal::NothingToRead);
}

#[test]
fn it_stands_on_her_own_screen_alone_and_not_while_she_is_asked_again() {
    let state = together().and([offered()]).state();
    let open = state.open().unwrap();
    assert_eq!(open.reading_of(LINK), Some(TEXT));
    assert_eq!(open.reading_of(FRIEND), None);
    let asked = together().and([offered(), Event::SafetyAsked { after_reconnect: true }]);
    assert_eq!(asked.state().open().unwrap().reading_of(LINK), None);
    let late = asked.by(guest(LINK)).when(answer(LINK, true, ""));
    late.then_refused(Refusal::NothingToRead);
    let again = [offered(), Event::SafetyAsked { after_reconnect: true }, says(true, true)];
    assert_eq!(together().and(again).state().open().unwrap().reading_of(LINK), Some(TEXT));
}

#[test]
fn it_goes_when_she_leaves_is_not_alone_or_the_call_ends() {
    let before = || together().and([offered()]);
    before()
        .by(guest(LINK))
        .when(Command::LeaveByExit { invitation: LINK })
        .then([Event::LeftByExit { invitation: LINK }, taken_back()]);
    before()
        .by(guest(FRIEND))
        .when(Command::LeaveByExit { invitation: FRIEND })
        .then([Event::LeftByExit { invitation: FRIEND }]);
    before()
        .by(guest(LINK))
        .when(Command::AnswerSafety { invitation: LINK, safe: true, alone: false })
        .then([says(true, false), taken_back()]);
    let finished = Event::Finished { outcome: Outcome::VictimLeft, by: Some(StaffId(1)) };
    before().when(Command::Finish { outcome: Outcome::VictimLeft }).then([taken_back(), finished]);
    before().when(Command::TakeReadingBack { reading: TEXT }).then([taken_back()]);
    together().when(Command::TakeReadingBack { reading: TEXT }).then([]);
}

#[test]
fn a_signal_of_danger_changes_nothing_on_her_screen() {
    let signal = Command::SignalDanger { invitation: LINK, location: None };
    let Decided(events) = together().and([offered()]).by(guest(LINK)).when(signal);
    let after = together().and([offered()]).and(events.unwrap()).state();
    assert_eq!(after.open().unwrap().reading_of(LINK), Some(TEXT));
}

#[test]
fn nothing_is_put_before_somebody_who_is_told_something_in_confidence() {
    let confided = Event::OpenedForMatter {
        matter: "disclosure/00000000000000000000000000000001".into(),
        matter_kind: MatterKind::Disclosure,
        language: Language::En,
        channel: Channel::ReadOut,
        contact: None,
        name: None,
    };
    let call = given::<Call>([confided, invited(LINK, Guest::Victim), claimed(LINK)]);
    let call = call.and([Event::Joined { participant: Participant::Victim }, says(true, true)]);
    call.when(offer("Text.")).then_refused(Refusal::NoReading);
}
