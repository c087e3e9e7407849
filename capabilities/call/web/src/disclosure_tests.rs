//! Calls in which a disclosure is made, played through the real router: who finds them, who does
//! not, and what stays the same for everybody else.

use crate::guest::COOKIE_NAME;
use crate::{Rooms, Settings, capability, invitation_secret};
use async_trait::async_trait;
use axum::http::Method;
use call::{
    Call, CallId, Channel, Command, Guest, InvitationId, Language, Location, MatterKind,
    Participant,
};
use engine::Caller;
use incident::{IncidentId, OfferId};
use kernel::{Actor, At, Purpose, Role};
use notify::{Accepted, Delivery, Message, SendFault};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use testkit::{Answer, Browser, TestApp, staff_id};
use ui::{Capability, MatterPanel, Panel};

#[derive(Default)]
struct Post(Mutex<Vec<Message>>);

#[async_trait]
impl notify::Channel for Post {
    async fn send(&self, _: At, message: Message) -> Result<Accepted, SendFault> {
        let provider_id = format!("sent-{}", message.reference);
        self.0.lock().unwrap().push(message);
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

const RESPONSE: CallId = CallId(100);
const DISCLOSURE: CallId = CallId(200);
const NOBODYS: CallId = CallId(300);
const LINK: InvitationId = InvitationId(101);
const MATTER: &str = "disclosure/000000000000000000000000000000d1";
const NOTHING: &[(&str, &str); 0] = &[];

struct House {
    app: TestApp,
    post: Arc<Post>,
}

impl House {
    async fn new() -> Self {
        let post = Arc::new(Post::default());
        let settings = Settings {
            origin: "https://hub.example".into(),
            channel: post.clone(),
            numbers: notify::contact::Numbers::AndDrama,
            receipts: None,
            rooms: Arc::new(Tokens),
        };
        let script = Panel { noun: "script", title: "officer-happened", key: "t", order: 1 };
        let matter = MatterPanel { of: "disclosure", stem: "/disclosures", panel: script };
        let disclosure = Capability {
            name: "disclosure",
            matter_panels: vec![matter],
            panels: vec![Panel { noun: "risk", title: "officer-talk", key: "r", order: 1 }],
            ..Capability::default()
        };
        let app = TestApp::with(|_| vec![capability(settings), disclosure]).await;
        Self { app, post }
    }

    async fn ask(&self, call: CallId, command: Command, caller: &Caller) {
        let stream = call.stream();
        let done = self.app.engine.execute::<Call>(&stream, command, caller, None).await;
        done.unwrap();
    }

    /// A response in which she waits.
    async fn response(&self) {
        let (incident, offer) = (IncidentId(RESPONSE.0), OfferId(RESPONSE.0));
        let open = Command::Open { incident, offer, language: Language::En };
        self.ask(RESPONSE, open, &Caller::system()).await;
        let secret_hash =
            invitation_secret::hash(&invitation_secret::secret(&self.app.engine, LINK));
        let invite = Command::Invite {
            invitation: LINK,
            guest: Guest::Victim,
            secret_hash,
            channel: Channel::ReadOut,
            contact: None,
            name: None,
        };
        self.ask(RESPONSE, invite, &Caller::system()).await;
    }

    /// A call for the matter; how her link went out.
    async fn disclosure(&self) -> InvitationId {
        let open = Command::OpenForMatter {
            matter: MATTER.into(),
            matter_kind: MatterKind::Disclosure,
            language: Language::En,
            channel: Channel::Text,
            contact: Some("07700 900123".into()),
            name: Some("Ama Example".into()),
        };
        self.ask(DISCLOSURE, open, &officer()).await;
        let sent = async || !self.post.0.lock().unwrap().is_empty();
        self.app.eventually("the link is sent", sent).await;
        let reference = self.post.0.lock().unwrap()[0].reference.clone();
        reference.parse().unwrap()
    }

    /// Her device, after the claim.
    async fn device(&self, invitation: InvitationId) -> Browser<'_> {
        let secret = invitation_secret::secret(&self.app.engine, invitation);
        let claimed = self.app.stranger().post_json("/j/claim", &json!({ "secret": secret })).await;
        let cookie = claimed.expect(200).cookie(COOKIE_NAME).expect("a claim gives a cookie");
        self.app.stranger().with_cookie(COOKIE_NAME, &cookie)
    }

    /// Her device in the lobby.
    async fn waits(&self, invitation: InvitationId) -> Browser<'_> {
        let device = self.device(invitation).await;
        let safe = json!({ "safe": true, "alone": true });
        let _ = device.post_json("/j/safety", &safe).await.expect(200);
        let ready = json!({ "camera": true, "microphone": true });
        let _ = device.post_json("/j/ready", &ready).await.expect(200);
        device
    }

