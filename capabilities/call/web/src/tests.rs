//! The link, her page and her small JSON, played through the real router.

use crate::guest::COOKIE_NAME;
use crate::{Rooms, Settings, capability, invitation_react, invitation_secret};
use async_trait::async_trait;
use axum::http::Method;
use call::{Call, CallId, Channel, Command, Guest, InvitationId, Language, Participant};
use engine::{Caller, Engine};
use incident::{IncidentId, OfferId};
use journal::{Journal, Position};
use kernel::{At, Role};
use notify::{Accepted, Delivery, Message, SendFault};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::{Answer, Browser, TestApp};

#[derive(Default)]
struct Sent(Mutex<Vec<Message>>, Mutex<Vec<SendFault>>);

#[async_trait]
impl notify::Channel for Sent {
    async fn send(&self, _: At, message: Message) -> Result<Accepted, SendFault> {
        if let Some(fault) = self.1.lock().unwrap().pop() {
            return Err(fault);
        }
        let provider_id = format!("sent-{}", message.reference);
        self.0.lock().unwrap().push(message);
        Ok(Accepted { provider_id, delivery: Delivery::Created })
    }
}

#[derive(Default)]
struct NoRooms(Mutex<Vec<String>>);

impl Rooms for NoRooms {
    fn token(&self, call: CallId, identity: &str, _: &str, _: At) -> String {
        format!("token of {identity} for {call}")
    }
    fn finish(&self, call: CallId) {
        self.0.lock().unwrap().push(format!("finish {call}"));
    }
    fn remove(&self, _: CallId, identity: &str) {
        self.0.lock().unwrap().push(format!("remove {identity}"));
    }
}

struct House {
    app: TestApp,
    sent: Arc<Sent>,
    rooms: Arc<NoRooms>,
}

impl House {
    async fn new() -> Self {
        let (sent, rooms) = (Arc::new(Sent::default()), Arc::new(NoRooms::default()));
        let token = notify::Secret::new(testkit::API_KEY);
        let settings = Settings {
            origin: "https://hub.example".into(),
            channel: sent.clone(),
            numbers: notify::contact::Numbers::AndDrama,
            receipts: notify::govuk::Bearer::new(token).ok(),
            rooms: rooms.clone(),
        };
        let app = TestApp::with(|_| vec![capability(settings)]).await;
        Self { app, sent, rooms }
    }

    fn engine(&self) -> &Engine {
        &self.app.engine
    }

    async fn ask(&self, call: CallId, command: Command, caller: &Caller) {
        self.engine().execute::<Call>(&call.stream(), command, caller, None).await.unwrap();
    }

    /// A call with a link for her, sent.
    async fn invited(&self, number: u128, channel: Channel) -> (CallId, InvitationId) {
        let call = CallId(number);
        let (incident, offer) = (IncidentId(number), OfferId(number));
        let open = Command::Open { incident, offer, language: Language::En };
        self.ask(call, open, &Caller::system()).await;
        let invitation = InvitationId(number + 1);
        let contact = (channel != Channel::ReadOut).then(|| "07700 900123".to_owned());
        let guest = Guest::Victim;
        let invite =
            invitation_react::invite(self.engine(), invitation, guest, channel, contact, None);
        self.ask(call, invite, &Caller::system()).await;
        (call, invitation)
    }

    async fn claim(&self, secret: &str) -> Answer {
        self.app.stranger().post_json("/j/claim", &json!({ "secret": secret })).await
    }

    /// Her device, after the claim.
    async fn device(&self, invitation: InvitationId) -> Browser<'_> {
        let secret = invitation_secret::secret(self.engine(), invitation);
        let answer = self.claim(&secret).await.expect(200);
        let cookie = answer.cookie(COOKIE_NAME).expect("a claim gives a cookie");
        self.app.stranger().with_cookie(COOKIE_NAME, &cookie)
    }
}

async fn state(device: &Browser<'_>) -> Value {
    device.get("/j/state").await.expect(200).json()
}

