//! A receiver on loopback that checks our signature as theirs would, and names that resolve to
//! where they should not.

use crate::NOW;
use notify::webhook::reach::{Reach, Resolve};
use notify::webhook::{
    Headers, ID, Notice, SIGNATURE, Settings, SettingsFault, SigningKey, TIMESTAMP, Webhook, verify,
};
use notify::{Reason, Secret, SendFault};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn notice() -> Notice {
    Notice {
        id: crate::REFERENCE.to_owned(),
        kind: "call.answered".to_owned(),
        at: NOW,
        ids: [("incident".to_owned(), "0".repeat(32))].into(),
    }
}

fn settings(url: &str, host: &str) -> Settings {
    let reach = Reach { hosts: vec![host.to_owned()], networks: Vec::new(), loopback: true };
    Settings { url: url.to_owned(), secrets: vec![Secret::new(SECRET)], reach }
}

fn to(server: &MockServer) -> Webhook {
    Webhook::new(settings(&server.uri(), &server.address().to_string())).unwrap()
}

fn is_genuine(request: &Request) -> bool {
    let header = |name: &str| request.headers.get(name).unwrap().to_str().unwrap();
    let headers =
        Headers { id: header(ID), timestamp: header(TIMESTAMP), signature: header(SIGNATURE) };
    let key = SigningKey::parse(&Secret::new(SECRET)).unwrap();
    verify(&[key], headers, &request.body, NOW).is_ok()
}

#[tokio::test]
async fn a_receiver_believes_what_we_send() {
    let server = MockServer::start().await;
    let accepting = Mock::given(method("POST")).and(is_genuine);
    accepting.respond_with(ResponseTemplate::new(204)).expect(1).mount(&server).await;
    assert_eq!(to(&server).send(NOW, &notice()).await, Ok(()));
}

#[tokio::test]
async fn every_answer_says_whether_trying_again_can_help() {
    let later = |seconds| Err(SendFault::TryLater { after: Duration::from_secs(seconds) });
    let slow = ResponseTemplate::new(503).insert_header("retry-after", "30");
    for (answer, expected) in [
        (ResponseTemplate::new(200).set_body_bytes(vec![0; 1_000_000]), Ok(())),
        (ResponseTemplate::new(404), later(10)),
        (ResponseTemplate::new(429), later(60)),
        (ResponseTemplate::new(500), later(10)),
        (slow, later(30)),
        (ResponseTemplate::new(410), Err(Reason::Gone.into())),
    ] {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        assert_eq!(to(&server).send(NOW, &notice()).await, expected);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let inside = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).expect(0).mount(&inside).await;
    for status in [301, 302, 303, 307, 308] {
        let server = MockServer::start().await;
        let away = ResponseTemplate::new(status).insert_header("location", inside.uri().as_str());
        Mock::given(any()).respond_with(away).mount(&server).await;
        let sent = to(&server).send(NOW, &notice()).await;
        assert_eq!(sent, Err(Reason::Redirected.into()));
    }
}

/// Answers one list after another, then the last for ever.
struct Names {
    answers: Vec<Vec<SocketAddr>>,
    asked: AtomicUsize,
}

#[async_trait::async_trait]
impl Resolve for Names {
    async fn resolve(&self, _: &str, _: u16) -> Option<Vec<SocketAddr>> {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        self.answers.get(turn).or(self.answers.last()).cloned()
    }
}

fn names(answers: Vec<Vec<SocketAddr>>) -> Arc<Names> {
    Arc::new(Names { answers, asked: AtomicUsize::new(0) })
}

