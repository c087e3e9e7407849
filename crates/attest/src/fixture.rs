//! A small journal for tests, with an epoch that ended in it, and the key that signs for it.

use crate::certificate::{Certificate, Clock, ERASED, EXPIRED, Issue};
use crate::extract::Extract;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use journal::checkpoint::{Checkpoint, Signer};
use journal::tree::{Head, Tree};
use journal::{Append, Expected, NewEvent, Position, Recorded, chain};
use kernel::At;
use serde_json::{Value, json};

/// The day on which it all goes: 1 December 2026.
pub(crate) const DAY: i32 = 20_788;
pub(crate) const DEADLINE: At = At(DAY as i64 * 86_400_000_000);
pub(crate) const NAME: &str = "force.example/journal";

pub(crate) struct House {
    pub(crate) signer: Signer,
    pair: Ed25519KeyPair,
}

impl House {
    pub(crate) fn new(seed: u8) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let public = pair.public_key().as_ref().try_into().unwrap();
        Self { signer: Signer::new(NAME, public).unwrap(), pair }
    }

    pub(crate) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.pair.sign(text).as_ref().try_into().unwrap()
    }

    /// The extract of those records that `wanted` names, under a checkpoint of all.
    pub(crate) fn extract(&self, records: &[Recorded], wanted: &[u64]) -> Extract {
        let tree = Tree::new(records.iter().map(|record| &record.hash));
        let head = Head { size: tree.size(), root: tree.root() };
        let checkpoint = Checkpoint::sign(head, &self.signer, |text| self.sign(text));
        let chosen = records.iter().filter(|record| wanted.contains(&record.position.0));
        Extract::new(checkpoint, &tree, chosen).unwrap()
    }

    pub(crate) fn issue(
        &self,
        events: Vec<Value>,
    ) -> Result<Certificate, crate::certificate::Refused> {
        let records = records(&events);
        let wanted: Vec<u64> = records
            .iter()
            .filter(|record| record.kind.starts_with("epoch."))
            .map(|record| record.position.0)
            .collect();
        self.issue_from(self.extract(&records, &wanted))
    }

    pub(crate) fn issue_from(
        &self,
        extract: Extract,
    ) -> Result<Certificate, crate::certificate::Refused> {
        let clock =
            |name: &str, micros: i64| Clock { name: name.into(), says: At(DEADLINE.0 + micros) };
        let issue = Issue {
            id: "disclosure-recording.20788",
            authority: "Data Protection Act 2018 s.39: thirty days at most",
            clocks: vec![clock("wall", 2_000_000), clock("steady", 2_100_000)],
            issued_at: At(DEADLINE.0 + 60_000_000),
        };
        Certificate::issue(issue, extract, &self.signer, |text| self.sign(text))
    }
}

/// The end of the epoch: one part, two keys.
pub(crate) fn expired() -> Value {
    json!({
        "kind": EXPIRED, "at": DEADLINE.0 + 3_000_000,
        "class": "disclosure-recording", "expires_on": DAY, "part": 1, "of": 1,
        "names": ["recording/one", "recording/two"], "kept": 1, "due_at": DEADLINE.0,
    })
}

/// Its clearing away.
pub(crate) fn erased() -> Value {
    json!({
        "kind": ERASED, "at": DEADLINE.0 + 5_000_000,
        "class": "disclosure-recording", "expires_on": DAY, "due_at": DEADLINE.0,
        "keys": 2, "ciphertexts": 14, "objects": 90, "bytes": 4_096_000, "kept": 1,
        "scan": {
            "files": 12, "bytes": 9_000_000, "needles": 20, "found": 0,
            "kinds": ["backup", "journal", "objects"],
        },
        "ratchet": {},
    })
}

/// A journal of these events, each among others.
pub(crate) fn records(events: &[Value]) -> Vec<Recorded> {
    let mut records: Vec<Recorded> = Vec::new();
    let mut push = |kind: &str, at: i64, clear: String, sealed: Option<Vec<u8>>| {
        let append = Append {
            stream: "retention/disclosure-recording".into(),
            expected: Expected::Any,
            events: vec![NewEvent { kind: kind.into(), clear, sealed }],
            at: At(at),
            actor: "service".into(),
            purpose: "retention".into(),
            key: None,
        };
        let position = Position(records.len() as u64 + 1);
        let prev = records.last().map_or([0; 32], |record| record.hash);
        let record = chain::record(&append, &append.events[0], position, position.0, prev);
        records.push(record);
    };
    push("other.happened.v1", 1, "{}".into(), Some(vec![7; 40]));
    for event in events {
        let kind = event["kind"].as_str().unwrap();
        push(kind, event["at"].as_i64().unwrap(), event.to_string(), None);
        push("other.happened.v1", 2, "{\"n\":1}".into(), Some(vec![8; 40]));
    }
    records
}
