//! The house in a test: the real router, engine and read models over a journal in memory, a
//! clock that stands still and seeded luck. Every page it fetches is audited. Never part of
//! the product.

mod answer;
pub mod auditor;
mod gate;

pub use answer::Answer;
pub use gate::API_KEY;

use axum::body::Body;
use axum::http::{Method, Request, header};
use engine::{Caller, Engine, MovedClock, Reads, Running, SeededLuck};
use gate::OpenGate;
use journal::{Journal, MemoryJournal, Position};
use kernel::{Actor, At, Purpose, Role, id::StaffId};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;
use ui::{Access, Assembled, Capability, Place};

/// Monday 3 November 2025, 09:00 UTC: a hub is open, no clock changes near.
pub const START: At = At::from_seconds(1_762_160_400);

/// The application under test.
pub struct TestApp {
    /// The engine, e.g. for commands that set the scene.
    pub engine: Engine,
    /// The clock; it stands still until moved.
    pub clock: Arc<MovedClock>,
    /// The journal, to see what was written.
    pub journal: Arc<MemoryJournal>,
    /// Every route and its guard.
    pub guarded: Vec<(Method, &'static str, Access)>,
    /// The printed lines of all routes.
    pub lines: Vec<String>,
    router: axum::Router,
    running: Option<Running>,
    _dir: tempfile::TempDir,
}

/// A browser in a test: a role signed in, or a stranger, with the cookies it was given.
pub struct Browser<'a> {
    app: &'a TestApp,
    cookies: Vec<(String, String)>,
    bearer: Option<&'static str>,
    headers: Vec<(&'static str, String)>,
}

impl TestApp {
    /// The house with these capabilities.
    pub async fn new(capabilities: Vec<Capability>) -> Self {
        Self::with(|_| capabilities).await
    }

    /// The house, for capabilities that need the engine to be made.
    pub async fn with(capabilities: impl FnOnce(&Engine) -> Vec<Capability>) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path();
        let vault = vault::Vault::open(&path.join("a"), &path.join("b"), [1; 32]).expect("a vault");
        let reads = Reads::open(&path.join("read.db")).await.expect("read models");
        let clock = Arc::new(MovedClock::still(START));
        let journal = Arc::new(MemoryJournal::default());
        let luck = Arc::new(SeededLuck::new(42));
        let engine = Engine::new(journal.clone(), Arc::new(vault), clock.clone(), luck, reads);
        let capabilities = capabilities(&engine);
        let none = |_: &ui::App| axum::Router::new();
        let Assembled { app, router, parts, guarded, lines, .. } =
            ui::assemble(engine.clone(), Arc::new(OpenGate), capabilities, place(), none);
        let running = engine.run(parts, |_| {}).await.expect("the engine runs");
        tokio::spawn(app.feed().clone().follow(engine.clone()));
        Self { engine, clock, journal, guarded, lines, router, running: Some(running), _dir: dir }
    }

    /// A browser that nobody signed in with.
    pub fn stranger(&self) -> Browser<'_> {
        Browser { app: self, cookies: vec![], bearer: None, headers: vec![] }
    }

    /// A browser with this role signed in: staff number 1 to 5 in the order of `Role::ALL`.
    pub fn signed_in(&self, role: Role) -> Browser<'_> {
        let cookie = (ui::guard::COOKIE_NAME.to_owned(), gate::cookie(role));
        Browser { app: self, cookies: vec![cookie], bearer: None, headers: vec![] }
    }

    /// One of the force's systems, with its API key.
    pub fn client(&self) -> Browser<'_> {
        Browser { app: self, cookies: vec![], bearer: Some(API_KEY), headers: vec![] }
    }

    /// A caller of this role, for commands that set the scene.
    pub fn caller(role: Role) -> Caller {
        let actor = Actor::Staff { id: staff_id(role), roles: vec![role] };
        Caller { actor, purpose: Purpose::Response }
    }

    /// The kinds of all events so far, oldest first, without the engine's own. Returns once the
    /// pages show them too, so that what was waited for can be looked at.
    pub async fn kinds(&self) -> Vec<String> {
        let mut kinds = Vec::new();
        let mut after = Position(0);
        loop {
            let records = self.journal.read_from(after, 1000).await.expect("it is in memory");
            let Some(last) = records.last() else {
                self.engine.shown(after).await;
                return kinds;
            };
            after = last.position;
            let own = |kind: &str| kind.starts_with("key.") || kind.starts_with("runner.");
            kinds.extend(records.into_iter().map(|r| r.kind).filter(|kind| !own(kind)));
        }
    }

    /// How often a person's record was consulted so far.
    pub async fn consultations(&self) -> usize {
        let kinds = self.kinds().await;
        kinds.iter().filter(|kind| *kind == engine::trail::CONSULTED).count()
    }

    /// Waits until `holds` does; panics with `what` after ten seconds.
    pub async fn eventually(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let all = async {
            while !holds().await {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), all).await.expect(what);
    }

    /// Every route that is not public answers a stranger with nothing: sign-in, 401 or 404.
    pub async fn refuses_strangers(&self) {
        for (method, path, access) in &self.guarded {
            if matches!(access, Access::Public | Access::Guest) {
                continue;
            }
            let path = fill(path);
            let answer = self.stranger().send(method.clone(), &path, None).await;
            let refused = match answer.status {
                303 => answer.location.as_deref() == Some("/sign-in"),
                status => status == 401 || status == 404,
            };
            assert!(refused, "{method} {path} let a stranger in: {}", answer.status);
        }
    }

    /// The whole router, to be served to a real browser.
    pub fn router(&self) -> axum::Router {
        self.router.clone()
    }

    /// Stops the engine in order.
    pub async fn stop(mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }
}

impl Browser<'_> {
    /// Gets a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Posts a form: `&[("field", "value")]` or anything serde can write as one.
    pub async fn post(&self, path: &str, form: &impl Serialize) -> Answer {
        let body = serde_html_form::to_string(form).expect("a form of texts");
        self.send(Method::POST, path, Some(("application/x-www-form-urlencoded", body))).await
    }

    /// Posts JSON.
    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        self.send(Method::POST, path, Some(("application/json", body.to_string()))).await
    }

    /// The same browser with one more cookie.
    #[must_use]
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same browser with one more header in every request, e.g. `range`.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Sends any body.
    pub async fn send(&self, method: Method, path: &str, body: Option<(&str, String)>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::HOST, "hub.example");
        let cookies: Vec<_> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(key) = self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = match body {
            Some((kind, text)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(text)
            }
            None => Body::empty(),
        };
        let request = request.body(body).expect("a request");
        let response = self.app.router.clone().oneshot(request).await.expect("it answers");
        let answer = Answer::read(path, response).await;
        auditor::audit(&answer);
        answer
    }
}

fn place() -> Place {
    Place {
        origin: "https://hub.example".into(),
        telephone: "07700 900123".into(),
        force: "Exampleshire Police".into(),
        exit_to: "https://weather.example/".into(),
        demo: false,
    }
}

/// The staff number of a role in tests.
pub fn staff_id(role: Role) -> StaffId {
    let place = Role::ALL.iter().position(|r| *r == role).expect("ALL holds every role");
    StaffId(place as u128 + 1)
}

fn fill(path: &str) -> String {
    let mut filled = String::new();
    for part in path.split('/').skip(1) {
        filled.push('/');
        filled.push_str(if part.starts_with('{') {
            "00000000000000000000000000000001"
        } else {
            part
        });
    }
    filled
}