#[tokio::test]
async fn her_page_is_the_same_for_everyone_and_does_nothing() {
    let house = House::new().await;
    let (_, invitation) = house.invited(100, Channel::ReadOut).await;
    let plain = house.app.stranger().get("/j").await.expect(200);
    let device = house.device(invitation).await;
    let hers = device.get("/j").await.expect(200);
    let bare = |answer: &Answer| {
        let nonce = answer.body.split("nonce=\"").nth(1).and_then(|t| t.split('"').next());
        answer.body.replace(nonce.unwrap(), "")
    };
    assert_eq!(bare(&plain), bare(&hers));
    assert_eq!(plain.texts("title"), ["Your appointment"]);
    for word in ["abuse", "violence", "police", "officer will", "domestic", "victim"] {
        assert!(!plain.body.to_lowercase().contains(word), "the page says {word}");
    }
    let kinds = house.app.kinds().await;
    let of_call: Vec<_> = kinds.iter().filter(|kind| kind.starts_with("call.")).collect();
    let claimed = ["call.opened.v1", "call.invited.v1", "call.invitation_opened.v1"];
    assert_eq!(of_call, claimed, "only the claim left a trace");
    let safety = house.app.stranger().get("/j/safety").await.expect(200);
    assert!(safety.says("history is not erased"));
    house.app.stop().await;
}

#[tokio::test]
async fn every_dead_link_gets_the_very_same_answer() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let secret = invitation_secret::secret(house.engine(), invitation);
    let wrong = house.claim("AAAAAAAAAAAAAAAAAAAAAA").await;
    house.app.clock.advance(Duration::from_secs(901));
    let expired = house.claim(&secret).await;
    let (other, second) = house.invited(200, Channel::ReadOut).await;
    let used = invitation_secret::secret(house.engine(), second);
    let end = Command::Finish { outcome: call::Outcome::NotReached };
    house.ask(other, end, &TestApp::caller(Role::Responder)).await;
    let finished = house.claim(&used).await;
    let none = house.app.stranger().post_json("/j/claim", &json!({})).await;
    for answer in [&expired, &finished, &none] {
        assert_eq!((answer.status, &answer.body), (wrong.status, &wrong.body));
        assert_eq!(answer.cookie(COOKIE_NAME), None);
    }
    assert_eq!(wrong.json(), json!({ "state": "unknown" }));
    let stranger = house.app.stranger().with_cookie(COOKIE_NAME, "00.x");
    assert_eq!(state(&stranger).await, json!({ "state": "unknown" }));
    let _ = call;
    house.app.stop().await;
}

#[tokio::test]
async fn of_a_thousand_claims_at_once_one_device_gets_the_link() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let secret = invitation_secret::secret(house.engine(), invitation);
    let claims = (0..1000).map(|_| house.claim(&secret));
    let answers = futures::future::join_all(claims).await;
    let open = |answer: &&Answer| answer.json()["state"] == "open";
    assert_eq!(answers.iter().filter(open).count(), 1);
    let kinds = house.app.kinds().await;
    let opened = kinds.iter().filter(|kind| *kind == "call.invitation_opened.v1").count();
    assert_eq!(opened, 1);
    let waited = kinds.iter().filter(|kind| *kind == "call.second_device_waited.v1").count();
    assert_eq!(waited, call::limits::DEVICES_WAITING_MAX as usize);
    let _ = call;
    house.app.stop().await;
}

#[tokio::test]
async fn a_claim_whose_answer_was_lost_can_be_repeated() {
    let house = House::new().await;
    let (_, invitation) = house.invited(100, Channel::ReadOut).await;
    let secret = invitation_secret::secret(house.engine(), invitation);
    let body = json!({ "secret": secret, "device": "abcdefghijklmnopqrstuvwx" });
    let first = house.app.stranger().post_json("/j/claim", &body).await.expect(200);
    let again = house.app.stranger().post_json("/j/claim", &body).await.expect(200);
    assert_eq!(first.json()["state"], "open");
    assert_eq!(first.json(), again.json());
    let other = house.claim(&secret).await.expect(200);
    assert_eq!(other.json()["state"], "other_device");
    house.app.stop().await;
}