    fn officer(&self) -> Browser<'_> {
        self.app.signed_in(Role::DisclosureOfficer)
    }

    /// Both in the room.
    async fn meet(&self) -> (InvitationId, Browser<'_>) {
        let link = self.disclosure().await;
        let device = self.waits(link).await;
        let onward = self.officer().post(&to("pick-up"), NOTHING).await.redirect();
        assert_eq!(onward, format!("/disclosures/calls/{DISCLOSURE}"));
        let me = Participant::Staff(staff_id(Role::DisclosureOfficer));
        for participant in [Participant::Victim, me] {
            let joined = Command::NoteJoined { participant };
            self.ask(DISCLOSURE, joined, &Caller::system()).await;
        }
        (link, device)
    }
}

fn officer() -> Caller {
    let role = Role::DisclosureOfficer;
    let actor = Actor::Staff { id: staff_id(role), roles: vec![role] };
    Caller { actor, purpose: Purpose::Disclosure }
}

fn to(deed: &str) -> String {
    format!("/disclosures/calls/{DISCLOSURE}/{deed}")
}

/// A page as a browser reads its addresses.
fn read(answer: Answer) -> Answer {
    let body = answer.body.replace("&#x2f;", "/");
    Answer { body, ..answer }
}

async fn state(device: &Browser<'_>) -> Value {
    device.get("/j/state").await.expect(200).json()
}

#[tokio::test]
async fn everybody_elses_pages_are_the_same_with_and_without_a_disclosures_call() {
    let without = House::new().await;
    let with = House::new().await;
    let her = with.disclosure().await;
    let earlier = with.waits(her).await;
    for house in [&without, &with] {
        house.response().await;
    }
    let (one, other) = (without.waits(LINK).await, with.waits(LINK).await);
    assert_eq!(state(&one).await, state(&other).await, "she is the first in her line");
    assert_eq!(state(&earlier).await["before_you"], 0);
    let _ = with.officer().post(&to("pick-up"), NOTHING).await.redirect();
    let signal = Command::SayOffenderReturned { location: None };
    with.ask(DISCLOSURE, signal, &officer()).await;
    let paths = ["/queue", "/board", &format!("/calls/{RESPONSE}")].map(str::to_owned);
    let parts = ["now", "log", "state", "grade", "progress"];
    let parts = parts.map(|part| format!("/calls/{RESPONSE}/{part}"));
    let compare = async |when: &str| {
        for role in Role::ALL {
            for path in paths.iter().chain(&parts) {
                let a = without.app.signed_in(role).get(path).await;
                let b = with.app.signed_in(role).get(path).await;
                assert_eq!(a.bare(), b.bare(), "{path} as {role:?} while it {when}");
            }
        }
    };
    compare("goes on").await;
    let end = Command::Finish { outcome: call::Outcome::NotReached };
    with.ask(DISCLOSURE, end, &officer()).await;
    compare("is over").await;
}

#[tokio::test]
async fn a_disclosures_call_is_no_call_for_whoever_may_not_disclose() {
    let house = House::new().await;
    house.disclosure().await;
    house.response().await;
    let form: &[(&str, &str)] = &[("outcome", "not_reached"), ("text", "x"), ("to", "1")];
    let of = |path: &str, call: CallId| path.replace("{call}", &call.to_string());
    for role in Role::ALL {
        let browser = house.app.signed_in(role);
        for (method, path, _) in &house.app.guarded {
            if !path.contains("{call}") {
                continue;
            }
            let apart = path.starts_with("/disclosures/");
            let may = matches!(role, Role::DisclosureOfficer | Role::Supervisor);
            if apart && may {
                continue;
            }
            let ask = async |call| {
                let path = of(path, call);
                match *method == Method::GET {
                    true => browser.get(&path).await,
                    false => browser.post(&path, &form).await,
                }
            };
            let (hidden, none) = (ask(DISCLOSURE).await, ask(NOBODYS).await);
            assert_eq!(hidden.status, 404, "{method} {path} as {role:?}");
            let (hidden, none) = (hidden.bare().2, none.bare().2);
            let same = none.replace(&NOBODYS.to_string(), &DISCLOSURE.to_string());
            assert_eq!(hidden, same, "{method} {path} as {role:?}");
        }
    }
    let happened = house.app.kinds().await;
    assert!(!happened.contains(&"call.picked_up.v1".to_owned()));
}

#[tokio::test]
async fn who_discloses_reaches_no_response_by_it() {
    let house = House::new().await;
    house.disclosure().await;
    house.response().await;
    let officer = house.officer();
    for path in ["/queue", "/board"] {
        let _ = officer.get(path).await.expect(404);
    }
    for base in ["/calls", "/disclosures/calls"] {
        let _ = officer.get(&format!("{base}/{RESPONSE}")).await.expect(404);
        let _ = officer.post(&format!("{base}/{RESPONSE}/pick-up"), NOTHING).await.expect(404);
    }
    let _ = officer.get(&format!("/calls/{DISCLOSURE}")).await.expect(404);
    let supervisor = house.app.signed_in(Role::Supervisor);
    let _ = supervisor.get(&format!("/disclosures/calls/{DISCLOSURE}")).await.expect(200);
    let _ = supervisor.get(&format!("/disclosures/calls/{RESPONSE}")).await.expect(404);
    house.app.refuses_strangers().await;
}

