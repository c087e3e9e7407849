//! What can go wrong below a decision. An incident for the operator, never an answer.

use journal::{AppendFault, EraseFault, ReadFault};
use vault::VaultFault;

/// A fault of the engine; the source is printed once, at the edge.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The journal did not take it.
    #[error("the journal did not take it")]
    Append(#[from] AppendFault),
    /// The journal could not be read.
    #[error("the journal could not be read")]
    Read(#[from] ReadFault),
    /// Ciphertext could not be taken out of the journal.
    #[error("the journal did not drop what it was told to")]
    Erase(#[from] EraseFault),
    /// A key was not to be had.
    #[error("a key was not to be had")]
    Key(#[from] VaultFault),
    /// A read model's file failed.
    #[error("a read model failed")]
    Model(#[from] sqlx::Error),
    /// An event's JSON is not what its kind says.
    #[error("the event {kind} at position {position} does not decode")]
    Decode {
        /// Its stored name.
        kind: String,
        /// Where it stands.
        position: u64,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// An event could not be written as JSON.
    #[error("an event does not encode")]
    Encode(#[source] serde_json::Error),
    /// The journal says that more was destroyed than the key store knows of: the key store was
    /// put back from an old copy. The service does not start on it.
    #[error("the key store is older than the journal: what was forgotten could come back")]
    KeyStoreBehind,
    /// Something outside did not answer; tried again later.
    #[error("{0} did not answer")]
    Outside(&'static str),
}
