//! The journal in PostgreSQL, for a force that outgrows one machine: several processes write and
//! follow it, one lock puts them in one order. No rule of any capability is here, and no key: it
//! sees ciphertext only.

mod copy;
mod follow;
mod open;
mod rows;
mod transact;

pub use copy::TakeInFault;
pub use open::OpenFault;

use async_trait::async_trait;
use journal::writer::{Counts, Writer};
use journal::{Append, AppendFault, Appended, EraseFault, Journal, Position, ReadFault, Recorded};
use sqlx::PgPool;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The journal in a schema of a database.
pub struct PostgresJournal {
    writer: Arc<Writer>,
    readers: PgPool,
    follower: JoinHandle<()>,
}

impl PostgresJournal {
    /// Opens the journal at `url` in `schema`, makes it when there is none, and goes on where it
    /// stopped. Several may have it open at once.
    pub async fn open(url: &str, schema: &str) -> Result<Self, OpenFault> {
        let place = open::Place::new(url, schema)?;
        let mut connection = place.connect().await.map_err(OpenFault::Store)?;
        place.migrate(&mut connection).await?;
        let readers = place.readers().await?;
        let head = rows::head(&readers).await.map_err(OpenFault::Store)?;
        let transact = transact::PgTransact::new(place.clone(), connection);
        let writer = Arc::new(Writer::start(transact, head));
        let follow = follow::follow(place, readers.clone(), Arc::clone(&writer));
        Ok(Self { writer, readers, follower: tokio::spawn(follow) })
    }

    /// How many syncs were shared by how many appends since it was opened.
    pub fn counts(&self) -> Counts {
        self.writer.counts()
    }

    /// Writes what waits, takes nothing more, and lets go of the database.
    pub async fn close(&self) {
        self.follower.abort();
        self.writer.close().await;
        self.readers.close().await;
    }
}

impl Drop for PostgresJournal {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

#[async_trait]
impl Journal for PostgresJournal {
    async fn append(&self, append: Append) -> Result<Appended, AppendFault> {
        self.writer.append(append).await
    }

    async fn erase(&self, positions: &[Position]) -> Result<u64, EraseFault> {
        self.writer.erase(positions).await
    }

    async fn find(&self, key: &str) -> Result<Option<Appended>, ReadFault> {
        let sql = "SELECT key, first, last, version FROM appends WHERE key = $1";
        let row = sqlx::query_as(sql).bind(key).fetch_optional(&self.readers).await;
        Ok(row.map_err(rows::fault)?.map(|row: rows::KeyRow| row.appended(true)))
    }

    async fn load(
        &self,
        stream: &str,
        version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        let sql = "SELECT * FROM events WHERE stream = $1 AND version > $2
                   ORDER BY version LIMIT $3";
        let query = sqlx::query_as(sql).bind(stream).bind(rows::int(version));
        let found = query.bind(rows::limit(limit)).fetch_all(&self.readers).await;
        rows::recorded(found.map_err(rows::fault)?)
    }

    async fn read_from(
        &self,
        position: Position,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        let sql = "SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT $2";
        let query = sqlx::query_as(sql).bind(rows::int(position.0)).bind(rows::limit(limit));
        rows::recorded(query.fetch_all(&self.readers).await.map_err(rows::fault)?)
    }

    async fn keys(&self, key: &str, limit: usize) -> Result<Vec<(String, Appended)>, ReadFault> {
        let sql = "SELECT key, first, last, version FROM appends WHERE key > $1
                   ORDER BY key LIMIT $2";
        let query = sqlx::query_as(sql).bind(key).bind(rows::limit(limit));
        let found: Vec<rows::KeyRow> = query.fetch_all(&self.readers).await.map_err(rows::fault)?;
        Ok(found.into_iter().map(|row| (row.key.clone(), row.appended(false))).collect())
    }

    async fn clock(&self) -> Result<Option<kernel::At>, ReadFault> {
        let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
        let now = sqlx::query_scalar(sql).fetch_one(&self.readers).await;
        Ok(Some(kernel::At(now.map_err(rows::fault)?)))
    }

    async fn head(&self) -> Result<Position, ReadFault> {
        rows::head(&self.readers).await.map_err(rows::fault)
    }

    fn subscribe(&self) -> watch::Receiver<Position> {
        self.writer.subscribe()
    }

    fn stopped(&self) -> watch::Receiver<bool> {
        self.writer.stopped()
    }
}
