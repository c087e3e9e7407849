//! A journal whose process dies in the middle of a write: before it, half way through an
//! erasure, or after it and before anybody was told.

use async_trait::async_trait;
use journal::{
    Append, AppendFault, Appended, EraseFault, Journal, MemoryJournal, Position, ReadFault,
    Recorded,
};
use kernel::At;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// When the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Nothing was written.
    Before,
    /// Of several erasures, some were done; of an append, none.
    Half,
    /// All was written and nobody was told.
    After,
}

pub(crate) struct Faulty {
    inner: Arc<MemoryJournal>,
    /// The how-manieth write from now, and how.
    armed: Mutex<Option<(u64, How)>>,
    dead: AtomicBool,
    stopped: watch::Sender<bool>,
    /// The clock of the store, where it has one; it is always right.
    clock: Option<Arc<AtomicI64>>,
}

impl Faulty {
    pub(crate) fn new(inner: Arc<MemoryJournal>, clock: Option<Arc<AtomicI64>>) -> Self {
        Self {
            inner,
            armed: Mutex::default(),
            dead: AtomicBool::new(false),
            stopped: watch::Sender::new(false),
            clock,
        }
    }

    pub(crate) fn arm(&self, at: Option<(u64, How)>) {
        *self.armed.lock().expect("no holder panics") = at;
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.dead.load(Ordering::SeqCst)
    }

    /// What happens to the next write: nothing, a death, or it is dead already.
    fn turn(&self) -> Result<Option<How>, ()> {
        if self.is_dead() {
            return Err(());
        }
        let mut armed = self.armed.lock().expect("no holder panics");
        match armed.as_mut() {
            Some((0, how)) => {
                let how = *how;
                self.dead.store(true, Ordering::SeqCst);
                self.stopped.send_replace(true);
                Ok(Some(how))
            }
            Some((left, _)) => {
                *left -= 1;
                Ok(None)
            }
            None => Ok(None),
        }
    }
}

#[async_trait]
impl Journal for Faulty {
    async fn append(&self, append: Append) -> Result<Appended, AppendFault> {
        match self.turn() {
            Err(()) => Err(AppendFault::Stopped),
            Ok(None) => self.inner.append(append).await,
            Ok(Some(How::After)) => {
                self.inner.append(append).await?;
                Err(AppendFault::Unknown)
            }
            Ok(Some(How::Before | How::Half)) => Err(AppendFault::Unknown),
        }
    }

    async fn erase(&self, positions: &[Position]) -> Result<u64, EraseFault> {
        let done = match self.turn() {
            Err(()) => return Err(EraseFault::Stopped),
            Ok(None) => return self.inner.erase(positions).await,
            Ok(Some(How::Before)) => 0,
            Ok(Some(How::Half)) => positions.len().div_ceil(2),
            Ok(Some(How::After)) => positions.len(),
        };
        self.inner.erase(&positions[..done]).await?;
        Err(EraseFault::Unknown)
    }

    async fn find(&self, key: &str) -> Result<Option<Appended>, ReadFault> {
        self.inner.find(key).await
    }

    async fn load(
        &self,
        stream: &str,
        version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        self.inner.load(stream, version, limit).await
    }

    async fn read_from(
        &self,
        position: Position,
        limit: usize,
    ) -> Result<Vec<Recorded>, ReadFault> {
        self.inner.read_from(position, limit).await
    }

    async fn keys(&self, key: &str, limit: usize) -> Result<Vec<(String, Appended)>, ReadFault> {
        self.inner.keys(key, limit).await
    }

    async fn clock(&self) -> Result<Option<At>, ReadFault> {
        Ok(self.clock.as_ref().map(|at| At(at.load(Ordering::SeqCst))))
    }

    async fn head(&self) -> Result<Position, ReadFault> {
        self.inner.head().await
    }

    fn subscribe(&self) -> watch::Receiver<Position> {
        self.inner.subscribe()
    }

    fn stopped(&self) -> watch::Receiver<bool> {
        self.stopped.subscribe()
    }
}
