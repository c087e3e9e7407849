//! Read models: what a week's sample can be drawn from, and what was drawn and found. Ids and
//! codes only; what a specialist wrote stays in the stream.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::At;
use review::sample::{Event, Item, Kind};
use serde::Serialize;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

/// What can be drawn.
pub(crate) struct Pool;

#[async_trait]
impl ReadModel for Pool {
    fn name(&self) -> &'static str {
        "sample_pool"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["sample_pool", "sample_calls"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE sample_pool (
                subject TEXT PRIMARY KEY, of TEXT NOT NULL, incident TEXT NOT NULL,
                at INTEGER NOT NULL) STRICT",
            "CREATE INDEX sample_pool_by_time ON sample_pool (at)",
            "CREATE TABLE sample_calls (
                call TEXT PRIMARY KEY, incident TEXT NOT NULL) STRICT",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "incident.screened.v1" | "call.opened.v1" | "call.finished.v1")
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        if let Some(incident) = IncidentId::of_stream(&event.stream) {
            return put(event, Kind::Screening, &incident.to_string(), tx).await;
        }
        if let call::Event::Opened { incident, .. } = event.decode()? {
            sqlx::query("INSERT OR REPLACE INTO sample_calls VALUES ($1, $2)")
                .bind(&event.stream)
                .bind(incident.to_string())
                .execute(tx)
                .await?;
            return Ok(());
        }
        // A call about a matter that is no incident is never drawn.
        let incident: Option<String> =
            sqlx::query_scalar("SELECT incident FROM sample_calls WHERE call = $1")
                .bind(&event.stream)
                .fetch_optional(&mut *tx)
                .await?;
        match incident {
            Some(incident) => put(event, Kind::Call, &incident, tx).await,
            None => Ok(()),
        }
    }
}

async fn put(event: &Opened, of: Kind, incident: &str, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("INSERT OR REPLACE INTO sample_pool VALUES ($1, $2, $3, $4)")
        .bind(&event.stream)
        .bind(of.code())
        .bind(incident)
        .bind(event.at.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// All that happened between two times.
pub(crate) async fn pool(engine: &Engine, from: At, until: At) -> Result<Vec<Item>, Fault> {
    let rows = sqlx::query(
        "SELECT of, incident, subject FROM sample_pool
         WHERE at >= $1 AND at < $2 ORDER BY subject LIMIT $3",
    )
    .bind(from.0)
    .bind(until.0)
    .bind(limits::POOL_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let item = |row: &SqliteRow| {
        let (of, incident): (String, String) = (row.get(0), row.get(1));
        let incident = incident.parse().ok()?;
        Some(Item { of: Kind::of(&of)?, incident, subject: row.get(2) })
    };
    Ok(rows.iter().filter_map(item).collect())
}

/// What was drawn.
pub(crate) struct List;

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "sample_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["sample_list"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE sample_list (
            stream TEXT NOT NULL, place INTEGER NOT NULL, week INTEGER NOT NULL,
            due_at INTEGER NOT NULL, of TEXT NOT NULL, incident TEXT NOT NULL, finding TEXT,
            judged_at INTEGER, PRIMARY KEY (stream, place)) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("sample.")
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.decode()? {
            Event::Drawn { from, due, items, .. } => {
                for (place, item) in items.iter().enumerate() {
                    sqlx::query(
                        "INSERT OR REPLACE INTO sample_list
                         VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL)",
                    )
                    .bind(&event.stream)
                    .bind(place as i64)
                    .bind(from.0)
                    .bind(due.0)
                    .bind(item.of.code())
                    .bind(item.incident.to_string())
                    .execute(&mut *tx)
                    .await?;
                }
                Ok(())
            }
            Event::ItemJudged { place, finding, .. } => {
                sqlx::query(
                    "UPDATE sample_list SET finding = $3, judged_at = $4
                     WHERE stream = $1 AND place = $2",
                )
                .bind(&event.stream)
                .bind(i64::from(place))
                .bind(finding.code())
                .bind(event.at.0)
                .execute(tx)
                .await?;
                Ok(())
            }
            Event::Completed {} => Ok(()),
        }
    }
}

/// One of a sample, as the page of samples shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) place: i64,
    pub(crate) week: i64,
    pub(crate) due_at: i64,
    pub(crate) of: String,
    #[serde(skip)]
    pub(crate) incident: String,
    pub(crate) reference: String,
    pub(crate) finding: Option<String>,
    pub(crate) judged_at: Option<i64>,
}

/// Everything that was drawn: what is not read yet first, then the newest.
pub(crate) async fn all(engine: &Engine) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query(
        "SELECT stream, place, week, due_at, of, incident, finding, judged_at FROM sample_list
         ORDER BY judged_at IS NOT NULL, week DESC, place LIMIT $1",
    )
    .bind(limits::SAMPLES_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let row = |row: &SqliteRow| {
        let (stream, incident): (String, String) = (row.get(0), row.get(5));
        let reference = incident.parse::<IncidentId>().map(|id| id.reference());
        Row {
            id: stream.trim_start_matches("sample/").to_owned(),
            place: row.get(1),
            week: row.get(2),
            due_at: row.get(3),
            of: row.get(4),
            incident,
            reference: reference.unwrap_or_default(),
            finding: row.get(6),
            judged_at: row.get(7),
        }
    };
    Ok(rows.iter().map(row).collect())
}
