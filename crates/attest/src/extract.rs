//! Records of the journal that can be checked without it: every field that the record's hash is
//! made of, and the proof that this hash stands in its place in a signed checkpoint. The sealed
//! part stays behind; its hash is enough.

pub use crate::hex::Hash;
use crate::limits;
use journal::checkpoint::{Checkpoint, NoteFault, Signer};
use journal::tree::{Head, Tree};
use journal::{Position, Recorded, chain};
use kernel::At;
use serde::{Deserialize, Serialize};

/// One record, and the proof that the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proved {
    /// Its place in the journal.
    pub position: Position,
    /// Its stream: `noun/id`.
    pub stream: String,
    /// Its place in the stream.
    pub version: u64,
    /// The stored name of what happened.
    pub kind: String,
    /// When, in microseconds since 1970.
    pub at: At,
    /// Who did it.
    pub actor: String,
    /// For what purpose.
    pub purpose: String,
    /// What is said in clear, as the JSON that was recorded.
    pub clear: String,
    /// The hash of what is sealed, where something is or was.
    pub sealed_hash: Option<Hash>,
    /// The hash of the record before it.
    pub prev: Hash,
    /// The path from it to the checkpoint's root, as RFC 6962 has it.
    pub proof: Vec<Hash>,
}

impl Proved {
    /// The record with its proof in this tree; `None` when the tree does not reach it.
    pub fn new(record: &Recorded, tree: &Tree) -> Option<Self> {
        let proof = tree.prove_inclusion(record.position.0)?;
        Some(Self {
            position: record.position,
            stream: record.stream.clone(),
            version: record.version,
            kind: record.kind.clone(),
            at: record.at,
            actor: record.actor.clone(),
            purpose: record.purpose.clone(),
            clear: record.clear.clone(),
            sealed_hash: record.sealed_hash.map(Hash),
            prev: Hash(record.prev),
            proof: proof.into_iter().map(Hash).collect(),
        })
    }

    /// The hash of the record, made anew from its fields.
    pub fn hash(&self) -> Hash {
        Hash(chain::hash(&Recorded {
            position: self.position,
            stream: self.stream.clone(),
            version: self.version,
            kind: self.kind.clone(),
            at: self.at,
            actor: self.actor.clone(),
            purpose: self.purpose.clone(),
            clear: self.clear.clone(),
            sealed: None,
            sealed_hash: self.sealed_hash.map(|hash| hash.0),
            prev: self.prev.0,
            hash: [0; 32],
        }))
    }

    /// Whether it stands in its place in the journal that has this head.
    pub fn is_in(&self, head: &Head) -> bool {
        let proof: Vec<[u8; 32]> = self.proof.iter().map(|hash| hash.0).collect();
        proof.len() <= limits::PROOF_MAX && head.includes(&self.hash().0, self.position.0, &proof)
    }
}

/// Records of one journal under one signed checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    /// The signed checkpoint, as the note that it is.
    pub checkpoint: String,
    /// The records, in the order of the journal.
    pub events: Vec<Proved>,
}

/// Why an extract is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unproved {
    /// Its checkpoint is not one of this journal.
    #[error("the checkpoint is not believed: {0}")]
    Checkpoint(#[from] NoteFault),
    /// Its records do not stand in the order of the journal.
    #[error("the record at position {0} is out of order")]
    Order(Position),
    /// A record is not what the journal holds at its position.
    #[error("the record at position {0} is not in the journal that was signed")]
    Record(Position),
    /// More than is read.
    #[error("it holds more records than are read")]
    TooMany,
}

impl Extract {
    /// The records with their proofs under a checkpoint; `None` when one is beyond the tree.
    pub fn new<'a>(
        checkpoint: String,
        tree: &Tree,
        records: impl IntoIterator<Item = &'a Recorded>,
    ) -> Option<Self> {
        let events: Option<Vec<Proved>> =
            records.into_iter().map(|record| Proved::new(record, tree)).collect();
        Some(Self { checkpoint, events: events? })
    }

    /// Checks all of it; returns what the checkpoint says of the journal.
    pub fn verify(&self, signer: &Signer) -> Result<Head, Unproved> {
        if self.events.len() > limits::EXTRACT_EVENTS_MAX {
            return Err(Unproved::TooMany);
        }
        let head = Checkpoint::open(&self.checkpoint, signer)?.head;
        let mut before = Position(0);
        for event in &self.events {
            if event.position <= before {
                return Err(Unproved::Order(event.position));
            }
            if !event.is_in(&head) {
                return Err(Unproved::Record(event.position));
            }
            before = event.position;
        }
        Ok(head)
    }
}
