//! The journal in one SQLite file: one writer that shares its syncs, readers beside it. No rule
//! of any capability is here, and no key: it sees ciphertext only.

mod copy;
mod open;
mod rows;
mod transact;

pub use copy::{CopyFault, copy};
pub use open::OpenFault;

use async_trait::async_trait;
use journal::writer::{Counts, Writer};
use journal::{Append, AppendFault, Appended, EraseFault, Journal, Position, ReadFault, Recorded};
use sqlx::SqlitePool;
use std::path::Path;
use tokio::sync::watch;

/// The journal in a file.
pub struct SqliteJournal {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteJournal {
    /// Opens the journal, makes it when there is none, and goes on where it stopped.
    pub async fn open(path: &Path) -> Result<Self, OpenFault> {
        Self::open_within(path, None).await
    }

    /// Opens the journal with room for so many pages and no more: a full disk for a test.
    #[doc(hidden)]
    pub async fn open_within(path: &Path, pages: Option<u32>) -> Result<Self, OpenFault> {
        open::make_file(path)?;
        let transact = open::writer(path, pages).await?;
        let readers = open::readers(path).await?;
        let head = rows::head(&readers).await.map_err(OpenFault::Store)?;
        Ok(Self { writer: Writer::start(transact, head), readers })
    }

    /// Opens an existing journal to read and verify it, beside a service or without one. It
    /// takes no appends.
    pub async fn open_to_read(path: &Path) -> Result<Self, OpenFault> {
        let readers = open::readers(path).await?;
        let head = rows::head(&readers).await.map_err(OpenFault::Store)?;
        Ok(Self { writer: Writer::none(head), readers })
    }

    /// How many syncs were shared by how many appends since it was opened.
    pub fn counts(&self) -> Counts {
        self.writer.counts()
    }

    /// Writes what waits, takes nothing more, and lets go of the file.
    pub async fn close(&self) {
        // Readers first: the last connection to close folds the write-ahead log into the file.
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[async_trait]
impl Journal for SqliteJournal {
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
