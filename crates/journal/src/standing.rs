//! Judges the appends of one transaction, one after another, against what the store said at its
//! start. Pure: the backend reads what is needed before and writes what comes out.

use crate::{Append, AppendFault, Appended, Expected, Position, Recorded, chain};
use std::collections::HashMap;

/// Where the journal stands, as far as one batch of appends needs to know.
#[derive(Debug, Default)]
pub struct Standing {
    head: Position,
    hash: [u8; 32],
    versions: HashMap<String, u64>,
    keys: HashMap<String, Appended>,
}

/// What one transaction has to write, in order.
#[derive(Debug, Default)]
pub struct Writing {
    /// The records.
    pub records: Vec<Recorded>,
    /// The idempotency keys, each with what its append did.
    pub keys: Vec<(String, Appended)>,
}

impl Standing {
    /// Begins with the last record's position and hash (zeros when there is none), the versions
    /// of the streams that the batch names, and those of its keys that were seen before.
    pub fn new(
        head: Position,
        hash: [u8; 32],
        versions: impl IntoIterator<Item = (String, u64)>,
        keys: impl IntoIterator<Item = (String, Appended)>,
    ) -> Self {
        let versions = versions.into_iter().collect();
        Self { head, hash, versions, keys: keys.into_iter().collect() }
    }

    /// The last position, with what was judged so far.
    pub fn head(&self) -> Position {
        self.head
    }

    /// Judges one append; what it writes is added to `writing`.
    pub fn judge(
        &mut self,
        append: &Append,
        writing: &mut Writing,
    ) -> Result<Appended, AppendFault> {
        if let Some(done) = append.key.as_ref().and_then(|key| self.keys.get(key)) {
            return Ok(Appended { repeated: true, ..*done });
        }
        let actual = self.versions.get(&append.stream).copied().unwrap_or(0);
        if let Expected::Version(expected) = append.expected
            && expected != actual
        {
            return Err(AppendFault::Conflict { actual });
        }
        let first = Position(self.head.0 + 1);
        let mut version = actual;
        for event in &append.events {
            self.head.0 += 1;
            version += 1;
            let record = chain::record(append, event, self.head, version, self.hash);
            self.hash = record.hash;
            writing.records.push(record);
        }
        let done = Appended { first, last: self.head, version, repeated: false };
        self.versions.insert(append.stream.clone(), version);
        if let Some(key) = &append.key {
            self.keys.insert(key.clone(), done);
            writing.keys.push((key.clone(), done));
        }
        Ok(done)
    }
}
