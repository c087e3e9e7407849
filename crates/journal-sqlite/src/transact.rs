//! One batch of appends in one transaction: four statements and one sync, however many they are.

use crate::rows::{KeyRow, int};
use async_trait::async_trait;
use journal::writer::{Erasure, Source, Transact, Verdicts};
use journal::{Append, Appended, Position, Recorded, Standing, Writing};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, QueryBuilder, Sqlite};
use std::collections::BTreeSet;

/// Rows of one INSERT: twelve values each, far below SQLite's 32,766.
pub(crate) const ROWS: usize = 500;
/// How long an erasure waits for readers to let go of the log, in milliseconds: appends wait as
/// long.
const READERS_LET_GO: &str = "PRAGMA busy_timeout = 250";
/// What it is otherwise: `open::BUSY`.
const AS_BEFORE: &str = "PRAGMA busy_timeout = 10000";

/// The only connection that writes.
pub(crate) struct SqliteTransact {
    connection: SqliteConnection,
}

impl SqliteTransact {
    pub(crate) fn new(connection: SqliteConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl Transact for SqliteTransact {
    async fn transact(&mut self, batch: &[Append]) -> Result<Verdicts, Source> {
        // IMMEDIATE: what is read below holds until the commit.
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        let mut standing = standing(&mut transaction, batch).await?;
        let mut writing = Writing::default();
        let verdicts = batch.iter().map(|append| standing.judge(append, &mut writing)).collect();
        for records in writing.records.chunks(ROWS) {
            insert_records(&mut transaction, records).await?;
        }
        for keys in writing.keys.chunks(ROWS) {
            insert_keys(&mut transaction, keys).await?;
        }
        transaction.commit().await?;
        Ok(verdicts)
    }

    async fn erase(&mut self, positions: &[Position]) -> Result<Erasure, Source> {
        let mut transaction = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        let sql = "UPDATE events SET sealed = NULL
                   WHERE sealed IS NOT NULL AND position IN (SELECT value FROM json_each($1))";
        let positions: Vec<_> = positions.iter().map(|position| int(position.0)).collect();
        let query = sqlx::query(sql).bind(serde_json::to_string(&positions)?);
        let erased = query.execute(&mut *transaction).await?.rows_affected();
        transaction.commit().await?;
        Ok(Erasure { erased, lingers: !self.fold_log().await? })
    }

    async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the journal's file was not closed in good order");
        }
    }
}

impl SqliteTransact {
    /// Folds the log into the file and cuts it to nothing: what was overwritten in the file still
    /// stands in the log until then. False: a reader was in the way.
    async fn fold_log(&mut self) -> Result<bool, sqlx::Error> {
        sqlx::raw_sql(READERS_LET_GO).execute(&mut self.connection).await?;
        let fold = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)");
        let (busy, _, _): (i64, i64, i64) = fold.fetch_one(&mut self.connection).await?;
        sqlx::raw_sql(AS_BEFORE).execute(&mut self.connection).await?;
        Ok(busy == 0)
    }
}

async fn standing(connection: &mut SqliteConnection, batch: &[Append]) -> Result<Standing, Source> {
    let last = sqlx::query_as("SELECT position, hash FROM events ORDER BY position DESC LIMIT 1");
    let last: Option<(i64, Vec<u8>)> = last.fetch_optional(&mut *connection).await?;
    let (position, hash) = match last {
        Some((position, hash)) => (position, <[u8; 32]>::try_from(hash.as_slice())?),
        None => (0, [0; 32]),
    };
    let streams: BTreeSet<&str> = batch.iter().map(|append| append.stream.as_str()).collect();
    let sql = "SELECT value, (SELECT coalesce(max(version), 0) FROM events WHERE stream = value)
               FROM json_each($1)";
    let versions = sqlx::query_as(sql).bind(serde_json::to_string(&streams)?);
    let versions: Vec<(String, i64)> = versions.fetch_all(&mut *connection).await?;
    let keys: BTreeSet<&str> = batch.iter().filter_map(|append| append.key.as_deref()).collect();
    let known = if keys.is_empty() { Vec::new() } else { known(connection, &keys).await? };
    Ok(Standing::new(
        Position(position.unsigned_abs()),
        hash,
        versions.into_iter().map(|(stream, version)| (stream, version.unsigned_abs())),
        known.into_iter().map(|row| (row.key.clone(), row.appended(false))),
    ))
}

async fn known(
    connection: &mut SqliteConnection,
    keys: &BTreeSet<&str>,
) -> Result<Vec<KeyRow>, Source> {
    let sql = "SELECT key, first, last, version FROM appends
               WHERE key IN (SELECT value FROM json_each($1))";
    let query = sqlx::query_as(sql).bind(serde_json::to_string(keys)?);
    Ok(query.fetch_all(connection).await?)
}

pub(crate) async fn insert_records(
    connection: &mut SqliteConnection,
    records: &[Recorded],
) -> Result<(), sqlx::Error> {
    let mut insert = QueryBuilder::<Sqlite>::new(
        "INSERT INTO events (position, stream, version, kind, at, actor, purpose, clear, \
         sealed, sealed_hash, prev, hash) ",
    );
    insert.push_values(records, |mut row, record| {
        row.push_bind(int(record.position.0)).push_bind(&record.stream);
        row.push_bind(int(record.version)).push_bind(&record.kind).push_bind(record.at.0);
        row.push_bind(&record.actor).push_bind(&record.purpose).push_bind(&record.clear);
        row.push_bind(record.sealed.as_deref());
        row.push_bind(record.sealed_hash.as_ref().map(|hash| hash.as_slice()));
        row.push_bind(record.prev.as_slice()).push_bind(record.hash.as_slice());
    });
    insert.build().persistent(false).execute(connection).await?;
    Ok(())
}

pub(crate) async fn insert_keys(
    connection: &mut SqliteConnection,
    keys: &[(String, Appended)],
) -> Result<(), sqlx::Error> {
    let mut insert =
        QueryBuilder::<Sqlite>::new("INSERT INTO appends (key, first, last, version) ");
    insert.push_values(keys, |mut row, (key, done)| {
        row.push_bind(key).push_bind(int(done.first.0));
        row.push_bind(int(done.last.0)).push_bind(int(done.version));
    });
    insert.build().persistent(false).execute(connection).await?;
    Ok(())
}
