//! Read model: epochs that ended, wholly or not yet. Counts and times only.

use crate::limits::{ENDED_MAX, PAGE_MAX};
use crate::names;
use async_trait::async_trait;
use engine::forgetting::{ERASED, EXPIRED, Erased, Expired, SEALED, Sealed};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use vault::Epoch;

/// The read model.
pub(crate) struct Ended;

/// One epoch.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) epoch: String,
    pub(crate) class: String,
    pub(crate) words: String,
    pub(crate) state: String,
    pub(crate) at: i64,
    pub(crate) due_at: Option<i64>,
    pub(crate) keys: i64,
    pub(crate) kept: i64,
    pub(crate) ciphertexts: i64,
    pub(crate) objects: i64,
    pub(crate) bytes: i64,
    pub(crate) found: i64,
    pub(crate) why: Option<String>,
}

#[async_trait]
impl ReadModel for Ended {
    fn name(&self) -> &'static str {
        "retention_ended"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["retention_ended"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE retention_ended (
                epoch TEXT PRIMARY KEY, class TEXT NOT NULL, state TEXT NOT NULL,
                at INTEGER NOT NULL, due_at INTEGER, keys INTEGER NOT NULL DEFAULT 0,
                kept INTEGER NOT NULL DEFAULT 0, ciphertexts INTEGER NOT NULL DEFAULT 0,
                objects INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
                found INTEGER NOT NULL DEFAULT 0, why TEXT) STRICT",
            "CREATE INDEX retention_ended_by_time ON retention_ended (state, at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        [EXPIRED, SEALED, ERASED].contains(&kind)
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.kind.as_str() {
            EXPIRED => expired(&event.decode()?, event, tx).await,
            SEALED => sealed(&event.decode()?, event, tx).await,
            _ => erased(&event.decode()?, event, tx).await,
        }
    }
}

async fn expired(body: &Expired, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO retention_ended (epoch, class, state, at, due_at, keys, kept)
         VALUES ($1, $2, 'expired', $3, $4, $5, $6)
         ON CONFLICT (epoch) DO UPDATE SET state = 'expired', at = $3, due_at = $4,
            keys = keys + $5, kept = $6, why = NULL",
    )
    .bind(body.epoch.to_string())
    .bind(&body.epoch.class)
    .bind(event.at.0)
    .bind(body.due_at.0)
    .bind(body.names.len() as i64)
    .bind(body.kept as i64)
    .execute(tx)
    .await?;
    Ok(())
}

async fn sealed(body: &Sealed, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let why = serde_json::to_value(body.why).map_err(Fault::Encode)?;
    sqlx::query(
        "INSERT INTO retention_ended (epoch, class, state, at, why)
         VALUES ($1, $2, 'sealed', $3, $4)
         ON CONFLICT (epoch) DO NOTHING",
    )
    .bind(body.epoch.to_string())
    .bind(&body.epoch.class)
    .bind(event.at.0)
    .bind(why.as_str())
    .execute(tx)
    .await?;
    Ok(())
}

async fn erased(body: &Erased, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO retention_ended
            (epoch, class, state, at, due_at, keys, kept, ciphertexts, objects, bytes, found)
         VALUES ($1, $2, 'erased', $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (epoch) DO UPDATE SET state = 'erased', at = $3, due_at = $4, keys = $5,
            kept = $6, ciphertexts = $7, objects = $8, bytes = $9, found = $10, why = NULL",
    )
    .bind(body.epoch.to_string())
    .bind(&body.epoch.class)
    .bind(event.at.0)
    .bind(body.due_at.0)
    .bind(body.keys as i64)
    .bind(body.kept as i64)
    .bind(body.ciphertexts as i64)
    .bind(body.dropped.objects as i64)
    .bind(body.dropped.bytes as i64)
    .bind(body.scan.found as i64)
    .execute(tx)
    .await?;
    Ok(())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT epoch, class, state, at, due_at, keys, kept, ciphertexts, objects, bytes,
                found, why FROM retention_ended ",
            $rest
        )
    };
}

fn line(row: &SqliteRow) -> Line {
    let class: String = row.get(1);
    Line {
        epoch: row.get(0),
        words: names::class(&class),
        class,
        state: row.get(2),
        at: row.get(3),
        due_at: row.get(4),
        keys: row.get(5),
        kept: row.get(6),
        ciphertexts: row.get(7),
        objects: row.get(8),
        bytes: row.get(9),
        found: row.get(10),
        why: row.get(11),
    }
}

/// Epochs that nobody can read any more and whose keys still stand: an alarm.
pub(crate) async fn sealed_now(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("WHERE state = 'sealed' ORDER BY at LIMIT $1"))
        .bind(ENDED_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(line).collect())
}

/// What went lately, newest first.
pub(crate) async fn lately(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("WHERE state <> 'sealed' ORDER BY at DESC, epoch LIMIT $1"))
        .bind(ENDED_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(line).collect())
}

/// One epoch.
pub(crate) async fn one(engine: &Engine, epoch: &Epoch) -> Result<Option<Line>, Fault> {
    let row = sqlx::query(select!("WHERE epoch = $1"))
        .bind(epoch.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.as_ref().map(line))
}

/// Those that are wholly gone, oldest first, after an instant and an epoch at that instant.
pub(crate) async fn erased_after(
    engine: &Engine,
    (at, epoch): (i64, &str),
) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!(
        "WHERE state = 'erased' AND (at, epoch) > ($1, $2) ORDER BY at, epoch LIMIT $3"
    ))
    .bind(at)
    .bind(epoch)
    .bind(PAGE_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(line).collect())
}
