//! The one journal: an append-only, hash-chained record of what happened. This crate holds its
//! words, its chain, the in-memory one, and the contract that every backend must pass. It sees
//! ciphertext only.

pub mod bench;
pub mod chain;
pub mod checkpoint;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod limits;
mod memory;
mod record;
mod standing;
pub mod tree;
pub mod verify;
pub mod writer;

pub use memory::MemoryJournal;
pub use record::{Append, Appended, Expected, NewEvent, Position, Recorded};
pub use standing::{Standing, Writing};

use async_trait::async_trait;
use tokio::sync::watch;

/// Why an append was not acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum AppendFault {
    /// The stream has moved on: nothing was written.
    #[error("the stream is at version {actual}")]
    Conflict {
        /// The version that the stream has now.
        actual: u64,
    },
    /// More or larger than the limits allow: nothing was written.
    #[error("an append is over the limit: {0}")]
    TooLarge(&'static str),
    /// Neither success nor failure: a sync or a commit failed. The journal acknowledges nothing
    /// any more; the process must end, and the caller finds out by its idempotency key.
    #[error("the journal cannot say whether this was written")]
    Unknown,
    /// The journal stopped acknowledging after such a failure.
    #[error("the journal has stopped")]
    Stopped,
}

/// Why an erasure was not acknowledged. Asking again is always right: what is erased stays so.
#[derive(Debug, thiserror::Error)]
pub enum EraseFault {
    /// The bytes are gone from the record, and a copy is still in the log beside it, because
    /// somebody read while they went.
    #[error("erased, and a copy lingers in the journal's log: ask again")]
    Lingers {
        /// Records that still had their bytes: the next asking will not count them again.
        erased: u64,
    },
    /// Neither success nor failure: as with an append, the journal acknowledges nothing more.
    #[error("the journal cannot say whether this was erased")]
    Unknown,
    /// The journal stopped acknowledging after such a failure.
    #[error("the journal has stopped")]
    Stopped,
}

/// Why the journal could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// The store did not answer.
    #[error("the journal could not be read")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What was read is not what was written.
    #[error("the journal is damaged at position {0}")]
    Damaged(Position),
}

/// The record, whatever keeps it. Positions are dense from 1; versions are dense from 1 in each
/// stream; an acknowledged append is durable.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Appends all of the events or none. A repeated idempotency key writes nothing and returns
    /// what the first append with it returned, marked `repeated`.
    async fn append(&self, append: Append) -> Result<Appended, AppendFault>;

    /// Removes the sealed bytes of these records for good and keeps everything else, so that
    /// chain and tree still verify. Returns how many still had them; durable before it returns.
    /// A position without sealed bytes, or none at all, is passed over.
    async fn erase(&self, positions: &[Position]) -> Result<u64, EraseFault>;

    /// What an earlier append with this idempotency key returned.
    async fn find(&self, key: &str) -> Result<Option<Appended>, ReadFault>;

    /// A stream's records after `version`, oldest first, at most `limit`.
    async fn load(
        &self,
        stream: &str,
        version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault>;

    /// All records after `position`, in order, at most `limit`.
    async fn read_from(&self, position: Position, limit: usize)
    -> Result<Vec<Recorded>, ReadFault>;

    /// The idempotency keys after `key` and what their appends did, in the store's own order of
    /// keys, at most `limit`; an empty `key` begins. For copies of the whole journal.
    async fn keys(&self, key: &str, limit: usize) -> Result<Vec<(String, Appended)>, ReadFault>;

    /// What the store's own clock says, where that is another machine's.
    async fn clock(&self) -> Result<Option<kernel::At>, ReadFault> {
        Ok(None)
    }

    /// The last position, 0 when empty.
    async fn head(&self) -> Result<Position, ReadFault>;

    /// Follows the last position. A hint: the reader reads the records themselves.
    fn subscribe(&self) -> watch::Receiver<Position>;

    /// Turns true once the journal has stopped acknowledging.
    fn stopped(&self) -> watch::Receiver<bool>;
}

#[async_trait]
impl<T: Journal + ?Sized> Journal for std::sync::Arc<T> {
    async fn append(&self, append: Append) -> Result<Appended, AppendFault> {
        (**self).append(append).await
    }

    async fn erase(&self, positions: &[Position]) -> Result<u64, EraseFault> {
        (**self).erase(positions).await
    }

    async fn find(&self, key: &str) -> Result<Option<Appended>, ReadFault> {
        (**self).find(key).await
    }

    async fn load(
        &self,
        stream: &str,
        version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        (**self).load(stream, version, limit).await
    }

    async fn read_from(
        &self,
        position: Position,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        (**self).read_from(position, limit).await
    }

    async fn keys(&self, key: &str, limit: usize) -> Result<Vec<(String, Appended)>, ReadFault> {
        (**self).keys(key, limit).await
    }

    async fn clock(&self) -> Result<Option<kernel::At>, ReadFault> {
        (**self).clock().await
    }

    async fn head(&self) -> Result<Position, ReadFault> {
        (**self).head().await
    }

    fn subscribe(&self) -> watch::Receiver<Position> {
        (**self).subscribe()
    }

    fn stopped(&self) -> watch::Receiver<bool> {
        (**self).stopped()
    }
}
