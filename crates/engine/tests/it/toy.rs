//! A light that somebody turns on: the smallest capability with every part.

use async_trait::async_trait;
use engine::{
    Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Outcome, Reaction, ReadModel,
    Refused, Tx, Work,
};
use kernel::{At, Class, Context, Decider, Personal, time::hours};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use std::sync::{Arc, Mutex};

pub(crate) struct Light;

#[derive(Clone)]
pub(crate) enum Command {
    TurnOn { by: String },
    TurnOff,
    Dust { found: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub(crate) enum Event {
    #[serde(rename = "light.turned_on.v1")]
    TurnedOn { by: Personal<String> },
    #[serde(rename = "light.turned_off.v1")]
    TurnedOff {},
    #[serde(rename = "light.dusted.v1")]
    Dusted { found: Option<Personal<String>> },
}

/// What is found while dusting goes sooner than who turned the light on.
pub(crate) const FOUND: Class = Class { name: "found", keep_days: 10, authority: "a test" };

#[derive(Clone, Default, PartialEq)]
pub(crate) enum State {
    #[default]
    Off,
    On(Option<Personal<String>>),
}

impl State {
    /// What was found last, while the light was on and as far as it can still be said.
    pub(crate) fn found(&self) -> Option<&String> {
        match self {
            Self::On(found) => found.as_ref().and_then(Personal::known),
            Self::Off => None,
        }
    }
}

#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("it is on already")]
    AlreadyOn,
    #[error("it is off already")]
    AlreadyOff,
}

impl Decider for Light {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "light";
    const CLASS: Class = Class { name: "light", keep_days: 30, authority: "a test" };

    fn decide(state: &State, command: Command, _: &Context) -> Result<Vec<Event>, Refusal> {
        match (state, command) {
            (State::Off, Command::TurnOn { by }) => Ok(vec![Event::TurnedOn { by: by.into() }]),
            (State::On(_), Command::TurnOff) => Ok(vec![Event::TurnedOff {}]),
            (State::On(_), Command::TurnOn { .. }) => Err(Refusal::AlreadyOn),
            (State::Off, Command::TurnOff) => Err(Refusal::AlreadyOff),
            (_, Command::Dust { found }) => {
                Ok(vec![Event::Dusted { found: found.map(Personal::new) }])
            }
        }
    }

    fn apart(event: &Event) -> Option<Class> {
        matches!(event, Event::Dusted { .. }).then_some(FOUND)
    }

    fn evolve(state: State, event: &Event, _: At) -> State {
        match event {
            Event::Dusted { found } => match state {
                State::On(_) => State::On(found.clone()),
                State::Off => State::Off,
            },
            Event::TurnedOn { .. } => State::On(None),
            Event::TurnedOff {} => State::Off,
        }
    }
}

pub(crate) struct Lights;

#[async_trait]
impl ReadModel for Lights {
    fn name(&self) -> &'static str {
        "lights"
    }
    fn version(&self) -> u32 {
        1
    }
    fn tables(&self) -> &'static [&'static str] {
        &["lights", "light_finds"]
    }
    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE lights SET by = NULL WHERE stream = $1", "DELETE FROM light_finds WHERE key = $1"]
    }
    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE lights (
                stream TEXT PRIMARY KEY, is_on INTEGER NOT NULL, by BLOB) STRICT",
            "CREATE TABLE light_finds (key TEXT NOT NULL, found BLOB) STRICT",
        ]
    }
    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("light.")
    }
    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (is_on, by) = match event.decode()? {
            Event::TurnedOn { by } => (true, engine.seal_row(&event.stream, &by.known()).await?),
            Event::TurnedOff {} => (false, None),
            Event::Dusted { found } => {
                let found = found.and_then(Personal::into_known);
                let sealed = engine.seal_row(&event.key, &found).await?;
                sqlx::query("INSERT INTO light_finds VALUES ($1, $2)")
                    .bind(&event.key)
                    .bind(sealed)
                    .execute(tx)
                    .await?;
                return Ok(());
            }
        };
        sqlx::query("INSERT OR REPLACE INTO lights VALUES ($1, $2, $3)")
            .bind(&event.stream)
            .bind(is_on)
            .bind(by)
            .execute(tx)
            .await?;
        Ok(())
    }
}

