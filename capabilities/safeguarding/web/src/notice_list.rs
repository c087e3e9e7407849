//! Read model: which schools must hear, by the bell. Codes and clocks alone; no child stands here.

use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::At;
use safeguarding::{Notice, Safeguarding, SafeguardingId};
use serde::Serialize;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

/// Notices on one page: more than a large force has over a bank holiday.
const PAGE_MAX: i64 = 200;

/// The read model.
pub(crate) struct List;

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "safeguarding_notices"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["safeguarding_notices"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE safeguarding_notices (
                stream TEXT NOT NULL, child INTEGER NOT NULL, incident TEXT NOT NULL,
                school TEXT NOT NULL, due_at INTEGER NOT NULL, assumed INTEGER NOT NULL,
                told_at INTEGER, known_at INTEGER, missed INTEGER NOT NULL,
                over INTEGER NOT NULL, PRIMARY KEY (stream, child)) STRICT",
            "CREATE INDEX safeguarding_notices_open ON safeguarding_notices (over, due_at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("safeguarding.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(id) = SafeguardingId::of_stream(&event.stream) else { return Ok(()) };
        // The rows are the state as it stands: an event that follows writes them once more.
        let (plan, _) = engine.state::<Safeguarding>(&event.stream).await?;
        for (number, child) in &plan.children {
            let (told_at, known_at) = match child.notice {
                Notice::Owed | Notice::Withdrawn => (None, None),
                Notice::Told(_, at) => (Some(at.0), None),
                Notice::Acknowledged(at) => (Some(at.0), Some(at.0)),
            };
            let over = matches!(child.notice, Notice::Acknowledged(_) | Notice::Withdrawn);
            sqlx::query(
                "INSERT OR REPLACE INTO safeguarding_notices
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(&event.stream)
            .bind(i64::from(*number))
            .bind(IncidentId(id.0).to_string())
            .bind(&child.school)
            .bind(child.due.0)
            .bind(child.assumed)
            .bind(told_at)
            .bind(known_at)
            .bind(child.missed)
            .bind(over)
            .execute(&mut *tx)
            .await?;
        }
        Ok(())
    }
}

/// One notice, as the board shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) incident: String,
    pub(crate) reference: String,
    pub(crate) child: i64,
    pub(crate) school: String,
    pub(crate) due_at: i64,
    pub(crate) assumed: bool,
    pub(crate) told_at: Option<i64>,
    pub(crate) known_at: Option<i64>,
    pub(crate) missed: bool,
}

fn row(found: &SqliteRow) -> Row {
    let incident: String = found.get("incident");
    let reference = incident.parse::<IncidentId>().map(|id| id.reference()).unwrap_or_default();
    Row {
        reference,
        incident,
        child: found.get("child"),
        school: found.get("school"),
        due_at: found.get("due_at"),
        assumed: found.get("assumed"),
        told_at: found.get("told_at"),
        known_at: found.get("known_at"),
        missed: found.get("missed"),
    }
}

/// What is open, the next bell first.
pub(crate) async fn open(engine: &Engine) -> Result<Vec<Row>, Fault> {
    let found = sqlx::query(
        "SELECT * FROM safeguarding_notices WHERE over = 0 ORDER BY due_at, incident, child
         LIMIT $1",
    )
    .bind(PAGE_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(found.iter().map(row).collect())
}

/// What was done since, the last first.
pub(crate) async fn done_since(engine: &Engine, since: At) -> Result<Vec<Row>, Fault> {
    let found = sqlx::query(
        "SELECT * FROM safeguarding_notices WHERE known_at >= $2 ORDER BY known_at DESC LIMIT $1",
    )
    .bind(PAGE_MAX)
    .bind(since.0)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(found.iter().map(row).collect())
}
