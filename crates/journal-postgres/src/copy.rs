//! Takes the copy of a journal into an empty schema: the whole of it or nothing.

use crate::PostgresJournal;
use crate::open::{OpenFault, Place};
use crate::transact::{insert_keys, insert_records};
use journal::tree::{Frontier, Hash};
use journal::{Journal, Position, ReadFault, Writing, limits};
use sqlx::Connection;

/// Why nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum TakeInFault {
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The copy could not be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// The database refused it.
    #[error("the copy could not be written into the database")]
    Write(#[from] sqlx::Error),
    /// There is a journal in it already.
    #[error("the database holds a journal already: restore into another schema or database")]
    NotEmpty,
}

impl PostgresJournal {
    /// Takes `copy` into the journal at `url` in `schema`, which must be empty, in one
    /// transaction behind the writers' lock. Returns the root of what was taken in.
    pub async fn take_in(url: &str, schema: &str, copy: &dyn Journal) -> Result<Hash, TakeInFault> {
        let place = Place::new(url, schema)?;
        let mut connection = place.connect().await?;
        place.migrate(&mut connection).await?;
        let mut transaction = connection.begin().await?;
        let lock = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(place.lock());
        lock.execute(&mut *transaction).await?;
        let held: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM events)")
            .fetch_one(&mut *transaction)
            .await?;
        if held {
            return Err(TakeInFault::NotEmpty);
        }
        let mut frontier = Frontier::default();
        loop {
            let at = Position(frontier.size());
            let records = copy.read_from(at, limits::READ_MAX).await?;
            if records.is_empty() {
                break;
            }
            records.iter().for_each(|record| frontier.push(&record.hash));
            insert_records(&mut transaction, &Writing { records, keys: vec![] }).await?;
        }
        let mut after = String::new();
        loop {
            let keys = copy.keys(&after, limits::READ_MAX).await?;
            let Some((last, _)) = keys.last() else { break };
            after.clone_from(last);
            let writing = Writing { records: vec![], keys };
            let head = Position(frontier.size());
            insert_keys(&mut transaction, &writing, &place.channel(), head).await?;
        }
        transaction.commit().await?;
        connection.close().await?;
        Ok(frontier.root())
    }
}
