//! Read model: where every review stands. Codes, clocks and ids in clear; nothing that was said.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::At;
use review::{Cause, Review};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct List;

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "review_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["review_list"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE review_list (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL, cause TEXT NOT NULL,
                stage TEXT NOT NULL, round INTEGER NOT NULL, opened_at INTEGER NOT NULL,
                due_at INTEGER NOT NULL, holder TEXT, escalated INTEGER NOT NULL,
                tasks INTEGER NOT NULL, task_due INTEGER) STRICT",
            "CREATE INDEX review_list_by_age ON review_list (stage, opened_at)",
            "CREATE INDEX review_list_by_task ON review_list (task_due)
             WHERE task_due IS NOT NULL",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("review.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        // The row is the state as it stands: an event that follows writes it once more.
        let (state, _) = engine.state::<Review>(&event.stream).await?;
        let (Some(incident), Some(cause)) = (state.incident, state.cause) else { return Ok(()) };
        sqlx::query(
            "INSERT OR REPLACE INTO review_list
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(&event.stream)
        .bind(incident.to_string())
        .bind(cause.code())
        .bind(state.stage.code())
        .bind(i64::from(state.round))
        .bind(state.opened_at.unwrap_or(event.at).0)
        .bind(state.due.unwrap_or(event.at).0)
        .bind(state.stage.holder().map(|staff| staff.to_string()))
        .bind(state.escalated)
        .bind(state.tasks.len() as i64)
        .bind(state.tasks.values().min().map(|due| due.0))
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// Which of them are asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// `me` or `nobody`.
    pub(crate) who: String,
    /// A cause's code.
    pub(crate) cause: String,
    /// `1`: only what is late.
    pub(crate) late: String,
}

impl Filter {
    /// The same with what nobody knows taken out: a mistyped address hides nothing.
    pub(crate) fn known(mut self) -> Self {
        let known = |text: &mut String, all: &[&str]| {
            if !all.contains(&text.as_str()) {
                text.clear();
            }
        };
        known(&mut self.who, &["me", "nobody"]);
        known(&mut self.late, &["1"]);
        known(&mut self.cause, &Cause::ALL.iter().map(|one| one.code()).collect::<Vec<_>>());
        self
    }

    /// As the end of an address.
    pub(crate) fn query(&self) -> String {
        let all = [("who", &self.who), ("cause", &self.cause), ("late", &self.late)];
        let set = all.iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }
}

/// One review, as the queue shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) cause: String,
    pub(crate) stage: String,
    pub(crate) round: i64,
    pub(crate) opened_at: i64,
    pub(crate) due_at: i64,
    pub(crate) holder: Option<String>,
    pub(crate) escalated: bool,
    pub(crate) tasks: i64,
    pub(crate) task_due: Option<i64>,
}

fn row(row: &SqliteRow) -> Row {
    let incident: String = row.get(0);
    let reference = incident.parse::<IncidentId>().map(|id| id.reference()).unwrap_or_default();
    Row {
        id: incident,
        reference,
        cause: row.get(1),
        stage: row.get(2),
        round: row.get(3),
        opened_at: row.get(4),
        due_at: row.get(5),
        holder: row.get(6),
        escalated: row.get(7),
        tasks: row.get(8),
        task_due: row.get(9),
    }
}

/// What waits, the oldest first, as asked for.
pub(crate) async fn queue(
    engine: &Engine,
    filter: &Filter,
    me: &str,
    now: At,
) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query(
        "SELECT incident, cause, stage, round, opened_at, due_at, holder, escalated, tasks,
            task_due FROM review_list
         WHERE stage IN ('waiting', 'taken') AND ($1 = '' OR cause = $1)
            AND ($2 = '' OR ($2 = 'me' AND holder = $3) OR ($2 = 'nobody' AND holder IS NULL))
            AND ($4 = '' OR due_at <= $5)
         ORDER BY opened_at, stream LIMIT $6",
    )
    .bind(&filter.cause)
    .bind(&filter.who)
    .bind(me)
    .bind(&filter.late)
    .bind(now.0)
    .bind(limits::QUEUE_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(row).collect())
}

/// What reviews asked for and nobody has done, the first due first.
pub(crate) async fn tasks(engine: &Engine) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query(
        "SELECT incident, cause, stage, round, opened_at, due_at, holder, escalated, tasks,
            task_due FROM review_list
         WHERE task_due IS NOT NULL ORDER BY task_due, stream LIMIT $1",
    )
    .bind(limits::TASKS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(row).collect())
}

/// How the whole queue stands, whatever is asked for.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Counted {
    pub(crate) all: i64,
    pub(crate) late: i64,
    pub(crate) nobody: i64,
    pub(crate) mine: i64,
    pub(crate) oldest: Option<i64>,
}

/// The counts.
pub(crate) async fn counted(engine: &Engine, me: &str, now: At) -> Result<Counted, Fault> {
    let found = sqlx::query(
        "SELECT COUNT(*), COALESCE(SUM(due_at <= $1), 0), COALESCE(SUM(holder IS NULL), 0),
            COALESCE(SUM(holder IS $2), 0), MIN(opened_at)
         FROM review_list WHERE stage IN ('waiting', 'taken')",
    )
    .bind(now.0)
    .bind(me)
    .fetch_one(engine.reads().pool())
    .await?;
    Ok(Counted {
        all: found.get(0),
        late: found.get(1),
        nobody: found.get(2),
        mine: found.get(3),
        oldest: found.get(4),
    })
}
