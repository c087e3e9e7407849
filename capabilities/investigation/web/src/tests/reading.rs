//! The statement on her own screen, over the events of the call.

use super::House;
use crate::files;
use call::{Call, CallId, Channel, Command, Guest, InvitationId, Language, Participant, ReadingId};
use engine::Caller;
use incident::OfferId;
use kernel::{Actor, Purpose, Role};
use testkit::{START, TestApp};

const CALL: CallId = CallId(12);
const LINK: InvitationId = InvitationId(5);

fn guest() -> Caller {
    Caller { actor: Actor::Guest { invitation: LINK.to_string() }, purpose: Purpose::Response }
}

async fn ask(house: &House, command: Command, caller: &Caller) {
    house.app.engine.execute::<Call>(&CALL.stream(), command, caller, None).await.unwrap();
}

/// She is in a call about the incident, safe, and alone or not.
async fn in_call(house: &House, alone: bool) {
    let officer = TestApp::caller(Role::Responder);
    let (incident, invitation) = (house.incident, LINK);
    let offer = OfferId(CALL.0);
    ask(house, Command::Open { incident, offer, language: Language::En }, &officer).await;
    let invite = Command::Invite {
        invitation,
        guest: Guest::Victim,
        secret_hash: "aa".into(),
        channel: Channel::ReadOut,
        contact: None,
        name: None,
    };
    ask(house, invite, &officer).await;
    ask(house, Command::Claim { invitation, device: "one".into() }, &guest()).await;
    ask(house, Command::AnswerSafety { invitation, safe: true, alone }, &guest()).await;
    ask(house, Command::PickUp, &officer).await;
    let ready = Command::BeReady { invitation, camera: true, microphone: true };
    ask(house, ready, &guest()).await;
    ask(house, Command::NoteJoined { participant: Participant::Victim }, &Caller::system()).await;
}

async fn offered(house: &House) -> ReadingId {
    house.done("statement", &[("section_events", "He came at one.")]).await;
    let seen = files::digest("He came at one.");
    house.done("statement/offered", &[("seen", &seen)]).await;
    let (state, _) = house.app.engine.state::<Call>(&CALL.stream()).await.unwrap();
    state.open().unwrap().reading_of(LINK).unwrap()
}

#[tokio::test]
async fn her_answer_on_her_screen_is_her_word_with_digest_and_second() {
    let house = House::new().await;
    in_call(&house, true).await;
    let reading = offered(&house).await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("statement")).await;
    assert!(page.says("She has it before her"));
    let answer =
        Command::AnswerReading { invitation: LINK, reading, right: true, words: String::new() };
    ask(&house, answer, &guest()).await;
    let agreed = async || house.happened("investigation.statement_acknowledged.v1").await == 1;
    house.app.eventually("her word is kept", agreed).await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("statement")).await;
    assert!(page.says("on her screen") && page.says(&files::digest("He came at one.")));
}

#[tokio::test]
async fn what_she_says_is_wrong_stands_beside_the_version() {
    let house = House::new().await;
    in_call(&house, true).await;
    let reading = offered(&house).await;
    let words = "It was two.".to_owned();
    let answer = Command::AnswerReading { invitation: LINK, reading, right: false, words };
    ask(&house, answer, &guest()).await;
    let disputed = async || house.happened("investigation.statement_disputed.v1").await == 1;
    house.app.eventually("she says what is wrong", disputed).await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("statement")).await;
    assert!(page.says("It was two.") && page.says("something is wrong"));
}

#[tokio::test]
async fn a_change_takes_it_off_her_screen_and_her_leaving_ends_the_asking() {
    let house = House::new().await;
    in_call(&house, true).await;
    let _ = offered(&house).await;
    house.done("statement", &[("section_events", "He came at two.")]).await;
    let gone = async || house.happened("call.reading_taken_back.v1").await == 1;
    house.app.eventually("it left her screen", gone).await;
    let seen = files::digest("He came at two.");
    house.done("statement/offered", &[("seen", &seen)]).await;
    ask(&house, Command::LeaveByExit { invitation: LINK }, &guest()).await;
    let over = async || house.happened("investigation.statement_taken_back.v1").await == 2;
    house.app.eventually("she is not asked any more", over).await;
}

#[tokio::test]
async fn while_she_is_not_alone_the_officer_is_told_to_read_it_aloud() {
    let house = House::new().await;
    in_call(&house, false).await;
    house.done("statement", &[("section_events", "He came at one.")]).await;
    let seen = files::digest("He came at one.");
    house.refused("statement/offered", &[("seen", &seen)], "safe and alone").await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("statement")).await;
    assert!(page.says("Put it on her screen"), "it is not before her, and can be tried again");
    let clock = [("seen", seen.as_str()), ("spoken_at", "")];
    house.done("statement/aloud", &clock).await;
}

#[tokio::test]
async fn a_paragraph_and_a_marker_lead_to_the_second_of_the_recording() {
    let house = House::new().await;
    in_call(&house, true).await;
    let label = "She shows her arm".to_owned();
    let marker = call::Marker::Injury;
    let officer = TestApp::caller(Role::Responder);
    ask(&house, Command::SetMarker { at: START, label, marker }, &officer).await;
    house.done("investigation", &[("account", "He came.")]).await;
    let path = house.at("investigation");
    let panel = house.app.signed_in(Role::Responder).get(&path).await.expect(200);
    assert!(panel.says("She shows her arm") && !panel.says("recording#at="));
    let start = recording::Command::Start { call: CALL, incident: house.incident };
    let stream = recording::RecordingId::from(CALL).stream();
    let (engine, caller) = (&house.app.engine, Caller::system());
    engine.execute::<recording::Recording>(&stream, start, &caller, None).await.unwrap();
    let panel = house.app.signed_in(Role::Responder).get(&path).await.expect(200);
    let link = format!("recording#at={}", START.0);
    assert_eq!(panel.body.matches(&link).count(), 2);
}
