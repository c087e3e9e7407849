//! Queue, call and board, played through the real router.

use crate::{Rooms, Settings, capability};
use async_trait::async_trait;
use call::{Call, CallId, Channel, Command, Guest, InvitationId, Language, Location, Participant};
use engine::Caller;
use incident::report::{Person, Place, Relationship, Report, Source};
use incident::{Grade, GradeTable, Incident, IncidentId, OfferId};
use kernel::{Actor, At, Personal, Purpose, Role};
use notify::{Accepted, Delivery, Message, SendFault};
use std::sync::Arc;
use std::time::Duration;
use testkit::{Browser, START, TestApp, staff_id};
use ui::Capability;

struct Post;

#[async_trait]
impl notify::Channel for Post {
    async fn send(&self, _: At, message: Message) -> Result<Accepted, SendFault> {
        let provider_id = format!("sent-{}", message.reference);
        Ok(Accepted { provider_id, delivery: Delivery::Created })
    }
}

struct Tokens;

impl Rooms for Tokens {
    fn token(&self, call: CallId, identity: &str, name: &str, _: At) -> String {
        format!("{call} {identity} {name}")
    }
    fn finish(&self, _: CallId) {}
    fn remove(&self, _: CallId, _: &str) {}
}

struct House(TestApp);

const CALL: CallId = CallId(100);
const LINK: InvitationId = InvitationId(101);
const INCIDENT: IncidentId = IncidentId(100);

impl House {
    async fn new() -> Self {
        let settings = Settings {
            origin: "https://hub.example".into(),
            channel: Arc::new(Post),
            numbers: notify::contact::Numbers::AndDrama,
            receipts: None,
            rooms: Arc::new(Tokens),
        };
        let app = TestApp::with(|_| vec![capability(settings), Capability::default()]).await;
        let house = Self(app);
        house.report().await;
        house
    }

    async fn report(&self) {
        let person = Person { name: "Alba Example".into(), ..Person::default() };
        let place = Place { words: "14 Example Road".into(), postcode: None };
        let report = Report {
            source: Source::Emergency,
            called_at: START,
            force_reference: Personal::default(),
            person: person.into(),
            place: place.into(),
            account: Personal::new("He kicked the door.".to_owned()),
            contact: Personal::default(),
            contact_flags: Default::default(),
            thrive: Default::default(),
            suspect: Personal::default(),
            relationship: Relationship::FormerPartner,
            children: true,
        };
        let table = GradeTable {
            version: 1,
            immediate_minutes: 15,
            priority_minutes: 60,
            scheduled_minutes: 2880,
            resolved_minutes: 2880,
        };
        let grade = Grade::Priority;
        let commands = [
            incident::Command::Report(Box::new(report)),
            incident::Command::Grade { grade, reason: "He has left.".into(), table },
        ];
        for command in commands {
            let stream = INCIDENT.stream();
            let caller = system();
            let done = self.0.engine.execute::<Incident>(&stream, command, &caller, None);
            done.await.unwrap();
        }
    }

    async fn ask(&self, command: Command, caller: &Caller) {
        let stream = CALL.stream();
        let done = self.0.engine.execute::<Call>(&stream, command, caller, None);
        done.await.unwrap();
    }

    /// A call with her link, opened by her and answered: she waits.
    async fn waits(&self) {
        let offer = OfferId(CALL.0);
        let language = Language::Cy;
        self.ask(Command::Open { incident: INCIDENT, offer, language }, &system()).await;
        self.invite(LINK, Guest::Victim).await;
        let her = guest(LINK);
        let safe = Command::AnswerSafety { invitation: LINK, safe: true, alone: true };
        self.ask(safe, &her).await;
        let ready = Command::BeReady { invitation: LINK, camera: true, microphone: true };
        self.ask(ready, &her).await;
    }

    async fn invite(&self, invitation: InvitationId, guest: Guest) {
        let invite = Command::Invite {
            invitation,
            guest,
            secret_hash: "00".into(),
            channel: Channel::ReadOut,
            contact: None,
            name: None,
        };
        self.ask(invite, &system()).await;
        let device = format!("device-{invitation}");
        self.ask(Command::Claim { invitation, device }, &system()).await;
    }

    /// Both of them in the room, she and the officer.
    async fn meet(&self) {
        self.waits().await;
        self.officer().post(&to("pick-up"), NOTHING).await.redirect();
        for participant in [Participant::Victim, me()] {
            self.ask(Command::NoteJoined { participant }, &system()).await;
        }
    }

    fn officer(&self) -> Browser<'_> {
        self.0.signed_in(Role::Responder)
    }

    async fn happened(&self, kind: &str) -> bool {
        self.0.kinds().await.iter().any(|one| one == kind)
    }
}

const NOTHING: &[(&str, &str); 0] = &[];

fn system() -> Caller {
    Caller::system()
}

fn guest(invitation: InvitationId) -> Caller {
    let actor = Actor::Guest { invitation: invitation.to_string() };
    Caller { actor, purpose: Purpose::Response }
}

