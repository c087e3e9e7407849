//! The engine over a toy capability: what it promises to every real one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod forgetting;
mod toy;

use engine::{Caller, Engine, MovedClock, Parts, Reads, SeededLuck};
use journal::{Journal, MemoryJournal};
use kernel::{At, time::hours};
use std::sync::Arc;
use std::time::Duration;
use toy::{Command, Light, Refusal};

struct House {
    dir: tempfile::TempDir,
    journal: Arc<MemoryJournal>,
    clock: Arc<MovedClock>,
}

impl House {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            journal: Arc::default(),
            clock: Arc::new(MovedClock::still(At::from_seconds(1_800_000_000))),
        }
    }

    async fn engine(&self, seed: u64) -> Engine {
        let path = self.dir.path();
        let vault = vault::Vault::open(&path.join("a"), &path.join("b"), [1; 32]).unwrap();
        let reads = Reads::open(&path.join("read.db")).await.unwrap();
        let luck = Arc::new(SeededLuck::new(seed));
        Engine::new(self.journal.clone(), Arc::new(vault), self.clock.clone(), luck, reads)
    }
}

fn parts(sent: &toy::Sent) -> Parts {
    Parts {
        models: vec![Arc::new(toy::Lights)],
        reactions: vec![Arc::new(toy::Mirror)],
        deadlines: vec![Arc::new(toy::Timer)],
        works: vec![Arc::new(toy::Bell(sent.clone()))],
        ..Default::default()
    }
}

async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let all = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), all).await.expect(what);
}

async fn on(engine: &Engine, name: &str) -> Result<(), engine::Refused<Refusal>> {
    let command = Command::TurnOn { by: "Example Person".into() };
    engine.execute::<Light>(name, command, &Caller::system(), None).await.map(|_| ())
}

#[tokio::test]
async fn a_command_is_shown_reacted_to_timed_and_worked_off() {
    let house = House::new();
    let engine = house.engine(1).await;
    let sent = toy::Sent::default();
    let running = engine.run(parts(&sent), |_| {}).await.unwrap();

    on(&engine, "light/1").await.unwrap();
    assert_eq!(toy::row(&engine, "light/1").await, Some((true, Some("Example Person".into()))));
    assert!(matches!(
        on(&engine, "light/1").await,
        Err(engine::Refused::Refusal(Refusal::AlreadyOn))
    ));

    let mirrored = async || toy::row(&engine, "light/mirror").await.is_some_and(|row| row.0);
    eventually("the mirror follows", mirrored).await;
    eventually("the bell rings once", async || *sent.lock().unwrap() == 2).await;

    house.clock.advance(hours(1));
    let off = async || toy::row(&engine, "light/1").await.is_some_and(|row| !row.0);
    eventually("the timer turns it off", off).await;
    assert!(running.healthy());
    running.stop().await;
}

#[tokio::test]
async fn a_restart_does_nothing_twice_and_a_rebuild_gives_the_same_rows() {
    let house = House::new();
    let sent = toy::Sent::default();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&sent), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    eventually("both bells", async || *sent.lock().unwrap() == 2).await;
    let head = engine.journal().head().await.unwrap();
    running.stop().await;
    drop(engine);

    std::fs::remove_file(house.dir.path().join("read.db")).unwrap();
    let engine = house.engine(2).await;
    let running = engine.run(parts(&sent), |_| {}).await.unwrap();
    assert_eq!(toy::row(&engine, "light/1").await, Some((true, Some("Example Person".into()))));
    on(&engine, "light/2").await.unwrap();
    eventually("one more bell", async || *sent.lock().unwrap() == 3).await;
    let records = engine.journal().read_from(head, 100).await.unwrap();
    let on_again = records.iter().filter(|r| r.kind == "light.turned_on.v1").count();
    assert_eq!(on_again, 1);
    running.stop().await;
}

#[tokio::test]
async fn the_same_key_does_it_once() {
    let house = House::new();
    let engine = house.engine(1).await;
    let command = || Command::TurnOn { by: "Example Person".into() };
    let caller = Caller::system();
    let key = Some("request 1");
    let first = engine.execute::<Light>("light/1", command(), &caller, key).await.unwrap();
    let again = engine.execute::<Light>("light/1", command(), &caller, key).await.unwrap();
    assert!(!first.repeated && again.repeated);
    assert_eq!(first.position, again.position);
}

#[tokio::test]
async fn nothing_personal_stands_in_the_journal_or_the_read_models() {
    let house = House::new();
    let engine = house.engine(1).await;
    let sent = toy::Sent::default();
    let running = engine.run(parts(&sent), |_| {}).await.unwrap();
    on(&engine, "light/1").await.unwrap();
    running.stop().await;
    for record in house.journal.read_from(journal::Position(0), 100).await.unwrap() {
        assert!(!record.clear.contains("Example"));
        let sealed = record.sealed.unwrap_or_default();
        assert!(!sealed.windows(7).any(|w| w == b"Example"));
    }
    for entry in std::fs::read_dir(house.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(7).any(|w| w == b"Example"), "{path:?}");
        }
    }
}

#[tokio::test]
async fn an_object_opens_under_its_own_stream_and_name_until_the_key_is_gone() {
    let house = House::new();
    let engine = house.engine(1).await;
    let running = engine.run(parts(&toy::Sent::default()), |_| {}).await.unwrap();
    assert_eq!(engine.seal_object("light/1", "a/1", b"pixels").await.unwrap(), None, "no key yet");
    on(&engine, "light/1").await.unwrap();
    on(&engine, "light/2").await.unwrap();
    let sealed = engine.seal_object("light/1", "a/1", b"pixels").await.unwrap().unwrap();
    assert!(!sealed.windows(6).any(|window| window == b"pixels"));
    let opened = engine.open_object("light/1", "a/1", &sealed).await.unwrap();
    assert_eq!(opened.as_deref(), Some(&b"pixels"[..]));
    assert!(engine.open_object("light/1", "a/2", &sealed).await.is_err(), "another name");
    assert!(engine.open_object("light/2", "a/1", &sealed).await.is_err(), "another stream");
    let mut altered = sealed.clone();
    altered[20] ^= 1;
    assert!(engine.open_object("light/1", "a/1", &altered).await.is_err());
    house.clock.advance(hours(24 * 31));
    engine.forget_expired().await.unwrap();
    assert_eq!(engine.open_object("light/1", "a/1", &sealed).await.unwrap(), None);
    running.stop().await;
}
