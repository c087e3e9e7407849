//! Opens the file: for its owner only, with every commit synced, its schema made or checked.

use crate::transact::SqliteTransact;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, SqlitePool};
use std::fs::{File, OpenOptions, Permissions};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

/// The schema that this build reads and writes.
const SCHEMA: i64 = 1;
/// Readers beside the writer: pages are few, and read models read in turn.
const READERS: u32 = 4;
/// A backup or another reader that folds the log may hold the file for a moment.
const BUSY: Duration = Duration::from_secs(10);

/// Why the journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The file could not be made, or made private.
    #[error("the journal's file could not be made for its owner only")]
    File(#[source] std::io::Error),
    /// SQLite refused.
    #[error("the journal's file could not be opened")]
    Store(#[source] sqlx::Error),
    /// A later version of the service wrote it.
    #[error("the journal has schema {0}, which this version does not know")]
    Schema(i64),
}

/// Makes the file and its name durable before SQLite sees it, so that the log beside it is born
/// private too.
pub(crate) fn make_file(path: &Path) -> Result<(), OpenFault> {
    let make = || {
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
        file.set_permissions(Permissions::from_mode(0o600))?;
        file.sync_all()?;
        drop(file);
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
        File::open(dir.unwrap_or(Path::new(".")))?.sync_all()
    };
    make().map_err(OpenFault::File)
}

pub(crate) async fn writer(path: &Path, pages: Option<u32>) -> Result<SqliteTransact, OpenFault> {
    let mut options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .pragma("trusted_schema", "OFF")
        .pragma("secure_delete", "ON")
        .disable_statement_logging();
    if let Some(pages) = pages {
        options = options.pragma("max_page_count", pages.to_string());
    }
    let mut connection = options.connect().await.map_err(OpenFault::Store)?;
    migrate(&mut connection).await?;
    Ok(SqliteTransact::new(connection))
}

/// A file by itself, without a log beside it: for a copy that nobody else has open.
pub(crate) async fn plain(path: &Path) -> Result<SqliteConnection, OpenFault> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging();
    let mut connection = options.connect().await.map_err(OpenFault::Store)?;
    migrate(&mut connection).await?;
    Ok(connection)
}

pub(crate) async fn readers(path: &Path) -> Result<SqlitePool, OpenFault> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(BUSY)
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await;
    pool.map_err(OpenFault::Store)
}

async fn migrate(connection: &mut SqliteConnection) -> Result<(), OpenFault> {
    let begun = connection.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begun.map_err(OpenFault::Store)?;
    let asked = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *transaction).await;
    match asked.map_err(OpenFault::Store)? {
        0 => {
            let schema = sqlx::raw_sql(include_str!("schema.sql"));
            schema.execute(&mut *transaction).await.map_err(OpenFault::Store)?;
        }
        SCHEMA => {}
        other => return Err(OpenFault::Schema(other)),
    }
    transaction.commit().await.map_err(OpenFault::Store)
}
