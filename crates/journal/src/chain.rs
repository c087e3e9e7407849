//! The hash chain over ciphertext. A record's hash covers every field in clear, the hash of its
//! sealed bytes and the hash of the record before, so that deleting the sealed bytes leaves the
//! chain whole and altering anything else breaks it.

use crate::{Append, NewEvent, Position, Recorded};
use sha2::{Digest, Sha256};

/// SHA-256 of some bytes.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The hash of a record, from its fields other than `hash` and `sealed`.
pub fn hash(record: &Recorded) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"sightline record v1\0");
    hasher.update(record.prev);
    hasher.update(record.position.0.to_be_bytes());
    hasher.update(record.version.to_be_bytes());
    hasher.update(record.at.0.to_be_bytes());
    let texts = [&record.stream, &record.kind, &record.actor, &record.purpose, &record.clear];
    for text in texts {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    match &record.sealed_hash {
        Some(sealed) => {
            hasher.update([1]);
            hasher.update(sealed);
        }
        None => hasher.update([0]),
    }
    hasher.finalize().into()
}

/// Turns one event of an append into its record; the backend says where it stands.
pub fn record(
    append: &Append,
    event: &NewEvent,
    position: Position,
    version: u64,
    prev: [u8; 32],
) -> Recorded {
    let mut record = Recorded {
        position,
        stream: append.stream.clone(),
        version,
        kind: event.kind.clone(),
        at: append.at,
        actor: append.actor.clone(),
        purpose: append.purpose.clone(),
        clear: event.clear.clone(),
        sealed: event.sealed.clone(),
        sealed_hash: event.sealed.as_deref().map(digest),
        prev,
        hash: [0; 32],
    };
    record.hash = hash(&record);
    record
}

/// What is wrong with one record, given the hash of the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It does not follow the record before it.
    Prev,
    /// Its fields do not give its hash.
    Hash,
    /// Its sealed bytes are not those that were recorded.
    Sealed,
    /// Its position or version is out of order.
    Order,
}

/// Checks one record against its neighbour. `None` is sound.
pub fn flaw(record: &Recorded, before: Option<(Position, [u8; 32])>) -> Option<Flaw> {
    let (position, prev) = before.unwrap_or_default();
    if record.position.0 != position.0 + 1 {
        return Some(Flaw::Order);
    }
    if record.prev != prev {
        return Some(Flaw::Prev);
    }
    if hash(record) != record.hash {
        return Some(Flaw::Hash);
    }
    match (&record.sealed, &record.sealed_hash) {
        (Some(bytes), Some(hash)) if digest(bytes) != *hash => Some(Flaw::Sealed),
        (Some(_), None) => Some(Flaw::Sealed),
        _ => None,
    }
}
