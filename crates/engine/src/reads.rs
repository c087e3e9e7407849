//! The read models: what pages read. One local SQLite file that can be thrown away; each model
//! has a version, and a bump drops its tables and plays the journal through it again.

use crate::forgetting::{EXPIRED, Expired};
use crate::{Engine, Fault, Opened, limits};
use async_trait::async_trait;
use journal::Position;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Row, SqlitePool};
use std::path::Path;
use std::time::Duration;
use tokio::sync::watch;

/// The connection inside a read model's transaction.
pub type Tx = sqlx::SqliteConnection;

/// One read model. Its rows hold personal content only as `Engine::seal_row` sealed it.
#[async_trait]
pub trait ReadModel: Send + Sync + 'static {
    /// Stored name, unique in the service.
    fn name(&self) -> &'static str;
    /// Raised whenever schema or meaning change; a raise rebuilds it from the journal.
    fn version(&self) -> u32;
    /// Its tables, dropped on a rebuild.
    fn tables(&self) -> &'static [&'static str];
    /// `CREATE` statements.
    fn schema(&self) -> &'static [&'static str];
    /// Whether it cares for this kind of event; what it does not want is not opened for it.
    fn wants(&self, kind: &str) -> bool;
    /// Statements that take everything of one key's out of its tables, run when that key is
    /// destroyed; `$1` is the key's name, which for most is the stream's.
    fn erases(&self) -> &'static [&'static str] {
        &[]
    }
    /// Takes in one event.
    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault>;
}

/// The file of the read models.
pub struct Reads {
    write: SqlitePool,
    read: SqlitePool,
    pub(crate) shown: watch::Sender<Position>,
}

const OWN_TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS engine_models (
        name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS engine_runners (
        name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT",
];

impl Reads {
    /// Opens the file, or makes it.
    pub async fn open(path: &Path) -> Result<Self, Fault> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A power cut may lose the last rows; the journal has them.
            .synchronous(SqliteSynchronous::Normal)
            // What is deleted is overwritten, not only forgotten.
            .pragma("secure_delete", "ON")
            .busy_timeout(Duration::from_secs(10));
        let write =
            SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        for statement in OWN_TABLES {
            sqlx::query(*statement).execute(&write).await?;
        }
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self { write, read, shown: watch::Sender::new(Position(0)) })
    }

    /// For queries: read-only connections.
    pub const fn pool(&self) -> &SqlitePool {
        &self.read
    }

    /// Follows how far the read models are: pages refresh by it.
    pub fn subscribe(&self) -> watch::Receiver<Position> {
        self.shown.subscribe()
    }

    pub(crate) const fn writer(&self) -> &SqlitePool {
        &self.write
    }

    /// Folds the write-ahead log into the file, so that no old row stays behind in it.
    pub(crate) async fn fold_log(&self) -> Result<(), Fault> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.write).await?;
        Ok(())
    }

    pub(crate) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Where a model stands; makes or remakes its tables when its version is another.
    pub(crate) async fn prepare(&self, model: &dyn ReadModel) -> Result<Position, Fault> {
        let mut tx = self.write.begin().await?;
        let row = sqlx::query("SELECT version, position FROM engine_models WHERE name = $1")
            .bind(model.name())
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(row) = row
            && row.get::<i64, _>(0) == i64::from(model.version())
        {
            return Ok(Position(row.get::<i64, _>(1) as u64));
        }
        for table in model.tables() {
            let drop = format!("DROP TABLE IF EXISTS {table}");
            sqlx::query(AssertSqlSafe(drop)).execute(&mut *tx).await?;
        }
        for statement in model.schema() {
            sqlx::query(*statement).execute(&mut *tx).await?;
        }
        sqlx::query("INSERT OR REPLACE INTO engine_models VALUES ($1, $2, 0)")
            .bind(model.name())
            .bind(i64::from(model.version()))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Position(0))
    }

    /// Where a runner (reactions) stands; `None` when it never ran on this file.
    pub(crate) async fn runner(&self, name: &str) -> Result<Option<Position>, Fault> {
        let row = sqlx::query("SELECT position FROM engine_runners WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.write)
            .await?;
        Ok(row.map(|row| Position(row.get::<i64, _>(0) as u64)))
    }

    pub(crate) async fn set_runner(&self, name: &str, position: Position) -> Result<(), Fault> {
        sqlx::query("INSERT OR REPLACE INTO engine_runners VALUES ($1, $2)")
            .bind(name)
            .bind(position.0 as i64)
            .execute(&self.write)
            .await?;
        Ok(())
    }
}

impl Engine {
    /// Waits until the read models show `position`, or for `limits::SHOWN_WITHIN` at most.
    pub async fn shown(&self, position: Position) {
        let mut shown = self.0.reads.subscribe();
        // Nobody follows when the engine is not running, e.g. in `admin create`.
        if self.0.reads.shown.borrow().0 == 0 {
            return;
        }
        let reached = shown.wait_for(|at| *at >= position);
        if tokio::time::timeout(limits::SHOWN_WITHIN, reached).await.is_err() {
            tracing::warn!(position = position.0, "read models are behind");
        }
    }

    /// Takes at most one batch of records after `after` into `models`, in one transaction.
    /// Returns the new position, or `None` when there was nothing.
    pub(crate) async fn project(
        &self,
        models: &[std::sync::Arc<dyn ReadModel>],
        after: Position,
        until: Option<Position>,
    ) -> Result<Option<Position>, Fault> {
        let mut records = self.0.journal.read_from(after, limits::BATCH_MAX).await?;
        if let Some(until) = until {
            records.retain(|r| r.position <= until);
        }
        let Some(last) = records.last().map(|r| r.position) else { return Ok(None) };
        let mut opened = Vec::with_capacity(records.len());
        for record in records {
            if record.kind == EXPIRED || models.iter().any(|m| m.wants(&record.kind)) {
                opened.push(self.open_to_seal(record).await?);
            }
        }
        let mut tx = self.0.reads.writer().begin().await?;
        for event in &opened {
            for model in models.iter().filter(|m| m.wants(&event.kind)) {
                model.apply(self, event, &mut tx).await?;
            }
            if event.kind == EXPIRED {
                erase_rows(models, event, &mut tx).await?;
            }
        }
        for model in models {
            sqlx::query("UPDATE engine_models SET position = $1 WHERE name = $2")
                .bind(last.0 as i64)
                .bind(model.name())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(Some(last))
    }
}

/// Takes what was sealed under the keys of an ended epoch out of every table.
async fn erase_rows(
    models: &[std::sync::Arc<dyn ReadModel>],
    event: &Opened,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let body: Expired = event.decode()?;
    for statement in models.iter().flat_map(|model| model.erases()) {
        for name in &body.names {
            sqlx::query(*statement).bind(name).execute(&mut *tx).await?;
        }
    }
    Ok(())
}
