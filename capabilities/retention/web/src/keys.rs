//! The one place that asks the engine about keys: which there are, when they go, and to keep or
//! let go one of them. Names and days only; never a key.

use engine::{Engine, Fault};
use kernel::Day;
use retention::{Subject, Thing};
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use vault::VaultFault;

pub(crate) use vault::Epoch;

const COLUMNS_OF_STREAM: &str = "SELECT name, stream, class, expires_on, kept_under, forgotten_at
     FROM engine_keys WHERE stream = $1 ORDER BY name";
const COLUMNS_OF_NAME: &str = "SELECT name, stream, class, expires_on, kept_under, forgotten_at
     FROM engine_keys WHERE name = $1";

/// How many keys of a class go on a day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Due {
    pub(crate) class: String,
    pub(crate) day: i32,
    pub(crate) keys: i64,
}

fn known(row: &SqliteRow) -> Subject {
    let thing = Thing {
        key: row.get(0),
        stream: row.get(1),
        class: row.get(2),
        expires_on: Day(row.get(3)),
    };
    let (kept, forgotten): (Option<String>, Option<i64>) = (row.get(4), row.get(5));
    Subject::Known { thing, kept: kept.is_some(), forgotten: forgotten.is_some() }
}

/// Every key of a stream: its own, and those of fields that are kept apart.
pub(crate) async fn of_stream(engine: &Engine, stream: &str) -> Result<Vec<Subject>, Fault> {
    let rows = sqlx::query(COLUMNS_OF_STREAM).bind(stream).fetch_all(engine.reads().pool()).await?;
    Ok(rows.iter().map(known).collect())
}

/// What is kept under this name.
pub(crate) async fn named(engine: &Engine, key: &str) -> Result<Subject, Fault> {
    let row = sqlx::query(COLUMNS_OF_NAME).bind(key).fetch_optional(engine.reads().pool()).await?;
    Ok(row.as_ref().map_or(Subject::Unknown, known))
}

/// All of these as they are now.
pub(crate) async fn now(engine: &Engine, things: &[Thing]) -> Result<Vec<Subject>, Fault> {
    let mut subjects = Vec::with_capacity(things.len());
    for thing in things {
        subjects.push(named(engine, &thing.key).await?);
    }
    Ok(subjects)
}

/// What goes from one day to before another, by class and day; what is kept longer is not in it.
pub(crate) async fn due(engine: &Engine, from: Day, until: Day) -> Result<Vec<Due>, Fault> {
    let rows = sqlx::query(
        "SELECT class, expires_on, count(*) FROM engine_keys
         WHERE forgotten_at IS NULL AND kept_under IS NULL AND expires_on >= $1
           AND expires_on < $2
         GROUP BY class, expires_on ORDER BY expires_on, class",
    )
    .bind(from.0)
    .bind(until.0)
    .fetch_all(engine.reads().pool())
    .await?;
    let due = |row: &SqliteRow| Due { class: row.get(0), day: row.get(1), keys: row.get(2) };
    Ok(rows.iter().map(due).collect())
}

/// Keeps a key under another epoch too. `false` when its day came first.
pub(crate) async fn keep(engine: &Engine, key: &str, under: &Epoch) -> Result<bool, Fault> {
    match engine.keep(key, under).await {
        Ok(()) => Ok(true),
        Err(Fault::Key(VaultFault::Over | VaultFault::Destroyed)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Takes that wrapping away: the old deadline counts again.
pub(crate) async fn let_go(engine: &Engine, key: &str, under: &Epoch) -> Result<(), Fault> {
    engine.let_go(key, under).await
}
