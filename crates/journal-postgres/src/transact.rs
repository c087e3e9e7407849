//! One batch of appends, or one erasure, in one transaction, behind the lock that puts the
//! writers of all processes in one order. Up to the commit a lost connection costs only time, for
//! the server then wrote nothing; from the commit on nobody knows, and nothing is tried again.

use crate::open::Place;
use crate::rows::{KeyRow, int};
use async_trait::async_trait;
use journal::writer::{Erasure, Source, Transact, Verdicts};
use journal::{Append, Position, Standing, Writing};
use sqlx::Connection;
use sqlx::postgres::{PgConnection, PgTransaction};
use std::time::Duration;

/// How often a batch is begun anew before its commit: with the pause, long enough for a server
/// that restarts.
const TRIES: u32 = 40;
/// The pause between.
const PAUSE: Duration = Duration::from_millis(250);

pub(crate) struct PgTransact {
    place: Place,
    connection: Option<PgConnection>,
}

enum Failed {
    /// The commit was not asked for: nothing is written.
    Before(Source),
    /// It was: nobody knows.
    Commit(Source),
}

impl<E: Into<Source>> From<E> for Failed {
    fn from(source: E) -> Self {
        Self::Before(source.into())
    }
}

impl PgTransact {
    pub(crate) fn new(place: Place, connection: PgConnection) -> Self {
        Self { place, connection: Some(connection) }
    }

    async fn attempt(&mut self, batch: &[Append]) -> Result<Verdicts, Failed> {
        let mut connection = self.connected().await?;
        let mut transaction = connection.begin().await?;
        self.lock(&mut transaction).await?;
        let mut standing = standing(&mut transaction, batch).await?;
        let mut writing = Writing::default();
        let verdicts = batch.iter().map(|append| standing.judge(append, &mut writing)).collect();
        if writing.records.is_empty() {
            transaction.rollback().await?;
        } else {
            insert_records(&mut transaction, &writing).await?;
            insert_keys(&mut transaction, &writing, &self.place.channel(), standing.head()).await?;
            transaction.commit().await.map_err(|error| Failed::Commit(error.into()))?;
        }
        self.connection = Some(connection);
        Ok(verdicts)
    }

    async fn attempt_erasure(&mut self, positions: &[i64]) -> Result<u64, Failed> {
        let mut connection = self.connected().await?;
        let mut transaction = connection.begin().await?;
        self.lock(&mut transaction).await?;
        let sql = "UPDATE events SET sealed = NULL
                   WHERE sealed IS NOT NULL AND position = ANY($1)";
        let done = sqlx::query(sql).bind(positions).execute(&mut *transaction).await?;
        transaction.commit().await.map_err(|error| Failed::Commit(error.into()))?;
        self.connection = Some(connection);
        Ok(done.rows_affected())
    }

    async fn connected(&mut self) -> Result<PgConnection, sqlx::Error> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.place.connect().await,
        }
    }

    /// First of all: what the next statements read holds until the commit.
    async fn lock(&self, transaction: &mut PgTransaction<'_>) -> Result<(), sqlx::Error> {
        let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(self.place.lock());
        lock.execute(&mut **transaction).await?;
        Ok(())
    }
}

/// The source when there is no use in trying again; else pauses for the next try.
async fn pause(failed: Failed, tries: &mut u32) -> Result<(), Source> {
    match failed {
        Failed::Commit(source) => Err(source),
        Failed::Before(source) if *tries >= TRIES => Err(source),
        Failed::Before(source) => {
            tracing::warn!(error = %source, "a batch is begun anew");
            *tries += 1;
            tokio::time::sleep(PAUSE).await;
            Ok(())
        }
    }
}

#[async_trait]
impl Transact for PgTransact {
    async fn transact(&mut self, batch: &[Append]) -> Result<Verdicts, Source> {
        let mut tries = 1;
        loop {
            match self.attempt(batch).await {
                Ok(verdicts) => return Ok(verdicts),
                Err(failed) => pause(failed, &mut tries).await?,
            }
        }
    }

