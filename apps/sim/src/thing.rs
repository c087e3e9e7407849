//! A thing that somebody says something about: the smallest capability with personal content in
//! streams of several classes, and with asides that are kept for another time than the rest.

use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::{At, Class, Context, Decider, Personal};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use std::collections::BTreeSet;

const AUTHORITY: &str = "a simulation";
const DAY: Class = Class { name: "day", keep_days: 1, authority: AUTHORITY };
const THREE: Class = Class { name: "three", keep_days: 3, authority: AUTHORITY };
const MONTH: Class = Class { name: "month", keep_days: 30, authority: AUTHORITY };
const ASIDE: Class = Class { name: "aside", keep_days: 2, authority: AUTHORITY };

/// The days of the classes that a stream can be born in.
pub(crate) const DAYS: [u32; 3] = [1, 3, 30];

/// For how many days a class of this name is kept.
pub(crate) fn keep_days(class: &str) -> Option<u32> {
    let all = [DAY, THREE, MONTH, ASIDE];
    all.iter().find(|one| one.name == class).map(|class| class.keep_days)
}

pub(crate) struct Thing;

#[derive(Clone)]
pub(crate) enum Command {
    Bear { days: u32, secret: String },
    Say { secret: String },
    SayAside { secret: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub(crate) enum Event {
    #[serde(rename = "thing.born.v1")]
    Born { days: u32, secret: Personal<String> },
    #[serde(rename = "thing.said.v1")]
    Said { secret: Personal<String> },
    #[serde(rename = "thing.said_aside.v1")]
    SaidAside { secret: Personal<String> },
}

/// What can still be said of it.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) born: bool,
    pub(crate) known: BTreeSet<String>,
}

#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("it is there already")]
    Born,
    #[error("there is no such thing")]
    NotBorn,
}

impl Decider for Thing {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "thing";
    const CLASS: Class = MONTH;

    fn class(first: &Event) -> Class {
        match first {
            Event::Born { days: 1, .. } => DAY,
            Event::Born { days: 3, .. } => THREE,
            _ => MONTH,
        }
    }

    fn apart(event: &Event) -> Option<Class> {
        matches!(event, Event::SaidAside { .. }).then_some(ASIDE)
    }

    fn decide(state: &State, command: Command, _: &Context) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Bear { .. } if state.born => Err(Refusal::Born),
            Command::Bear { days, secret } => Ok(vec![Event::Born { days, secret: secret.into() }]),
            _ if !state.born => Err(Refusal::NotBorn),
            Command::Say { secret } => Ok(vec![Event::Said { secret: secret.into() }]),
            Command::SayAside { secret } => Ok(vec![Event::SaidAside { secret: secret.into() }]),
        }
    }

    fn evolve(mut state: State, event: &Event, _: At) -> State {
        let (Event::Born { secret, .. } | Event::Said { secret } | Event::SaidAside { secret }) =
            event;
        state.born = true;
        state.known.extend(secret.known().cloned());
        state
    }
}

/// Everything that was said, sealed row by row.
pub(crate) struct Things;

#[async_trait]
impl ReadModel for Things {
    fn name(&self) -> &'static str {
        "things"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["things"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM things WHERE key = $1"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE things (position INTEGER PRIMARY KEY, key TEXT NOT NULL, secret BLOB)
            STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("thing.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (Event::Born { secret, .. } | Event::Said { secret } | Event::SaidAside { secret }) =
            event.decode()?;
        let Some(secret) = secret.into_known() else { return Ok(()) };
        let sealed = engine.seal_row(&event.key, &secret).await?;
        sqlx::query("INSERT INTO things VALUES ($1, $2, $3)")
            .bind(event.position.0 as i64)
            .bind(&event.key)
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// A row: the name of its key, and what it says as far as it can still be said.
pub(crate) async fn rows(engine: &Engine) -> Result<Vec<(String, Option<String>)>, Fault> {
    let found = sqlx::query("SELECT key, secret FROM things ORDER BY position")
        .fetch_all(engine.reads().pool())
        .await?;
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        let (key, sealed): (String, Option<Vec<u8>>) = (row.get(0), row.get(1));
        let secret = engine.open_row::<String>(&key, sealed.as_deref()).await?.into_known();
        rows.push((key, secret));
    }
    Ok(rows)
}
