//! Read model: which handovers were signed off, and which are accepted. Ids and times alone.

use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::At;
use promise::handover::Event;
use serde::Serialize;
use sqlx::Row as _;

/// The read model.
pub(crate) struct Handovers;

/// One handover.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) at: i64,
    pub(crate) by: String,
    pub(crate) accepted_at: Option<i64>,
    pub(crate) open: i64,
    pub(crate) missed: i64,
}

#[async_trait]
impl ReadModel for Handovers {
    fn name(&self) -> &'static str {
        "promise_handovers"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["promise_handovers"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE promise_handovers (
            stream TEXT PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,
            accepted_at INTEGER, open INTEGER NOT NULL, missed INTEGER NOT NULL) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("handover.")
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.decode::<Event>()? {
            Event::SignedOff { open_count, missed_count, by, .. } => {
                sqlx::query(
                    "INSERT OR REPLACE INTO promise_handovers VALUES ($1, $2, $3, NULL, $4, $5)",
                )
                .bind(&event.stream)
                .bind(event.at.0)
                .bind(by.stream())
                .bind(open_count as i64)
                .bind(missed_count as i64)
                .execute(tx)
                .await?;
            }
            Event::Accepted { .. } => {
                sqlx::query("UPDATE promise_handovers SET accepted_at = $2 WHERE stream = $1")
                    .bind(&event.stream)
                    .bind(event.at.0)
                    .execute(tx)
                    .await?;
            }
        }
        Ok(())
    }
}

/// When the last handover was signed off; nothing before the first.
pub(crate) async fn last(engine: &Engine) -> Result<Option<At>, Fault> {
    let row = sqlx::query("SELECT MAX(at) FROM promise_handovers")
        .fetch_one(engine.reads().pool())
        .await?;
    Ok(row.get::<Option<i64>, _>(0).map(At))
}

/// The latest ones, the newest first.
pub(crate) async fn latest(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT stream, at, actor, accepted_at, open, missed FROM promise_handovers
         ORDER BY at DESC LIMIT $1",
    )
    .bind(crate::limits::HANDOVERS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let line = |row: &sqlx::sqlite::SqliteRow| Line {
        id: row.get::<String, _>(0).trim_start_matches("handover/").to_owned(),
        at: row.get(1),
        by: row.get(2),
        accepted_at: row.get(3),
        open: row.get(4),
        missed: row.get(5),
    };
    Ok(rows.iter().map(line).collect())
}