#[tokio::test]
async fn she_goes_from_the_link_to_the_room_and_back_after_a_drop() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let device = house.device(invitation).await;
    assert_eq!(state(&device).await["safety"], "unasked");
    let ready = json!({ "camera": true, "microphone": true });
    let _ = device.post_json("/j/ready", &ready).await.expect(409);
    let safe = json!({ "safe": true, "alone": true });
    let _ = device.post_json("/j/safety", &safe).await.expect(200);
    let _ = device.post_json("/j/ready", &ready).await.expect(200);
    let waiting = state(&device).await;
    assert_eq!((&waiting["ready"], &waiting["before_you"]), (&json!(true), &json!(0)));
    let _ = device.post_json("/j/room", &json!({})).await.expect(409);
    let officer = TestApp::caller(Role::Responder);
    house.ask(call, Command::PickUp, &officer).await;
    let room = device.post_json("/j/room", &json!({})).await.expect(200).json();
    assert_eq!(room["identity"], "victim");
    assert_eq!(room["url"], "https://hub.example");
    let engine = house.engine();
    crate::note_joined(engine, call, "victim").await.unwrap();
    let staff = format!("staff-{}", testkit::staff_id(Role::Responder));
    crate::note_joined(engine, call, &staff).await.unwrap();
    let _ = device.post_json("/j/seen", &json!({})).await.expect(200);
    let participant: Participant = staff.parse().unwrap();
    house.ask(call, Command::NoteFirstFrame { participant }, &officer).await;
    assert_eq!(state(&device).await["face_to_face"], true);
    // Our own restart: the room forgot her, the record did not.
    let _ = device.post_json("/j/room", &json!({})).await.expect(200);
    crate::note_joined(engine, call, "victim").await.unwrap();
    assert_eq!(state(&device).await["safety"], "asked_again");
    let _ = device.post_json("/j/safety", &safe).await.expect(200);
    house.ask(call, Command::Finish { outcome: call::Outcome::Completed }, &officer).await;
    assert_eq!(state(&device).await, json!({ "state": "finished" }));
    let _ = device.post_json("/j/room", &json!({})).await.expect(409);
    house
        .app
        .eventually("the room ends", async || {
            house.rooms.0.lock().unwrap().iter().any(|line| line.starts_with("finish"))
        })
        .await;
    house.app.stop().await;
}

#[tokio::test]
async fn a_second_device_waits_with_a_code_until_it_is_let_in() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let first = house.device(invitation).await;
    let second = house.device(invitation).await;
    let waiting = state(&second).await;
    assert_eq!(waiting["state"], "other_device");
    let _ =
        second.post_json("/j/safety", &json!({ "safe": true, "alone": true })).await.expect(403);
    let handler = house.app.signed_in(Role::CallHandler);
    let page = handler.get(&format!("/calls/{call}/progress")).await.expect(200);
    assert!(page.says(waiting["code"].as_str().unwrap()));
    let value = |name: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        page.body.split(&mark).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let form = [("invitation", value("invitation")), ("device", value("device"))];
    handler.post(&format!("/calls/{call}/device"), &form).await.redirect();
    assert_eq!(state(&second).await["state"], "open");
    assert_eq!(state(&first).await["state"], "unknown");
    house.app.stop().await;
}

#[tokio::test]
async fn a_waiting_device_that_leaves_takes_nobody_with_it() {
    let house = House::new().await;
    let (_, invitation) = house.invited(100, Channel::ReadOut).await;
    let first = house.device(invitation).await;
    let second = house.device(invitation).await;
    assert_eq!(state(&second).await["state"], "other_device");
    let _ = second.post_json("/exit", &json!({})).await.expect(204);
    assert_eq!(state(&first).await["state"], "open");
    house.app.stop().await;
}

