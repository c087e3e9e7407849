//! Rows as they stand in the tables, and what they say. A row that cannot be what was written is
//! reported as damage, never skipped.

use journal::{Appended, Position, ReadFault, Recorded, limits};
use kernel::At;
use sqlx::{FromRow, PgPool};

/// One row of `events`.
#[derive(FromRow)]
pub(crate) struct EventRow {
    position: i64,
    stream: String,
    version: i64,
    kind: String,
    at: i64,
    actor: String,
    purpose: String,
    clear: String,
    sealed: Option<Vec<u8>>,
    sealed_hash: Option<Vec<u8>>,
    prev: Vec<u8>,
    hash: Vec<u8>,
}

/// One row of `appends`.
#[derive(FromRow)]
pub(crate) struct KeyRow {
    pub(crate) key: String,
    first: i64,
    last: i64,
    version: i64,
}

impl KeyRow {
    pub(crate) fn appended(&self, repeated: bool) -> Appended {
        Appended {
            first: Position(self.first.unsigned_abs()),
            last: Position(self.last.unsigned_abs()),
            version: self.version.unsigned_abs(),
            repeated,
        }
    }
}

/// PostgreSQL's integers are signed; a position or version past them has nothing after it.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn limit(limit: usize) -> i64 {
    int(limit.min(limits::READ_MAX) as u64)
}

pub(crate) fn fault(source: sqlx::Error) -> ReadFault {
    ReadFault::Store(Box::new(source))
}

pub(crate) async fn head(readers: &PgPool) -> Result<Position, sqlx::Error> {
    let sql = "SELECT coalesce(max(position), 0) FROM events";
    let head: i64 = sqlx::query_scalar(sql).fetch_one(readers).await?;
    Ok(Position(head.unsigned_abs()))
}

pub(crate) fn recorded(rows: Vec<EventRow>) -> Result<Vec<Recorded>, ReadFault> {
    rows.into_iter().map(one).collect()
}

fn one(row: EventRow) -> Result<Recorded, ReadFault> {
    let position = Position(row.position.unsigned_abs());
    let damaged = || ReadFault::Damaged(position);
    let whole = |bytes: Vec<u8>| <[u8; 32]>::try_from(bytes).map_err(|_| damaged());
    Ok(Recorded {
        position,
        stream: row.stream,
        version: u64::try_from(row.version).map_err(|_| damaged())?,
        kind: row.kind,
        at: At(row.at),
        actor: row.actor,
        purpose: row.purpose,
        clear: row.clear,
        sealed: row.sealed,
        sealed_hash: row.sealed_hash.map(whole).transpose()?,
        prev: whole(row.prev)?,
        hash: whole(row.hash)?,
    })
}
