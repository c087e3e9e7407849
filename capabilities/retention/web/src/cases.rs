//! Read model: holds and promotions, their keys and their steps. Grounds, days and ids are in
//! clear; reasons are sealed under the stream's own key.

use crate::limits::{CASES_MAX, STEPS_MAX};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::{Day, Personal};
use retention::hold::{self, Asked, Hold};
use retention::promotion::{self, Promotion};
use retention::{Mark, Thing};
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;

/// The read model.
pub(crate) struct Cases;

/// A hold or a promotion as it stands.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) stream: String,
    /// `hold` or `promotion`.
    pub(crate) kind: String,
    /// `proposed`, `placed`, `made`, `declined`, `ended`.
    pub(crate) stage: String,
    pub(crate) ground: String,
    /// The first instant of the day of its review; of a promotion, of the day it goes.
    pub(crate) until: i64,
    /// `review` or `end`, where one waits for a second person.
    pub(crate) asked: Option<String>,
    pub(crate) asked_by: Option<String>,
    pub(crate) asked_until: Option<i64>,
    pub(crate) proposed_by: Option<String>,
    pub(crate) confirmed_by: Option<String>,
    pub(crate) proposed_at: i64,
    pub(crate) changed_at: i64,
    /// Days on which its review was missed.
    pub(crate) missed: i64,
    pub(crate) things: i64,
    pub(crate) kept: i64,
    pub(crate) failed: i64,
    /// The first of its things, to be named.
    pub(crate) first: String,
}

/// One key under it.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) thing: Thing,
    pub(crate) mark: String,
}

/// One step of its story.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Step {
    pub(crate) at: i64,
    pub(crate) what: String,
    pub(crate) by: Option<String>,
    pub(crate) text: Option<String>,
}