#[tokio::test]
async fn the_message_goes_once_and_its_secret_is_nowhere_else() {
    let house = House::new().await;
    house.sent.1.lock().unwrap().push(SendFault::TryLater { after: Duration::ZERO });
    let (call, invitation) = house.invited(100, Channel::Text).await;
    house
        .app
        .eventually("the text is accepted", async || {
            house.app.kinds().await.iter().any(|kind| kind == "call.message_accepted.v1")
        })
        .await;
    let link = invitation_secret::link(house.engine(), "https://hub.example", invitation);
    let message = house.sent.0.lock().unwrap()[0].clone();
    assert_eq!(message.words.values[&notify::Placeholder::Link], link);
    assert_eq!(message.reference, invitation.to_string());
    assert_eq!(house.sent.0.lock().unwrap().len(), 1);
    let (_, secret) = link.split_once('#').unwrap();
    let device = house.device(invitation).await;
    let _ = state(&device).await;
    for record in house.app.journal.read_from(Position(0), 1000).await.unwrap() {
        assert!(!record.clear.contains(secret) && !record.stream.contains(secret));
        assert!(!record.clear.contains("07700"), "{} tells a number", record.kind);
    }
    let handler = house.app.signed_in(Role::CallHandler);
    let page = handler.get(&format!("/calls/{call}/progress")).await.expect(200);
    assert!(!page.says(secret) && !page.says("07700 900123"));
    house.app.stop().await;
}

#[tokio::test]
async fn no_text_goes_to_a_phone_that_she_called_unsafe() {
    let house = House::new().await;
    let unsafe_phone = incident::Event::ScreeningAnswered {
        rule: incident::screening::Rule::SafeToText,
        answer: incident::screening::Answer::No,
        note: String::new().into(),
    };
    let mut clear = serde_json::to_value(&unsafe_phone).unwrap();
    clear.as_object_mut().unwrap().remove("kind");
    clear["note"] = json!({ "$sealed": 0 });
    let event = journal::NewEvent {
        kind: "incident.screening_answered.v1".into(),
        clear: clear.to_string(),
        sealed: None,
    };
    let append = journal::Append {
        stream: IncidentId(100).stream(),
        expected: journal::Expected::Any,
        events: vec![event],
        at: house.engine().now(),
        actor: "system".into(),
        purpose: "response".into(),
        key: None,
    };
    house.app.journal.append(append).await.unwrap();
    house.invited(100, Channel::Text).await;
    house
        .app
        .eventually("the sending is given up", async || {
            house.app.kinds().await.iter().any(|kind| kind == "call.message_failed.v1")
        })
        .await;
    assert!(house.sent.0.lock().unwrap().is_empty());
    house.app.stop().await;
}

impl House {
    /// Sets when and how she may be reached, as the plan of this incident has it.
    async fn ruled(&self, number: u128, ways: Vec<safeguarding::Way>, from: &str) {
        let hours = safeguarding::Hours::parse(from, "15:30");
        let words = safeguarding::ContactWords::default();
        let command = safeguarding::Command::RuleContact { ways, hours, words };
        let stream = safeguarding::SafeguardingId::from(IncidentId(number)).stream();
        let caller = Caller::system();
        let engine = self.engine();
        engine
            .execute::<safeguarding::Safeguarding>(&stream, command, &caller, None)
            .await
            .unwrap();
    }
}

/// Whether some due work was put off.
async fn waits(house: &House) -> bool {
    let query = "SELECT count(*) FROM engine_work WHERE not_before > 0";
    let pool = house.engine().reads().pool();
    sqlx::query_scalar::<_, i64>(query).fetch_one(pool).await.unwrap() > 0
}

#[tokio::test]
async fn a_text_waits_for_her_safe_hours() {
    let house = House::new().await;
    house.ruled(100, vec![safeguarding::Way::Text], "09:05").await;
    house.invited(100, Channel::Text).await;
    house.app.eventually("the sending waits", async || waits(&house).await).await;
    assert!(house.sent.0.lock().unwrap().is_empty(), "it is 09:00");
    house.app.clock.advance(Duration::from_secs(5 * 60));
    house.app.eventually("it goes", async || !house.sent.0.lock().unwrap().is_empty()).await;
    house.app.stop().await;
}