#[tokio::test]
async fn her_page_knows_neither_chat_nor_the_reason() {
    let house = House::new().await;
    let (link, device) = house.meet().await;
    let message = house.post.0.lock().unwrap()[0].clone();
    assert_eq!(message.words.template, notify::words::LINK, "the words of any other call");
    let hers = state(&device).await;
    assert_eq!(
        (&hers["chat"], &hers["place"], &hers["texts"]),
        (&false.into(), &false.into(), &0.into())
    );
    let _ = device.post_json("/j/chat", &json!({ "text": "hello" })).await.expect(409);
    let place = json!({ "latitude": 51.5, "longitude": -3.2, "accuracy_metres": 12 });
    let _ = device.post_json("/j/location", &place).await.expect(409);
    let page = device.get("/j").await.expect(200);
    assert_eq!(page.texts("title"), ["Your appointment"]);
    for text in [page.body, hers.to_string(), message.words.values.values().cloned().collect()] {
        let text = text.to_lowercase();
        for word in ["disclos", "violence", "abuse", "convict", "clare"] {
            assert!(!text.contains(word), "her device is told {word}");
        }
    }
    let room = device.post_json("/j/room", &json!({})).await.expect(200).json();
    assert!(!room.to_string().contains("Ama"), "her own name is not on her screen");
    let _ = link;
}

#[tokio::test]
async fn the_officers_page_has_the_script_and_nothing_that_leaves_a_trace() {
    let house = House::new().await;
    house.meet().await;
    let before = house.app.consultations().await;
    let page = house.officer().get(&format!("/disclosures/calls/{DISCLOSURE}")).await;
    let page = read(page.expect(200));
    assert_eq!(house.app.consultations().await, before + 2, "the matter and the call");
    let script = format!("data-load=\"/disclosures/{}/script\"", &MATTER["disclosure/".len()..]);
    assert!(page.says(&script) && page.says("data-first-tab=\"tab-script\""), "{}", page.body);
    assert!(page.says("Ama Example") && page.says("He is back") && page.says("Disclosure"));
    for absent in ["/say\"", "data-marker", "data-still", "hand-over", "/risk\"", "/grade"] {
        assert!(!page.says(absent), "the page has {absent}");
    }
    assert!(!page.says("\"/calls/"), "every deed goes to the disclosure's own address");
    let kept = page.texts("#finish .sheet__note").join(" ");
    assert!(
        kept.contains("30 days") && kept.contains("hold") && kept.contains("evidence"),
        "{kept}"
    );
    for part in ["now", "log", "state", "progress"] {
        let _ = house.officer().get(&to(part)).await.expect(200);
    }
    for gone in ["say", "still", "marker", "hand-over"] {
        let _ = house.officer().post(&to(gone), NOTHING).await.expect(404);
    }
    house.officer().post(&to("finish"), &[("outcome", "completed")]).await.redirect();
    let over = house.officer().get(&format!("/disclosures/calls/{DISCLOSURE}")).await;
    let over = read(over.expect(200));
    assert!(over.says(&format!("href=\"/disclosures/{}\"", &MATTER["disclosure/".len()..])));
}

#[tokio::test]
async fn danger_is_told_of_the_matter_and_her_screen_stays_as_it_is() {
    let house = House::new().await;
    let (_, device) = house.meet().await;
    let before = state(&device).await;
    let location = json!({ "latitude": 51.5, "longitude": -3.2, "accuracy_metres": 12 });
    let signal = json!({ "location": location });
    let done = device.post_json("/j/danger", &signal).await.expect(200);
    assert_eq!(done.json(), json!({ "done": true }));
    assert_eq!(state(&device).await, before);
    assert!(house.officer().get(&to("now")).await.expect(200).says("Danger signal"));
    assert!(house.officer().get(&to("log")).await.expect(200).says("51.50000, -3.20000"));
    house.officer().post(&to("offender-returned"), NOTHING).await.redirect();
    let kinds = house.app.kinds().await;
    let told = kinds.iter().filter(|kind| *kind == "call.matter_in_danger.v1").count();
    assert_eq!(told, 2, "the signal, and he is back");
    assert!(!kinds.iter().any(|kind| kind == "call.offender_returned.v1"));
    let place = Location {
        latitude: 51.5,
        longitude: -3.2,
        accuracy_metres: 12.0,
        at: house.app.engine.now(),
    };
    let found = crate::officer_log::last_place(&house.app.engine, DISCLOSURE).await.unwrap();
    assert_eq!(found, Some(place));
}

#[tokio::test]
async fn a_colleague_who_may_takes_the_call_over() {
    let house = House::new().await;
    house.meet().await;
    let supervisor = house.app.signed_in(Role::Supervisor);
    let page = supervisor.get(&format!("/disclosures/calls/{DISCLOSURE}")).await.expect(200);
    assert!(page.says("Take this call over") && page.says("data-mine=\"no\""));
    supervisor.post(&to("take-over"), NOTHING).await.redirect();
    let page = supervisor.get(&format!("/disclosures/calls/{DISCLOSURE}")).await.expect(200);
    assert!(page.says("data-mine=\"yes\""));
    let late = house.officer().post(&to("pick-up"), NOTHING).await.expect(409);
    assert!(late.says("Another officer"));
}
