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
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub(crate) enum Event {
    #[serde(rename = "light.turned_on.v1")]
    TurnedOn { by: Personal<String> },
    #[serde(rename = "light.turned_off.v1")]
    TurnedOff {},
}

#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum State {
    #[default]
    Off,
    On,
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
            (State::On, Command::TurnOff) => Ok(vec![Event::TurnedOff {}]),
            (State::On, Command::TurnOn { .. }) => Err(Refusal::AlreadyOn),
            (State::Off, Command::TurnOff) => Err(Refusal::AlreadyOff),
        }
    }

    fn evolve(_: State, event: &Event, _: At) -> State {
        match event {
            Event::TurnedOn { .. } => State::On,
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
        &["lights"]
    }
    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE lights (stream TEXT PRIMARY KEY, is_on INTEGER NOT NULL, by BLOB) STRICT"]
    }
    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("light.")
    }
    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (is_on, by) = match event.decode()? {
            Event::TurnedOn { by } => (true, engine.seal_row(&event.stream, &by.known()).await?),
            Event::TurnedOff {} => (false, None),
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