#[tokio::test]
async fn a_rule_that_changed_after_the_text_was_queued_is_obeyed() {
    let house = House::new().await;
    house.ruled(100, vec![safeguarding::Way::Text], "09:05").await;
    house.invited(100, Channel::Text).await;
    house.app.eventually("the sending waits", async || waits(&house).await).await;
    house.ruled(100, vec![safeguarding::Way::Ring], "09:05").await;
    house.app.clock.advance(Duration::from_secs(5 * 60));
    house
        .app
        .eventually("the sending is given up", async || {
            house.app.kinds().await.iter().any(|kind| kind == "call.message_failed.v1")
        })
        .await;
    assert!(house.sent.0.lock().unwrap().is_empty());
    house.app.stop().await;
}

#[tokio::test]
async fn a_receipt_is_believed_only_with_the_token_and_answered_always() {
    let house = House::new().await;
    let (_, invitation) = house.invited(100, Channel::Text).await;
    let receipt = json!({
        "id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": invitation.to_string(),
        "to": "07700900123", "status": "delivered",
    });
    let _ = house.app.stranger().post_json("/receipts/notify", &receipt).await.expect(404);
    let delivered = async || {
        let kinds = house.app.kinds().await;
        kinds.iter().filter(|kind| *kind == "call.message_delivered.v1").count()
    };
    assert_eq!(delivered().await, 0);
    let _ = house.app.client().post_json("/receipts/notify", &receipt).await.expect(200);
    let _ = house.app.client().post_json("/receipts/notify", &receipt).await.expect(200);
    assert_eq!(delivered().await, 1);
    let _ = house.app.client().post_json("/receipts/notify", &json!({ "x": 1 })).await.expect(200);
    house.app.stop().await;
}

#[tokio::test]
async fn a_code_read_out_opens_the_call_and_guesses_run_out() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let handler = house.app.signed_in(Role::CallHandler);
    let code = invitation_secret::spoken(house.engine(), invitation);
    let page = handler.get(&format!("/calls/{call}/progress")).await.expect(200);
    assert_eq!(page.texts("dd"), ["hub.example/j", code.as_str()]);
    let typed = json!({ "code": code.to_lowercase().replace(' ', "-") });
    let answer = house.app.stranger().post_json("/j/claim", &typed).await.expect(200);
    assert_eq!(answer.json()["state"], "open");
    for _ in 0..130 {
        let _ = house
            .app
            .stranger()
            .post_json("/j/claim", &json!({ "code": "0000 0000" }))
            .await
            .expect(200);
    }
    let (_, next) = house.invited(200, Channel::ReadOut).await;
    let right = json!({ "code": invitation_secret::spoken(house.engine(), next) });
    let closed = house.app.stranger().post_json("/j/claim", &right).await.expect(200);
    assert_eq!(closed.json(), json!({ "state": "unknown" }));
    house.app.clock.advance(Duration::from_secs(60));
    let open = house.app.stranger().post_json("/j/claim", &right).await.expect(200);
    assert_eq!(open.json()["state"], "open");
    house.app.stop().await;
}

#[tokio::test]
async fn not_safe_now_is_told_to_the_handler_at_once() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let device = house.device(invitation).await;
    let _ =
        device.post_json("/j/safety", &json!({ "safe": false, "alone": true })).await.expect(200);
    let _ = device.post_json("/j/later", &json!({})).await.expect(200);
    let handler = house.app.signed_in(Role::CallHandler);
    let page = handler.get(&format!("/calls/{call}/progress")).await.expect(200);
    assert!(page.says("not safe to talk") && page.says("called later"));
    house.app.stop().await;
}