/// What a state becomes in a row.
#[derive(Default)]
struct Standing {
    kind: &'static str,
    stage: &'static str,
    ground: &'static str,
    until: i64,
    asked: Option<(&'static str, String, Option<i64>)>,
    proposed_by: Option<String>,
    confirmed_by: Option<String>,
    proposed_at: i64,
    missed: u32,
    things: Vec<Thing>,
    marks: BTreeMap<String, Mark>,
}

#[async_trait]
impl ReadModel for Cases {
    fn name(&self) -> &'static str {
        "retention_cases"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["retention_cases", "retention_case_keys", "retention_steps"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE retention_cases (
                stream TEXT PRIMARY KEY, kind TEXT NOT NULL, stage TEXT NOT NULL,
                ground TEXT NOT NULL, until INTEGER NOT NULL, asked TEXT, asked_by TEXT,
                asked_until INTEGER, proposed_by TEXT, confirmed_by TEXT,
                proposed_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
                missed INTEGER NOT NULL) STRICT",
            "CREATE INDEX retention_cases_by_stage ON retention_cases (stage, until)",
            "CREATE TABLE retention_case_keys (
                stream TEXT NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL,
                class TEXT NOT NULL, expires_on INTEGER NOT NULL, mark TEXT NOT NULL,
                PRIMARY KEY (stream, name)) STRICT",
            "CREATE TABLE retention_steps (
                stream TEXT NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL,
                what TEXT NOT NULL, who TEXT, sealed BLOB,
                PRIMARY KEY (stream, position)) STRICT",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("hold.") || kind.starts_with("promotion.")
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE retention_steps SET sealed = NULL WHERE stream = $1"]
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (standing, said) = match event.noun() {
            "hold" => {
                let (state, _) = engine.state::<Hold>(&event.stream).await?;
                (of_hold(state), said_of_hold(event.decode()?))
            }
            _ => {
                let (state, _) = engine.state::<Promotion>(&event.stream).await?;
                (of_promotion(state), said_of_promotion(event.decode()?))
            }
        };
        stand(event, &standing, tx).await?;
        for thing in &standing.things {
            let mark = standing.marks.get(&thing.key).map_or("proposed", |mark| word(*mark));
            put_key(&event.stream, thing, mark, tx).await?;
        }
        let sealed = match said {
            Some(said) => engine.seal_row(&event.stream, &said).await?,
            None => None,
        };
        sqlx::query("INSERT OR REPLACE INTO retention_steps VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&event.stream)
            .bind(event.position.0 as i64)
            .bind(event.at.0)
            .bind(event.kind.trim_end_matches(".v1").replace(['.', '_'], "-"))
            .bind(event.staff().map(|id| id.to_string()))
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

const fn word(mark: Mark) -> &'static str {
    match mark {
        Mark::Asked => "asked",
        Mark::Kept => "kept",
        Mark::Failed => "failed",
        Mark::LetGo => "let-go",
    }
}

fn of_hold(state: hold::State) -> Standing {
    let asked = state.asked.map(|asked| match asked {
        Asked::Review { by, review_on } => ("review", by.to_string(), Some(review_on.start().0)),
        Asked::End { by } => ("end", by.to_string(), None),
    });
    Standing {
        kind: "hold",
        stage: match state.stage {
            hold::Stage::None | hold::Stage::Proposed => "proposed",
            hold::Stage::Placed => "placed",
            hold::Stage::Declined => "declined",
            hold::Stage::Ended => "ended",
        },
        ground: state.ground.map_or("", hold::Ground::code),
        until: state.review_on.start().0,
        asked,
        proposed_by: state.proposed_by.map(|id| id.to_string()),
        confirmed_by: state.confirmed_by.map(|id| id.to_string()),
        proposed_at: state.proposed_at.0,
        missed: state.missed,
        things: state.things,
        marks: state.marks,
    }
}

fn of_promotion(state: promotion::State) -> Standing {
    Standing {
        kind: "promotion",
        stage: match state.stage {
            promotion::Stage::None | promotion::Stage::Proposed => "proposed",
            promotion::Stage::Made => "made",
            promotion::Stage::Declined => "declined",
        },
        ground: "evidence",
        until: state.expires_on.start().0,
        proposed_by: state.proposed_by.map(|id| id.to_string()),
        confirmed_by: state.confirmed_by.map(|id| id.to_string()),
        proposed_at: state.proposed_at.0,
        things: state.things,
        marks: state.marks,
        ..Standing::default()
    }
}

fn said_of_hold(event: hold::Event) -> Option<String> {
    use hold::Event::{Declined, EndProposed, Proposed, ReviewProposed, Reviewed};
    let reason = match event {
        Proposed { reason, .. }
        | Declined { reason, .. }
        | ReviewProposed { reason, .. }
        | EndProposed { reason, .. } => Some(reason),
        Reviewed { reason, .. } => reason,
        _ => None,
    };
    reason.and_then(Personal::into_known)
}

fn said_of_promotion(event: promotion::Event) -> Option<String> {
    use promotion::Event::{Declined, Proposed};
    match event {
        Proposed { reason, .. } | Declined { reason, .. } => reason.into_known(),
        _ => None,
    }
}

async fn stand(event: &Opened, standing: &Standing, tx: &mut Tx) -> Result<(), Fault> {
    let (asked, by, until) = match &standing.asked {
        Some((asked, by, until)) => (Some(*asked), Some(by.as_str()), *until),
        None => (None, None, None),
    };
    sqlx::query(
        "INSERT OR REPLACE INTO retention_cases
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(&event.stream)
    .bind(standing.kind)
    .bind(standing.stage)
    .bind(standing.ground)
    .bind(standing.until)
    .bind(asked)
    .bind(by)
    .bind(until)
    .bind(&standing.proposed_by)
    .bind(&standing.confirmed_by)
    .bind(standing.proposed_at)
    .bind(event.at.0)
    .bind(i64::from(standing.missed))
    .execute(tx)
    .await?;
    Ok(())
}

async fn put_key(stream: &str, thing: &Thing, mark: &str, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("INSERT OR REPLACE INTO retention_case_keys VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(stream)
        .bind(&thing.key)
        .bind(&thing.stream)
        .bind(&thing.class)
        .bind(thing.expires_on.0)
        .bind(mark)
        .execute(tx)
        .await?;
    Ok(())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT stream, kind, stage, ground, until, asked, asked_by, asked_until, proposed_by,
                confirmed_by, proposed_at, changed_at, missed,
                (SELECT count(*) FROM retention_case_keys k WHERE k.stream = c.stream),
                (SELECT count(*) FROM retention_case_keys k
                  WHERE k.stream = c.stream AND k.mark = 'kept'),
                (SELECT count(*) FROM retention_case_keys k
                  WHERE k.stream = c.stream AND k.mark = 'failed'),
                coalesce((SELECT min(subject) FROM retention_case_keys k
                  WHERE k.stream = c.stream), '')
             FROM retention_cases c ",
            $rest
        )
    };
}

fn line(row: &SqliteRow) -> Line {
    Line {
        stream: row.get(0),
        kind: row.get(1),
        stage: row.get(2),
        ground: row.get(3),
        until: row.get(4),
        asked: row.get(5),
        asked_by: row.get(6),
        asked_until: row.get(7),
        proposed_by: row.get(8),
        confirmed_by: row.get(9),
        proposed_at: row.get(10),
        changed_at: row.get(11),
        missed: row.get(12),
        things: row.get(13),
        kept: row.get(14),
        failed: row.get(15),
        first: row.get(16),
    }
}

/// One hold or promotion.
pub(crate) async fn one(engine: &Engine, stream: &str) -> Result<Option<Line>, Fault> {
    let row = sqlx::query(select!("WHERE c.stream = $1"))
        .bind(stream)
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.as_ref().map(line))
}