fn me() -> Participant {
    Participant::Staff(staff_id(Role::Responder))
}

fn to(deed: &str) -> String {
    format!("/calls/{CALL}/{deed}")
}

#[tokio::test]
async fn the_queue_shows_who_waits_and_names_nobody() {
    let house = House::new().await;
    let empty = house.officer().get("/queue").await.expect(200);
    assert!(empty.says("Nobody is waiting"));
    house.waits().await;
    house.0.clock.advance(Duration::from_secs(90));
    let queue = house.officer().get("/queue").await.expect(200);
    assert!(queue.says(&INCIDENT.reference()) && queue.says("Priority") && queue.says("Welsh"));
    assert!(queue.says("Children") && queue.says("1:30") && queue.says("timer--late"));
    assert!(!queue.says("Alba") && !queue.says("Example Road"), "nobody is named");
    assert_eq!(house.0.consultations().await, 0, "a queue that refreshes leaves no trail");
}

#[tokio::test]
async fn picking_up_opens_the_call_and_only_then_is_she_named() {
    let house = House::new().await;
    house.waits().await;
    let officer = house.officer();
    assert_eq!(officer.post(&to("pick-up"), NOTHING).await.redirect(), format!("/calls/{CALL}"));
    let before = house.0.consultations().await;
    let page = officer.get(&format!("/calls/{CALL}")).await.expect(200);
    assert!(page.says("Alba Example") && page.says("14 Example Road") && page.says("kicked"));
    assert_eq!(house.0.consultations().await, before + 2, "her incident and her call");
    assert!(page.headers["permissions-policy"].to_str().unwrap().contains("camera=(self)"));
    assert!(house.happened("call.guest_admitted.v1").await, "she is let in at once");
    let queue = officer.get("/queue").await.expect(200);
    assert!(queue.says("Your calls") && queue.says("Back to the call"));
    let late = house.0.signed_in(Role::Supervisor).post(&to("pick-up"), NOTHING).await.expect(409);
    assert!(late.says("Another officer has picked up"));
}

#[tokio::test]
async fn a_token_is_for_ones_own_name_and_only_while_the_call_is_open() {
    let house = House::new().await;
    house.meet().await;
    let token = house.officer().post(&to("room"), NOTHING).await.expect(200).json();
    assert_eq!(token["identity"], me().to_string());
    assert_eq!(token["token"], format!("{CALL} {} Test Responder", me()));
    let supervisor = house.0.signed_in(Role::Supervisor);
    assert_eq!(supervisor.post(&to("room"), NOTHING).await.expect(200).status, 200);
    let _ = house.0.signed_in(Role::CallHandler).post(&to("room"), NOTHING).await.expect(404);
    house.officer().post(&to("finish"), &[("outcome", "completed")]).await.redirect();
    let over = house.officer().post(&to("room"), NOTHING).await.expect(409).json();
    assert_eq!(over["finished"], true);
}

#[tokio::test]
async fn the_call_ends_only_with_an_outcome_that_can_be() {
    let house = House::new().await;
    house.meet().await;
    let officer = house.officer();
    let none = officer.post(&to("finish"), NOTHING).await.expect(422);
    assert!(none.says("Choose how the call ended"));
    let wrong = officer.post(&to("finish"), &[("outcome", "not_reached")]).await.expect(409);
    assert!(wrong.says("She was in this call"));
    officer.post(&to("finish"), &[("outcome", "completed")]).await.redirect();
    let page = officer.get(&format!("/calls/{CALL}")).await.expect(200);
    assert!(page.says("Call finished") && page.says("Completed face to face"));
    assert!(!page.says("data-toggle"), "no camera any more");
}

#[tokio::test]
async fn danger_and_his_return_stand_on_the_call_the_queue_and_the_board() {
    let house = House::new().await;
    house.meet().await;
    let at = house.0.engine.now();
    let location = Location { latitude: 51.5, longitude: -3.2, accuracy_metres: 12.0, at };
    let signal = Command::SignalDanger { invitation: LINK, location: Some(location) };
    house.ask(signal, &guest(LINK)).await;
    let now = house.officer().get(&to("now")).await.expect(200);
    assert!(now.says("Danger signal") && now.says("Her screen shows nothing"));
    let log = house.officer().get(&to("log")).await.expect(200);
    assert!(log.says("51.50000, -3.20000") && log.says("±12 m"));
    house.officer().post(&to("offender-returned"), NOTHING).await.redirect();
    assert!(house.officer().get(&to("now")).await.expect(200).says("He is back"));
    let board = house.0.signed_in(Role::Supervisor).get("/board").await.expect(200);
    assert!(board.says("He is back") && board.says("banner--danger") && !board.says("Alba"));
    let state = house.officer().get(&to("state")).await.expect(200).json();
    assert_eq!((&state["returned"], &state["here"]), (&true.into(), &"there".into()));
}