#[tokio::test]
async fn the_silent_signal_answers_alike_whatever_happens() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let device = house.device(invitation).await;
    let place = json!({ "location": { "latitude": 51.5, "longitude": -3.2 } });
    let first = device.post_json("/j/danger", &place).await.expect(200);
    let again = device.post_json("/j/danger", &json!({})).await.expect(200);
    assert_eq!(first.body, again.body);
    let kinds = house.app.kinds().await;
    assert_eq!(kinds.iter().filter(|k| *k == "call.danger_signalled.v1").count(), 1);
    assert_eq!(kinds.iter().filter(|k| *k == "call.offender_returned.v1").count(), 1);
    let page = house.app.signed_in(Role::CallHandler).get(&format!("/calls/{call}/progress")).await;
    assert!(page.says("silent signal"));
    house.app.stop().await;
}

#[tokio::test]
async fn exit_takes_the_session_back_and_leads_away() {
    let house = House::new().await;
    let (_, invitation) = house.invited(100, Channel::ReadOut).await;
    let device = house.device(invitation).await;
    for path in ["/j/exit", "/exit"] {
        let left = device.get(path).await;
        assert_eq!(left.headers["clear-site-data"], "\"cookies\", \"storage\"");
        assert_eq!(left.cookie(COOKIE_NAME).as_deref(), Some(""));
        assert_eq!(left.redirect(), "https://weather.example/");
    }
    let beacon = device.send(Method::POST, "/exit", None).await.expect(204);
    assert_eq!(beacon.cookie(COOKIE_NAME).as_deref(), Some(""));
    let kinds = house.app.kinds().await;
    assert!(kinds.iter().any(|kind| kind == "call.left_by_exit.v1"));
    house.app.stranger().get("/j/exit").await.redirect();
    house.app.stop().await;
}

#[tokio::test]
async fn messages_are_for_those_in_the_room_and_sealed_on_disk() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let device = house.device(invitation).await;
    let _ = device.post_json("/j/chat", &json!({ "text": "hello" })).await.expect(409);
    let _ =
        device.post_json("/j/safety", &json!({ "safe": true, "alone": true })).await.expect(200);
    let ready = json!({ "camera": false, "microphone": true });
    let _ = device.post_json("/j/ready", &ready).await.expect(200);
    house.ask(call, Command::PickUp, &TestApp::caller(Role::Responder)).await;
    let _ = device.post_json("/j/chat", &json!({ "text": "the back door" })).await.expect(200);
    let _ = device.post_json("/j/chat", &json!({ "text": " " })).await.expect(409);
    let _ = device.post_json("/j/chat", &json!({ "text": "x".repeat(9000) })).await.expect(413);
    let read = device.get("/j/chat").await.expect(200).json();
    assert_eq!(read["texts"][0]["text"], "the back door");
    assert_eq!(read["texts"][0]["mine"], true);
    for record in house.app.journal.read_from(Position(0), 1000).await.unwrap() {
        assert!(!record.clear.contains("back door"));
    }
    house.app.stop().await;
}

