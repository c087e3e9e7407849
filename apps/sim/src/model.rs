//! What should be true: every key with its day and whoever keeps it beyond that day, every secret
//! under it, and every record as it was written.

use crate::broken::{Broken, Rule};
use engine::forgetting::{ERASED, EXPIRED, Erased, Expired};
use journal::{Journal, MemoryJournal, Position, Recorded, chain};
use kernel::At;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use vault::Epoch;

/// One key: a stream's, or that of a part of it.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) stream: String,
    pub(crate) own: Epoch,
    /// The hash of the record that bore it: after an old journal was put back, another may be
    /// born under the same name.
    id: [u8; 32],
    /// The epochs that keep it beyond its own.
    pub(crate) keepers: BTreeSet<Epoch>,
    /// What it seals, by position.
    pub(crate) secrets: BTreeMap<u64, String>,
}

/// A copy of the journal, and which keys there were then.
pub(crate) struct Backup {
    pub(crate) journal: MemoryJournal,
    keys: BTreeMap<String, Key>,
}

#[derive(Default)]
pub(crate) struct Model {
    pub(crate) keys: BTreeMap<String, Key>,
    /// Epochs that were destroyed before their day because a wrong clock was trusted.
    pub(crate) lost: BTreeSet<Epoch>,
    /// Every record, as it was last seen.
    pub(crate) seen: Vec<Recorded>,
    /// What is being said: the next sealed record carries it.
    pub(crate) pending: Option<String>,
    /// What small steps of the clock add up to: nobody can tell them from a clock put right.
    pub(crate) slack: Duration,
    /// Whether a wrong clock is trusted.
    pub(crate) misled: bool,
    /// Whether one ever was.
    pub(crate) was_misled: bool,
    /// Changes to what is kept, acknowledged or not.
    pub(crate) moves: u64,
    /// By name of key: where the journal says that it ended, and under which epoch.
    pub(crate) expired: BTreeMap<String, Vec<(u64, Epoch)>>,
    /// Where the journal says that everything of an epoch is gone.
    pub(crate) erased: Vec<(u64, Erased)>,
    /// Keys that were seen closed after their day, and in which start of the machine.
    pub(crate) closed: BTreeMap<String, u64>,
    /// Who keeps keys that are lost with a journal, by the hash that bore them.
    ghosts: BTreeMap<[u8; 32], BTreeSet<Epoch>>,
}

impl Key {
    /// Its own epoch, and those that keep it.
    pub(crate) fn epochs(&self) -> impl Iterator<Item = &Epoch> {
        std::iter::once(&self.own).chain(&self.keepers)
    }
}

/// When an epoch's day comes.
pub(crate) const fn end(epoch: &Epoch) -> At {
    epoch.expires_on.start()
}

impl Model {
    /// Takes in what the journal says now. Returns the names of new keys.
    pub(crate) async fn sync(&mut self, journal: &MemoryJournal) -> Result<Vec<String>, Broken> {
        let records = all(journal).await?;
        if records.len() < self.seen.len() {
            return Err(Broken::new(Rule::Chain, "records are missing"));
        }
        for (old, new) in self.seen.iter_mut().zip(&records) {
            let same = old.hash == new.hash && old.sealed_hash == new.sealed_hash;
            if !same || (new.sealed.is_some() && old.sealed != new.sealed) {
                let words = format!("the record at {} is another than it was", old.position);
                return Err(Broken::new(Rule::Chain, words));
            }
            old.sealed.clone_from(&new.sealed);
        }
        let mut born = Vec::new();
        for record in &records[self.seen.len()..] {
            let before = self.seen.last().map(|last| (last.position, last.hash));
            if let Some(flaw) = chain::flaw(record, before) {
                let words = format!("{flaw:?} at {}", record.position);
                return Err(Broken::new(Rule::Chain, words));
            }
            born.extend(self.take(record)?);
            self.seen.push(record.clone());
        }
        self.pending = None;
        Ok(born)
    }

    fn take(&mut self, record: &Recorded) -> Result<Option<String>, Broken> {
        let position = record.position.0;
        if let Some((name, own)) = engine::wrapped_epoch(record) {
            let (stream, id) = (record.stream.clone(), record.hash);
            let key = Key { stream, own, id, keepers: BTreeSet::new(), secrets: BTreeMap::new() };
            self.keys.entry(name.clone()).or_insert(key);
            return Ok(Some(name));
        }
        if record.sealed_hash.is_some() {
            let key = self.keys.get_mut(&engine::key_of(record));
            if let (Some(key), Some(secret)) = (key, self.pending.take()) {
                key.secrets.insert(position, secret);
            }
        }
        let odd = |fault| Broken::fault("a body of the engine's", &fault);
        if record.kind == EXPIRED {
            let body: Expired = serde_json::from_str(&record.clear).map_err(odd)?;
            for name in body.names {
                let ends = self.expired.entry(name).or_default();
                ends.push((position, body.epoch.clone()));
            }
        } else if record.kind == ERASED {
            let body: Erased = serde_json::from_str(&record.clear).map_err(odd)?;
            if body.scan.found > 0 {
                let words = format!("{} pieces of {} lie about", body.scan.found, body.epoch);
                return Err(Broken::new(Rule::Late, words));
            }
            self.erased.push((position, body));
        }
        Ok(None)
    }

    /// The journal is now an older one: what was born or said since is lost with it, which is
    /// the restorer's doing and nobody else's. Who keeps what stands beside the keys, and stays.
    pub(crate) async fn restored(&mut self, backup: &Backup) -> Result<(), Broken> {
        for key in std::mem::take(&mut self.keys).into_values() {
            self.ghosts.insert(key.id, key.keepers);
        }
        self.keys = backup.keys.clone();
        for key in self.keys.values_mut() {
            key.keepers = self.ghosts.get(&key.id).cloned().unwrap_or_default();
        }
        self.expired.clear();
        self.erased.clear();
        self.closed.clear();
        self.seen = all(&backup.journal).await?;
        for record in self.seen.clone() {
            self.take(&record)?;
        }
        Ok(())
    }

    /// A copy of the journal as it is.
    pub(crate) fn back_up(&self, journal: &MemoryJournal) -> Backup {
        Backup { journal: journal.copy(), keys: self.keys.clone() }
    }

    /// Whether something still keeps this key from its end at a time.
    pub(crate) fn lives_at(&self, key: &Key, at: At) -> bool {
        key.epochs().any(|epoch| !self.lost.contains(epoch) && end(epoch) > at)
    }

    /// Every epoch of every key.
    pub(crate) fn epochs(&self) -> BTreeSet<Epoch> {
        self.keys.values().flat_map(Key::epochs).cloned().collect()
    }
}

/// All records of a journal.
pub(crate) async fn all(journal: &MemoryJournal) -> Result<Vec<Recorded>, Broken> {
    let mut records: Vec<Recorded> = Vec::new();
    loop {
        let at = Position(records.len() as u64);
        let more = journal.read_from(at, journal::limits::READ_MAX).await;
        let more = more.map_err(|fault| Broken::fault("the journal", &fault))?;
        if more.is_empty() {
            return Ok(records);
        }
        records.extend(more);
    }
}