#[tokio::test]
async fn a_listed_name_that_leads_inside_is_not_called() {
    for inside in [
        "127.0.0.1:443",
        "10.0.0.1:443",
        "169.254.169.254:443",
        "[::1]:443",
        "[64:ff9b::a00:1]:443",
        "[::ffff:10.0.0.1]:443",
        "[2002:a00:1::1]:443",
        "[fd00::1]:443",
    ] {
        // One bad address among good ones spoils the answer.
        let answer: Vec<SocketAddr> = ["8.8.8.8:443", inside].map(|a| a.parse().unwrap()).into();
        let mut settings = settings("https://hook.example.org/", "hook.example.org");
        settings.reach.loopback = false;
        let webhook = Webhook::with_resolver(settings, names(vec![answer])).unwrap();
        let sent = webhook.send(NOW, &notice()).await;
        assert_eq!(sent, Err(Reason::ForbiddenHost.into()), "{inside}");
    }
}

#[tokio::test]
async fn a_name_is_looked_up_once_a_send_and_a_rebound_name_is_not_called() {
    let server = MockServer::start().await;
    Mock::given(is_genuine).respond_with(ResponseTemplate::new(200)).expect(1).mount(&server).await;
    // `localhost` here resolves first to the receiver, then is rebound inside.
    let rebound = vec![vec![*server.address()], vec!["10.0.0.1:80".parse().unwrap()]];
    let names = names(rebound);
    let host = format!("localhost:{}", server.address().port());
    let settings = settings(&format!("http://{host}/"), &host);
    let webhook = Webhook::with_resolver(settings, names.clone()).unwrap();
    assert_eq!(webhook.send(NOW, &notice()).await, Ok(()));
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    let second = webhook.send(NOW, &notice()).await;
    assert_eq!(second, Err(Reason::ForbiddenHost.into()));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_connection_goes_to_the_address_that_was_checked() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // No other way of looking `.invalid` up finds anything, let alone this listener.
    let host = format!("hook.invalid:{}", address.port());
    let settings = settings(&format!("https://{host}/"), &host);
    let webhook = Webhook::with_resolver(settings, names(vec![vec![address]])).unwrap();
    let called = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        tokio::io::AsyncReadExt::read_u8(&mut socket).await.unwrap()
    };
    let notice = notice();
    let called = tokio::time::timeout(Duration::from_secs(10), called);
    let (sent, first_byte) = tokio::join!(webhook.send(NOW, &notice), called);
    assert_eq!(first_byte.ok(), Some(0x16), "a TLS handshake, not a word in clear");
    assert_eq!(sent, Err(SendFault::Unreachable), "and no certificate, so nothing was said");
}

#[tokio::test]
async fn a_name_without_an_address_is_unreachable_or_forbidden_and_nothing_else() {
    let with = |answers| {
        let settings = settings("https://hook.example.org/", "hook.example.org");
        Webhook::with_resolver(settings, names(answers)).unwrap()
    };
    let sent = with(Vec::new()).send(NOW, &notice()).await;
    assert_eq!(sent, Err(SendFault::Unreachable));
    let sent = with(vec![Vec::new()]).send(NOW, &notice()).await;
    assert_eq!(sent, Err(Reason::ForbiddenHost.into()));
}

#[test]
fn a_receiver_that_may_not_be_reached_is_refused_at_the_start() {
    let refused = |settings: Settings| Webhook::new(settings).err();
    let open = settings("http://hook.example.org/", "hook.example.org:80");
    assert_eq!(refused(open), Some(SettingsFault::Url));
    let unlisted = settings("https://evil.test/", "hook.example.org");
    assert_eq!(refused(unlisted), Some(SettingsFault::Url));
    let mut local = settings("http://127.0.0.1:8080/", "127.0.0.1:8080");
    assert_eq!(refused(local.clone()), None);
    local.reach.loopback = false;
    assert_eq!(refused(local), Some(SettingsFault::Url));
    let mut bare = settings("https://hook.example.org/", "hook.example.org");
    bare.secrets.clear();
    assert_eq!(refused(bare.clone()), Some(SettingsFault::Secret));
    bare.reach.hosts = vec!["hook.example.org".to_owned(); 33];
    assert_eq!(refused(bare), Some(SettingsFault::Reach));
}