pub(crate) async fn row(engine: &Engine, stream: &str) -> Option<(bool, Option<String>)> {
    let row = sqlx::query("SELECT is_on, by FROM lights WHERE stream = $1")
        .bind(stream)
        .fetch_optional(engine.reads().pool())
        .await
        .unwrap()?;
    let sealed: Option<Vec<u8>> = row.get(1);
    let by = engine.open_row(stream, sealed.as_deref()).await.unwrap();
    Some((row.get(0), by.into_known()))
}

/// Turns on a second light whenever another goes on.
pub(crate) struct Mirror;

#[async_trait]
impl Reaction for Mirror {
    fn name(&self) -> &'static str {
        "mirror"
    }
    fn wants(&self, kind: &str) -> bool {
        kind == "light.turned_on.v1"
    }
    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        if event.stream != "light/1" {
            return Ok(());
        }
        let command = Command::TurnOn { by: "mirror".into() };
        let key = self.key(event);
        let caller = Caller::system();
        match engine.execute::<Light>("light/mirror", command, &caller, Some(&key)).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}

/// Turns a light off after an hour.
pub(crate) struct Timer;

#[async_trait]
impl Deadlines for Timer {
    fn name(&self) -> &'static str {
        "light"
    }
    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("light.")
    }
    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let due = match event.decode()? {
            Event::TurnedOn { .. } => Some(event.at.plus(hours(1))),
            Event::TurnedOff {} => None,
            Event::Dusted { .. } => return Ok(vec![]),
        };
        Ok(vec![DeadlineChange { stream: event.stream.clone(), name: "off_due", due }])
    }
    async fn fire(&self, engine: &Engine, stream: &str, _: &str, _: At) -> Result<(), Fault> {
        let caller = Caller::system();
        match engine.execute::<Light>(stream, Command::TurnOff, &caller, None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}

pub(crate) type Sent = Arc<Mutex<u32>>;

/// Rings outside, and fails the first time.
pub(crate) struct Bell(pub(crate) Sent);

#[async_trait]
impl Work for Bell {
    fn name(&self) -> &'static str {
        "bell"
    }
    fn wants(&self, kind: &str) -> bool {
        kind == "light.turned_on.v1"
    }
    async fn perform(&self, _: &Engine, _: &Opened, tries: u32) -> Outcome {
        if tries == 0 {
            return Outcome::Later(Some(std::time::Duration::ZERO));
        }
        *self.0.lock().unwrap() += 1;
        Outcome::Done
    }
}

/// What was found while dusting, as far as it can still be said.
pub(crate) async fn finds(engine: &Engine) -> Vec<Option<String>> {
    let rows = sqlx::query("SELECT key, found FROM light_finds")
        .fetch_all(engine.reads().pool())
        .await
        .unwrap();
    let mut finds = Vec::new();
    for row in rows {
        let (key, sealed): (String, Option<Vec<u8>>) = (row.get(0), row.get(1));
        let found = engine.open_row::<Option<String>>(&key, sealed.as_deref()).await.unwrap();
        finds.push(found.into_known().flatten());
    }
    finds
}

/// Objects beside the journal: how many there are under each key.
#[derive(Clone, Default)]
pub(crate) struct Shelf(pub(crate) Arc<Mutex<Vec<String>>>);

#[async_trait]
impl engine::Objects for Shelf {
    async fn delete(
        &self,
        _: &Engine,
        key: &str,
        _: &vault::Epoch,
    ) -> Result<engine::Dropped, Fault> {
        let mut shelf = self.0.lock().unwrap();
        let before = shelf.len();
        shelf.retain(|of| of != key);
        Ok(engine::Dropped { objects: (before - shelf.len()) as u64, bytes: 7 })
    }
}

/// Searches a folder for needles.
pub(crate) struct Search(pub(crate) std::path::PathBuf);

#[async_trait]
impl engine::Residue for Search {
    async fn scan(&self, needles: &[vault::Needle]) -> Result<engine::Scan, Fault> {
        let finder = vault::Finder::new(needles);
        let needles = finder.needles() as u64;
        let mut scan = engine::Scan { needles, ..Default::default() };
        for entry in std::fs::read_dir(&self.0).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                scan.files += 1;
                scan.found += finder.count_in(&bytes) as u64;
            }
        }
        Ok(scan)
    }
}
