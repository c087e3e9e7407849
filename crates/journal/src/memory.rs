//! The journal in memory: for tests of rules and pages, and the model the others are held to.

use crate::{
    Append, AppendFault, Appended, EraseFault, Expected, Journal, Position, ReadFault, Recorded,
    chain, limits,
};
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use tokio::sync::watch;

/// A journal that is gone when the process is.
pub struct MemoryJournal {
    inner: Mutex<Inner>,
    head: watch::Sender<Position>,
    stopped: watch::Sender<bool>,
}

#[derive(Clone, Default)]
struct Inner {
    records: Vec<Recorded>,
    versions: BTreeMap<String, u64>,
    keys: BTreeMap<String, Appended>,
}

impl Default for MemoryJournal {
    fn default() -> Self {
        let head = watch::Sender::new(Position(0));
        Self { inner: Mutex::default(), head, stopped: watch::Sender::new(false) }
    }
}

impl MemoryJournal {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("no holder of this lock panics")
    }

    /// Another journal with the same records: what a backup is to a simulation.
    #[doc(hidden)]
    pub fn copy(&self) -> Self {
        let inner = self.lock().clone();
        let head = watch::Sender::new(Position(inner.records.len() as u64));
        Self { inner: Mutex::new(inner), head, stopped: watch::Sender::new(false) }
    }

    /// Plays the intruder, so that tests can show that he is found.
    #[doc(hidden)]
    pub fn tamper(&self, alter: impl FnOnce(&mut Vec<Recorded>)) {
        alter(&mut self.lock().records);
    }
}

#[async_trait]
impl Journal for MemoryJournal {
    async fn append(&self, append: Append) -> Result<Appended, AppendFault> {
        append.check()?;
        let mut inner = self.lock();
        if let Some(done) = append.key.as_ref().and_then(|key| inner.keys.get(key)) {
            return Ok(Appended { repeated: true, ..*done });
        }
        let actual = inner.versions.get(&append.stream).copied().unwrap_or(0);
        if let Expected::Version(expected) = append.expected
            && expected != actual
        {
            return Err(AppendFault::Conflict { actual });
        }
        let first = Position(inner.records.len() as u64 + 1);
        for (offset, event) in append.events.iter().enumerate() {
            let prev = inner.records.last().map_or([0; 32], |r| r.hash);
            let position = Position(first.0 + offset as u64);
            let version = actual + 1 + offset as u64;
            inner.records.push(chain::record(&append, event, position, version, prev));
        }
        let added = append.events.len() as u64;
        let done = Appended {
            first,
            last: Position(first.0 + added - 1),
            version: actual + added,
            repeated: false,
        };
        inner.versions.insert(append.stream, done.version);
        if let Some(key) = append.key {
            inner.keys.insert(key, done);
        }
        self.head.send_replace(done.last);
        Ok(done)
    }

    async fn erase(&self, positions: &[Position]) -> Result<u64, EraseFault> {
        let mut inner = self.lock();
        let mut erased = 0;
        for position in positions {
            let index = usize::try_from(position.0.wrapping_sub(1)).unwrap_or(usize::MAX);
            let record = inner.records.get_mut(index);
            erased += u64::from(record.and_then(|record| record.sealed.take()).is_some());
        }
        Ok(erased)
    }

    async fn find(&self, key: &str) -> Result<Option<Appended>, ReadFault> {
        Ok(self.lock().keys.get(key).map(|done| Appended { repeated: true, ..*done }))
    }

    async fn load(
        &self,
        stream: &str,
        version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        let inner = self.lock();
        let of_stream = inner.records.iter().filter(|r| r.stream == stream);
        let after = of_stream.filter(|r| r.version > version);
        Ok(after.take(limit.min(limits::READ_MAX)).cloned().collect())
    }

    async fn read_from(
        &self,
        position: Position,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        let inner = self.lock();
        let after = inner.records.iter().skip(position.0 as usize);
        Ok(after.take(limit.min(limits::READ_MAX)).cloned().collect())
    }

    async fn keys(&self, key: &str, limit: usize) -> Result<Vec<(String, Appended)>, ReadFault> {
        let inner = self.lock();
        let after = inner.keys.iter().filter(|(name, _)| name.as_str() > key);
        let after = after.map(|(name, done)| (name.clone(), *done));
        Ok(after.take(limit.min(limits::READ_MAX)).collect())
    }

    async fn head(&self) -> Result<Position, ReadFault> {
        Ok(Position(self.lock().records.len() as u64))
    }

    fn subscribe(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    fn stopped(&self) -> watch::Receiver<bool> {
        self.stopped.subscribe()
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