#[tokio::test]
async fn a_text_to_read_is_on_her_screen_alone_until_she_answers_and_sealed_on_disk() {
    let house = House::new().await;
    let (call, invitation) = house.invited(100, Channel::ReadOut).await;
    let device = house.device(invitation).await;
    let safe = json!({ "safe": true, "alone": true });
    let _ = device.post_json("/j/safety", &safe).await.expect(200);
    let ready = json!({ "camera": false, "microphone": true });
    let _ = device.post_json("/j/ready", &ready).await.expect(200);
    let officer = TestApp::caller(Role::Responder);
    house.ask(call, Command::PickUp, &officer).await;
    crate::note_joined(house.engine(), call, "victim").await.unwrap();
    let _ = device.get("/j/reading").await.expect(409);
    let reading = call::ReadingId(10);
    let text = "He came by the back door.".to_owned();
    house.ask(call, Command::OfferReading { reading, text }, &officer).await;
    assert_eq!(state(&device).await["reading"], reading.to_string());
    let read = device.get("/j/reading").await.expect(200).json();
    assert_eq!(read["text"], "He came by the back door.");
    house.ask(call, Command::AskSafety, &officer).await;
    assert_eq!(state(&device).await["reading"], json!(null), "she is asked first");
    let _ = device.get("/j/reading").await.expect(409);
    let _ = device.post_json("/j/safety", &safe).await.expect(200);
    let (other, link) = house.invited(101, Channel::ReadOut).await;
    assert_ne!(other, call);
    let stranger = house.device(link).await;
    let answer = json!({ "reading": reading.to_string(), "right": true });
    let _ = stranger.get("/j/reading").await.expect(409);
    let _ = stranger.post_json("/j/reading", &answer).await.expect(409);
    let wrong = json!({ "reading": "x", "right": true });
    let _ = device.post_json("/j/reading", &wrong).await.expect(409);
    let _ = device.post_json("/j/reading", &answer).await.expect(200);
    assert_eq!(state(&device).await["reading"], json!(null));
    let _ = device.get("/j/reading").await.expect(409);
    let _ = device.post_json("/j/reading", &answer).await.expect(409);
    for record in house.app.journal.read_from(Position(0), 1000).await.unwrap() {
        assert!(!record.clear.contains("back door"));
    }
    house.app.stop().await;
}

#[tokio::test]
async fn what_is_not_ours_is_refused_without_an_echo() {
    let house = House::new().await;
    let (_, invitation) = house.invited(100, Channel::ReadOut).await;
    let device = house.device(invitation).await;
    let json = |body: &str| Some(("application/json", body.to_owned()));
    for (path, body) in [
        ("/j/claim", "{"),
        ("/j/safety", "[]"),
        ("/j/safety", "{\"safe\": \"perhaps\"}"),
        ("/j/location", "{\"latitude\": 1}"),
        ("/j/ready", "null"),
    ] {
        let answer = device.send(Method::POST, path, json(body)).await.expect(400);
        assert!(!answer.says("perhaps"));
    }
    let off = json("{\"latitude\": 123, \"longitude\": 0}");
    let _ = device.send(Method::POST, "/j/location", off).await.expect(409);
    let _ =
        device.send(Method::POST, "/j/safety", Some(("text/plain", "{}".into()))).await.expect(415);
    house.app.refuses_strangers().await;
    house.app.stop().await;
}

#[test]
fn her_first_screen_and_her_whole_visit_keep_their_budgets() {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../web/dist");
    let read = |name: &str| std::fs::read_to_string(dist.join(name)).expect("assets are built");
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    let size =
        |file: &str| std::fs::metadata(dist.join(format!("assets/{file}.gz"))).unwrap().len();
    let named = |name: &str| manifest[name].as_str().unwrap().to_owned();
    let mut first = vec![named("public.css"), named("victim-first.js"), named("icon.svg")];
    imports(&dist, &named("victim-first.js"), false, &mut first);
    let page = include_str!("../templates/guest.html").len() as u64 / 3;
    let bytes = page + first.iter().map(|file| size(file)).sum::<u64>();
    assert!(bytes < 30_000, "the first screen is {bytes} bytes: {first:?}");
    let mut all = first;
    imports(&dist, &named("victim-first.js"), true, &mut all);
    let bytes = page + all.iter().map(|file| size(file)).sum::<u64>();
    assert!(bytes < 220_000, "the whole visit is {bytes} bytes");
    assert!(all.iter().all(|file| !file.contains("victim")), "a cache tells whose page it was");
}

/// The files that a script imports, static or also dynamic, with theirs.
fn imports(dist: &std::path::Path, file: &str, dynamic: bool, found: &mut Vec<String>) {
    let text = std::fs::read_to_string(dist.join("assets").join(file)).unwrap();
    for (place, _) in text.match_indices("\"./") {
        let name = text[place + 3..].split('"').next().unwrap().to_owned();
        let fetched_later = text[..place].ends_with("import(");
        if (dynamic || !fetched_later) && !found.contains(&name) && name.ends_with(".js") {
            found.push(name.clone());
            imports(dist, &name, dynamic, found);
        }
    }
}
