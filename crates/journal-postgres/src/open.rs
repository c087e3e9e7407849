//! Opens the journal's schema in a database: makes it or checks it, and refuses a server that
//! does not keep what it acknowledged.

use journal::chain;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool};
use std::time::Duration;

/// The schema that this build reads and writes.
const SCHEMA: i64 = 1;
/// Readers beside the writer: pages are few, and read models read in turn.
const READERS: u32 = 6;
/// A page that waits longer than this for a connection is better told so.
const WAIT: Duration = Duration::from_secs(10);
/// Bytes of the schema's name: with what is put before it, it still names a channel.
const NAME_BYTES_MAX: usize = 40;

/// Why the journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The address is none.
    #[error("this is not the address of a PostgreSQL database")]
    Address(#[source] sqlx::Error),
    /// The name of the schema is not plain.
    #[error("the schema's name must be up to 40 lower-case letters, digits and underscores")]
    Name,
    /// PostgreSQL refused.
    #[error("the journal's database could not be opened")]
    Store(#[source] sqlx::Error),
    /// The server is set up to lose what it acknowledged.
    #[error("the database server runs with {0}=off: what it acknowledges may be lost")]
    Careless(&'static str),
    /// A later version of the service wrote it.
    #[error("the journal has schema {0}, which this version does not know")]
    Schema(i64),
}

/// How to reach the journal's tables.
#[derive(Clone)]
pub(crate) struct Place {
    options: PgConnectOptions,
    schema: String,
}

impl Place {
    pub(crate) fn new(url: &str, schema: &str) -> Result<Self, OpenFault> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let first = schema.bytes().next().is_some_and(|b| !b.is_ascii_digit());
        if !first || schema.len() > NAME_BYTES_MAX || !schema.bytes().all(plain) {
            return Err(OpenFault::Name);
        }
        let options: PgConnectOptions = url.parse().map_err(OpenFault::Address)?;
        let options = options
            .application_name(&format!("sightline {schema}"))
            // Whatever the server's default: acknowledged is durable.
            .options([("search_path", schema), ("synchronous_commit", "on")])
            .disable_statement_logging();
        Ok(Self { options, schema: schema.to_owned() })
    }

    /// The channel on which writers tell the others how far they are.
    pub(crate) fn channel(&self) -> String {
        format!("sightline_{}", self.schema)
    }

    /// The lock that puts all writers of this journal in one order.
    pub(crate) fn lock(&self) -> i64 {
        let hash = chain::digest(format!("sightline journal {}", self.schema).as_bytes());
        i64::from_be_bytes(*hash.first_chunk().expect("8 is fewer than 32"))
    }

    pub(crate) async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        self.options.connect().await
    }

    pub(crate) async fn readers(&self) -> Result<PgPool, OpenFault> {
        let pool = PgPoolOptions::new().max_connections(READERS).acquire_timeout(WAIT);
        pool.connect_with(self.options.clone()).await.map_err(OpenFault::Store)
    }

    /// Makes the schema when there is none. Two that open at once wait for each other.
    pub(crate) async fn migrate(&self, connection: &mut PgConnection) -> Result<(), OpenFault> {
        for setting in ["fsync", "full_page_writes"] {
            let asked = sqlx::query_scalar("SELECT current_setting($1)").bind(setting);
            let set: String = asked.fetch_one(&mut *connection).await.map_err(OpenFault::Store)?;
            if set != "on" {
                return Err(OpenFault::Careless(setting));
            }
        }
        match self.make(connection).await.map_err(OpenFault::Store)? {
            SCHEMA => Ok(()),
            other => Err(OpenFault::Schema(other)),
        }
    }

    async fn make(&self, connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
        let mut transaction = connection.begin().await?;
        let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(self.lock());
        lock.execute(&mut *transaction).await?;
        let made: bool = sqlx::query_scalar("SELECT to_regclass('journal_schema') IS NOT NULL")
            .fetch_one(&mut *transaction)
            .await?;
        if !made {
            // The name was checked letter by letter above.
            let create = format!("CREATE SCHEMA IF NOT EXISTS {}", self.schema);
            sqlx::query(AssertSqlSafe(create)).execute(&mut *transaction).await?;
            sqlx::raw_sql(include_str!("schema.sql")).execute(&mut *transaction).await?;
        }
        let version = sqlx::query_scalar("SELECT version FROM journal_schema")
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(version)
    }
}