    async fn erase(&mut self, positions: &[Position]) -> Result<Erasure, Source> {
        let positions: Vec<_> = positions.iter().map(|position| int(position.0)).collect();
        let mut tries = 1;
        loop {
            match self.attempt_erasure(&positions).await {
                // The server's own log and dead rows are its administrator's: they hold
                // ciphertext whose key is gone.
                Ok(erased) => return Ok(Erasure { erased, lingers: false }),
                Err(failed) => pause(failed, &mut tries).await?,
            }
        }
    }

    async fn close(self) {
        if let Some(connection) = self.connection
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the journal's connection was not closed in good order");
        }
    }
}

async fn standing(
    transaction: &mut PgTransaction<'_>,
    batch: &[Append],
) -> Result<Standing, Source> {
    let last = sqlx::query_as("SELECT position, hash FROM events ORDER BY position DESC LIMIT 1");
    let last: Option<(i64, Vec<u8>)> = last.fetch_optional(&mut **transaction).await?;
    let (position, hash) = match last {
        Some((position, hash)) => (position, <[u8; 32]>::try_from(hash.as_slice())?),
        None => (0, [0; 32]),
    };
    let mut streams: Vec<&str> = batch.iter().map(|append| append.stream.as_str()).collect();
    streams.sort_unstable();
    streams.dedup();
    let sql = "SELECT name, (SELECT coalesce(max(version), 0) FROM events WHERE stream = name)
               FROM unnest($1::text[]) AS name";
    let versions: Vec<(String, i64)> =
        sqlx::query_as(sql).bind(streams).fetch_all(&mut **transaction).await?;
    let keys: Vec<&str> = batch.iter().filter_map(|append| append.key.as_deref()).collect();
    let known: Vec<KeyRow> = if keys.is_empty() {
        Vec::new()
    } else {
        let sql = "SELECT key, first, last, version FROM appends WHERE key = ANY($1)";
        sqlx::query_as(sql).bind(keys).fetch_all(&mut **transaction).await?
    };
    Ok(Standing::new(
        Position(position.unsigned_abs()),
        hash,
        versions.into_iter().map(|(stream, version)| (stream, version.unsigned_abs())),
        known.into_iter().map(|row| (row.key.clone(), row.appended(false))),
    ))
}

pub(crate) async fn insert_records(
    transaction: &mut PgTransaction<'_>,
    writing: &Writing,
) -> Result<(), sqlx::Error> {
    let sql = "INSERT INTO events (position, stream, version, kind, at, actor, purpose, clear,
                                   sealed, sealed_hash, prev, hash)
               SELECT * FROM unnest(
                   $1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[],
                   $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])";
    let records = &writing.records;
    let query = sqlx::query(sql)
        .bind(records.iter().map(|r| int(r.position.0)).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.stream.as_str()).collect::<Vec<_>>())
        .bind(records.iter().map(|r| int(r.version)).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.kind.as_str()).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.at.0).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.actor.as_str()).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.purpose.as_str()).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.clear.as_str()).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.sealed.as_deref()).collect::<Vec<_>>())
        .bind(
            records
                .iter()
                .map(|r| r.sealed_hash.as_ref().map(<[u8; 32]>::as_slice))
                .collect::<Vec<_>>(),
        )
        .bind(records.iter().map(|r| r.prev.as_slice()).collect::<Vec<_>>())
        .bind(records.iter().map(|r| r.hash.as_slice()).collect::<Vec<_>>());
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// The keys, and the word to the other processes, who hear it when this is committed.
pub(crate) async fn insert_keys(
    transaction: &mut PgTransaction<'_>,
    writing: &Writing,
    channel: &str,
    head: Position,
) -> Result<(), sqlx::Error> {
    let sql = "WITH kept AS (
                   INSERT INTO appends (key, first, last, version)
                   SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]))
               SELECT pg_notify($5, $6)";
    let keys = &writing.keys;
    let query = sqlx::query(sql)
        .bind(keys.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|(_, done)| int(done.first.0)).collect::<Vec<_>>())
        .bind(keys.iter().map(|(_, done)| int(done.last.0)).collect::<Vec<_>>())
        .bind(keys.iter().map(|(_, done)| int(done.version)).collect::<Vec<_>>())
        .bind(channel)
        .bind(head.to_string());
    query.execute(&mut **transaction).await?;
    Ok(())
}
