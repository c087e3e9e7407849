//! What is appended, what was recorded, and the bytes that the chain covers.

use crate::{AppendFault, limits};
use kernel::At;
use serde::{Deserialize, Serialize};

/// A place in the journal, dense from 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Position(pub u64);

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What the caller believes of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing in particular.
    Any,
    /// That this is its last version (0: that it is new).
    Version(u64),
}

/// One event to be appended: what is queried in clear, and what is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Stored name: `noun.past_tense.v1`.
    pub kind: String,
    /// JSON without anything personal.
    pub clear: String,
    /// Ciphertext of the personal fields, if it has any.
    pub sealed: Option<Vec<u8>>,
}

/// One append: all of it or nothing.
#[derive(Clone, Debug)]
pub struct Append {
    /// `noun/id`.
    pub stream: String,
    /// What the caller believes of the stream.
    pub expected: Expected,
    /// What happened, in order; never empty.
    pub events: Vec<NewEvent>,
    /// When it happened.
    pub at: At,
    /// Who did it, as `kernel::Actor` prints itself.
    pub actor: String,
    /// For what purpose, as `kernel::Purpose` names itself.
    pub purpose: String,
    /// The same key twice means the same append.
    pub key: Option<String>,
}

impl Append {
    /// Checks the limits; every backend calls this first.
    pub fn check(&self) -> Result<(), AppendFault> {
        let too_large = |what| Err(AppendFault::TooLarge(what));
        if self.events.is_empty() || self.events.len() > limits::EVENTS_MAX {
            return too_large("number of events");
        }
        if !name(&self.stream) {
            return too_large("name of the stream");
        }
        if self.key.as_ref().is_some_and(|key| !name(key)) {
            return too_large("idempotency key");
        }
        if !name(&self.actor) || !name(&self.purpose) {
            return too_large("name of the actor or purpose");
        }
        for event in &self.events {
            if !name(&event.kind) {
                return too_large("name of an event");
            }
            if event.clear.contains('\0') {
                return too_large("clear part of an event holds a NUL");
            }
            if event.clear.len() > limits::CLEAR_BYTES_MAX {
                return too_large("clear part of an event");
            }
            if event.sealed.as_ref().is_some_and(|s| s.len() > limits::SEALED_BYTES_MAX) {
                return too_large("sealed part of an event");
            }
        }
        if self.bytes() > limits::APPEND_BYTES_MAX {
            return too_large("events together");
        }
        Ok(())
    }

    /// Bytes of its events, near enough for a limit.
    pub fn bytes(&self) -> usize {
        let of = |e: &NewEvent| e.clear.len() + e.sealed.as_ref().map_or(0, Vec::len);
        self.events.iter().map(of).sum()
    }
}

/// Short enough, and without the NUL that PostgreSQL cannot keep in a text: found here, it costs
/// the caller its append; found by the store, it would stop the journal.
fn name(text: &str) -> bool {
    text.len() <= limits::NAME_BYTES_MAX && !text.contains('\0')
}

/// What an append did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Position of its first event.
    pub first: Position,
    /// Position of its last event.
    pub last: Position,
    /// The stream's version after it.
    pub version: u64,
    /// Whether an earlier append with the same key had done it already.
    pub repeated: bool,
}

/// One record as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Place in the journal.
    pub position: Position,
    /// `noun/id`.
    pub stream: String,
    /// Place in the stream.
    pub version: u64,
    /// Stored name of the event.
    pub kind: String,
    /// When it happened.
    pub at: At,
    /// Who did it.
    pub actor: String,
    /// For what purpose.
    pub purpose: String,
    /// JSON without anything personal.
    pub clear: String,
    /// Ciphertext of the personal fields; `None` also after its bytes were deleted.
    pub sealed: Option<Vec<u8>>,
    /// SHA-256 of the ciphertext, kept when the bytes go; `None` when there never were any.
    pub sealed_hash: Option<[u8; 32]>,
    /// Hash of the record before this one; zeros for the first.
    pub prev: [u8; 32],
    /// Hash of this record: `chain::hash`.
    pub hash: [u8; 32],
}