/// What waits for a second person, oldest first.
pub(crate) async fn waiting(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!(
        "WHERE stage = 'proposed' OR asked IS NOT NULL ORDER BY changed_at LIMIT $1"
    ))
    .bind(CASES_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(line).collect())
}

/// What is held and what was made evidence, the most urgent review first.
pub(crate) async fn standing(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows =
        sqlx::query(select!("WHERE stage IN ('placed', 'made') ORDER BY kind, until LIMIT $1"))
            .bind(CASES_MAX)
            .fetch_all(engine.reads().pool())
            .await?;
    Ok(rows.iter().map(line).collect())
}

/// The keys under one.
pub(crate) async fn keys(engine: &Engine, stream: &str) -> Result<Vec<Key>, Fault> {
    let rows = sqlx::query(
        "SELECT name, subject, class, expires_on, mark FROM retention_case_keys
         WHERE stream = $1 ORDER BY name",
    )
    .bind(stream)
    .fetch_all(engine.reads().pool())
    .await?;
    let key = |row: &SqliteRow| Key {
        thing: Thing {
            key: row.get(0),
            stream: row.get(1),
            class: row.get(2),
            expires_on: Day(row.get(3)),
        },
        mark: row.get(4),
    };
    Ok(rows.iter().map(key).collect())
}

/// Its story, oldest first. Personal: note the consultation before showing any of it.
pub(crate) async fn steps(engine: &Engine, stream: &str) -> Result<Vec<Step>, Fault> {
    let rows = sqlx::query(
        "SELECT at, what, who, sealed FROM retention_steps WHERE stream = $1
         ORDER BY position LIMIT $2",
    )
    .bind(stream)
    .bind(STEPS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        let sealed: Option<Vec<u8>> = row.get(3);
        let text = engine.open_row::<String>(stream, sealed.as_deref()).await?;
        steps.push(Step {
            at: row.get(0),
            what: row.get(1),
            by: row.get(2),
            text: text.into_known(),
        });
    }
    Ok(steps)
}
