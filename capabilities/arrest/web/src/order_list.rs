//! Read model: notices, orders and bail, their clocks in clear, what they say sealed.
//! Personal: note the consultation before showing any of what they say.

use crate::limits;
use arrest::order::{Event, State};
use arrest::{ArrestId, Order, OrderId};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::Personal;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct Orders;

/// What is sealed in a row.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) suspect: String,
    pub(crate) terms: String,
    pub(crate) issued_by: String,
}

/// One of them as boards show it: nobody stands here.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) incident: String,
    pub(crate) reference: String,
    pub(crate) of: String,
    pub(crate) starts_at: i64,
    pub(crate) ends_at: Option<i64>,
    pub(crate) review_at: Option<i64>,
    pub(crate) court_due: Option<i64>,
    pub(crate) court_at: Option<i64>,
    pub(crate) next_due: Option<i64>,
    pub(crate) over: bool,
    pub(crate) breaches: i64,
    pub(crate) ended: Option<String>,
    pub(crate) tell_by: Option<i64>,
    pub(crate) closed: bool,
    pub(crate) arrest: Option<String>,
}

/// The same with what it says.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    #[serde(flatten)]
    pub(crate) row: Row,
    #[serde(flatten)]
    pub(crate) said: Option<Said>,
}

/// A statement over the list, with the columns that `row` reads.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT stream, incident, of, starts_at, ends_at, review_at, court_due, court_at,
                next_due, over, breaches, ended, tell_by, closed, arrest, sealed
             FROM order_list ",
            $rest
        )
    };
}

fn row(row: &SqliteRow) -> Row {
    let stream: String = row.get(0);
    let incident: String = row.get(1);
    let reference = incident.parse::<IncidentId>().map(|id| id.reference()).unwrap_or_default();
    Row {
        id: stream.trim_start_matches("order/").to_owned(),
        incident,
        reference,
        of: row.get(2),
        starts_at: row.get(3),
        ends_at: row.get(4),
        review_at: row.get(5),
        court_due: row.get(6),
        court_at: row.get(7),
        next_due: row.get(8),
        over: row.get(9),
        breaches: row.get(10),
        ended: row.get(11),
        tell_by: row.get(12),
        closed: row.get(13),
        arrest: row.get(14),
    }
}

#[async_trait]
impl ReadModel for Orders {
    fn name(&self) -> &'static str {
        "order_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["order_list"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE order_list (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL, arrest TEXT, of TEXT NOT NULL,
                starts_at INTEGER NOT NULL, ends_at INTEGER, review_at INTEGER,
                court_due INTEGER, court_at INTEGER, next_due INTEGER, over INTEGER NOT NULL,
                breaches INTEGER NOT NULL, ended TEXT, tell_by INTEGER,
                closed INTEGER NOT NULL, sealed BLOB) STRICT",
            "CREATE INDEX order_list_by_incident ON order_list (incident, starts_at)",
            "CREATE INDEX order_list_open ON order_list (closed, next_due)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE order_list SET sealed = NULL WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("order.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (state, _) = engine.state::<Order>(&event.stream).await?;
        if let Event::Made { suspect, terms, issued_by, .. } = event.decode()? {
            let known = |one: Personal<String>| one.into_known().unwrap_or_default();
            let said =
                Said { suspect: known(suspect), terms: known(terms), issued_by: known(issued_by) };
            let sealed = engine.seal_row(&event.key, &said).await?;
            insert(event, &state, sealed, tx).await?;
        }
        sqlx::query(
            "UPDATE order_list SET ends_at = $2, review_at = $3, court_due = $4, court_at = $5,
                next_due = $6, over = $7, breaches = $8, ended = $9, tell_by = $10, closed = $11
             WHERE stream = $1",
        )
        .bind(&event.stream)
        .bind(state.ends_at.map(|at| at.0))
        .bind(state.review_at.map(|at| at.0))
        .bind(state.court_due.map(|at| at.0))
        .bind(state.court_at.map(|at| at.0))
        .bind(state.next_due().map(|at| at.0))
        .bind(!state.over.is_empty())
        .bind(i64::from(state.breaches))
        .bind(state.ended.map(arrest::order::EndedAs::code))
        .bind(state.tell_by.map(|at| at.0))
        .bind(state.closed)
        .execute(tx)
        .await?;
        Ok(())
    }
}

async fn insert(
    event: &Opened,
    state: &State,
    sealed: Option<Vec<u8>>,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let Some(made) = &state.made else { return Ok(()) };
    sqlx::query(
        "INSERT OR REPLACE INTO order_list (stream, incident, arrest, of, starts_at, over,
            breaches, closed, sealed) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)",
    )
    .bind(&event.stream)
    .bind(made.incident.to_string())
    .bind(made.arrest.map(|id| id.to_string()))
    .bind(made.of.code())
    .bind(made.starts_at.0)
    .bind(sealed)
    .execute(tx)
    .await?;
    Ok(())
}

/// Those of one incident, the newest first, with what they say.
pub(crate) async fn of_incident(engine: &Engine, incident: IncidentId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("WHERE incident = $1 ORDER BY starts_at DESC LIMIT $2"))
        .bind(incident.to_string())
        .bind(limits::OF_INCIDENT_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for one in &rows {
        lines.push(line(engine, one).await?);
    }
    Ok(lines)
}

/// Streams of those that came from an arrest and still owe her word.
pub(crate) async fn untold_of(engine: &Engine, arrest: ArrestId) -> Result<Vec<String>, Fault> {
    let rows = sqlx::query(select!(
        "WHERE arrest = $1 AND tell_by IS NOT NULL ORDER BY starts_at DESC LIMIT $2"
    ))
    .bind(arrest.to_string())
    .bind(limits::OF_INCIDENT_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// One, with what it says.
pub(crate) async fn one(engine: &Engine, id: OrderId) -> Result<Option<Line>, Fault> {
    let found = sqlx::query(select!("WHERE stream = $1"))
        .bind(id.stream())
        .fetch_optional(engine.reads().pool())
        .await?;
    match found {
        Some(found) => line(engine, &found).await.map(Some),
        None => Ok(None),
    }
}

async fn line(engine: &Engine, found: &SqliteRow) -> Result<Line, Fault> {
    let (stream, sealed): (String, Option<Vec<u8>>) = (found.get(0), found.get(15));
    let said = engine.open_row::<Said>(&stream, sealed.as_deref()).await?;
    Ok(Line { row: row(found), said: said.into_known() })
}

/// What is not put away, what ran over first, then by what is due next; and how many.
pub(crate) async fn open(engine: &Engine) -> Result<(Vec<Row>, i64), Fault> {
    let pool = engine.reads().pool();
    let rows = sqlx::query(select!(
        "WHERE closed = 0 ORDER BY over DESC, COALESCE(next_due, tell_by, 0) LIMIT $1"
    ))
    .bind(limits::LANE_MAX)
    .fetch_all(pool)
    .await?;
    let all: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM order_list WHERE closed = 0")
        .fetch_one(pool)
        .await?;
    Ok((rows.iter().map(row).collect(), all))
}