#[tokio::test]
async fn what_is_written_and_marked_is_kept_and_shown_in_order() {
    let house = House::new().await;
    house.meet().await;
    let officer = house.officer();
    officer.post(&to("say"), &[("text", "Can you hear me?")]).await.redirect();
    let said = Command::Say { by: Participant::Victim, text: "Yes.".into() };
    house.ask(said, &guest(LINK)).await;
    officer.post(&to("marker"), &[("marker", "injury"), ("label", "left arm")]).await.redirect();
    officer.post(&to("still"), NOTHING).await.redirect();
    let log = officer.get(&to("log")).await.expect(200);
    let shown = log.texts("#log .story b");
    assert_eq!(shown, ["You", "She", "Injury", "Still"]);
    assert!(log.says("Can you hear me?") && log.says("left arm"));
    let empty = officer.post(&to("say"), &[("text", "  ")]).await.expect(409);
    assert!(empty.says("Write something first"));
    let count = officer.get(&to("state")).await.expect(200).json()["log"].as_i64().unwrap();
    assert!(log.says(&format!("data-count=\"{count}\"")));
}

#[tokio::test]
async fn a_marker_is_never_set_ahead_of_time_nor_long_ago() {
    let house = House::new().await;
    house.meet().await;
    let at = |at: At| [("marker", "scene".to_owned()), ("at", at.0.to_string())];
    let now = house.0.engine.now();
    for wanted in [now.plus(Duration::from_secs(60)), now.minus(Duration::from_secs(600))] {
        house.officer().post(&to("marker"), &at(wanted)).await.redirect();
    }
    let found = crate::officer_log::all(&house.0.engine, CALL).await.unwrap();
    let set: Vec<_> = found
        .iter()
        .filter_map(|line| match line.what {
            crate::officer_log::What::Marked { at, .. } => Some(at),
            _ => None,
        })
        .collect();
    assert_eq!(set, [now, now.minus(Duration::from_secs(30))]);
}

#[tokio::test]
async fn somebody_invited_waits_in_the_lobby_until_the_officer_admits() {
    let house = House::new().await;
    house.meet().await;
    let interpreter = InvitationId(200);
    house.invite(interpreter, Guest::Interpreter).await;
    let ready = Command::BeReady { invitation: interpreter, camera: true, microphone: true };
    house.ask(ready, &guest(interpreter)).await;
    let now = house.officer().get(&to("now")).await.expect(200);
    assert!(now.says("Interpreter") && now.says("waits in the lobby"));
    let admit = [("invitation", interpreter.to_string())];
    house.officer().post(&to("admit"), &admit).await.redirect();
    assert!(!house.officer().get(&to("now")).await.expect(200).says("waits in the lobby"));
    let _ = house.officer().post(&to("admit"), &[("invitation", "x")]).await.expect(404);
}

#[tokio::test]
async fn the_answer_to_a_script_is_small_and_says_why_not() {
    let house = House::new().await;
    house.waits().await;
    let early = house.officer().post(&to("first-frame"), NOTHING).await.expect(409);
    assert!(early.says("They are not in the call"));
    house.officer().post(&to("pick-up"), NOTHING).await.redirect();
    for participant in [Participant::Victim, me()] {
        house.ask(Command::NoteJoined { participant }, &system()).await;
    }
    house.ask(Command::NoteFirstFrame { participant: Participant::Victim }, &guest(LINK)).await;
    house.officer().post(&to("first-frame"), NOTHING).await.redirect();
    assert!(house.happened("call.face_to_face.v1").await, "the handler may clear the line");
}

#[tokio::test]
async fn a_call_is_handed_to_somebody_else_and_safety_asked_again() {
    let house = House::new().await;
    house.meet().await;
    let other = staff_id(Role::Supervisor).to_string();
    house.officer().post(&to("hand-over"), &[("to", other)]).await.redirect();
    let page = house.officer().get(&format!("/calls/{CALL}")).await.expect(200);
    assert!(page.says("You are not in this call") && page.says("data-mine=\"no\""));
    let _ = house.officer().post(&to("hand-over"), &[("to", "nobody")]).await.expect(404);
    house.officer().post(&to("ask-safety"), NOTHING).await.redirect();
    assert!(house.officer().get(&to("now")).await.expect(200).says("She is being asked"));
    house.officer().post(&to("audio-only"), &[("on", "yes")]).await.redirect();
    assert!(house.happened("call.audio_only.v1").await);
}

#[tokio::test]
async fn only_those_who_may_see_queue_board_and_call() {
    let house = House::new().await;
    house.waits().await;
    house.0.refuses_strangers().await;
    let _ = house.0.signed_in(Role::CallHandler).get("/queue").await.expect(404);
    let _ = house.officer().get("/board").await.expect(404);
    for role in [Role::Administrator, Role::Auditor] {
        for path in ["/queue".to_owned(), "/board".to_owned(), format!("/calls/{CALL}")] {
            let _ = house.0.signed_in(role).get(&path).await.expect(404);
        }
    }
    let _ = house.officer().get(&format!("/calls/{}", CallId(7))).await.expect(404);
    let _ = house.officer().get("/calls/zz").await.expect(404);
}
