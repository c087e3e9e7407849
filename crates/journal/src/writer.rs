//! The one writer of a journal and its group commit: while one transaction is being made durable
//! the next appends gather, and all of them share its sync. What a transaction is, the backend
//! says. A commit that failed is never tried again: the writer stops.

use crate::{Append, AppendFault, Appended, Position, limits};
use async_trait::async_trait;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// What each append of a batch came to, in the order of the batch.
pub type Verdicts = Vec<Result<Appended, AppendFault>>;

/// The source of a failed transaction, printed once, by the writer.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// The transaction of a backend.
#[async_trait]
pub trait Transact: Send + 'static {
    /// Judges and writes all of the batch in one durable transaction. An error says that the
    /// outcome is not known; it is not called again afterwards.
    async fn transact(&mut self, batch: &[Append]) -> Result<Verdicts, Source>;

    /// Lets go of the store, in good order or not.
    async fn close(self);
}

/// How often the store was made durable, and for how many appends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Appends that were acknowledged or refused.
    pub appends: u64,
    /// Transactions that were committed for them.
    pub commits: u64,
}

struct Request {
    append: Append,
    reply: oneshot::Sender<Result<Appended, AppendFault>>,
}

#[derive(Default)]
struct Shared {
    appends: AtomicU64,
    commits: AtomicU64,
    head: watch::Sender<Position>,
    stopped: watch::Sender<bool>,
}

/// The handle on the one writer.
pub struct Writer {
    requests: Mutex<Option<mpsc::Sender<Request>>>,
    task: tokio::sync::Mutex<Option<JoinHandle<()>>>,
    shared: Arc<Shared>,
}

impl Writer {
    /// Starts the writer on the current runtime.
    pub fn start(transact: impl Transact, head: Position) -> Self {
        let shared = Arc::new(Shared::default());
        shared.head.send_replace(head);
        let (requests, waiting) = mpsc::channel(limits::WAITING_MAX);
        let task = tokio::spawn(run(transact, waiting, Arc::clone(&shared)));
        Self { requests: Mutex::new(Some(requests)), task: Some(task).into(), shared }
    }

    /// A writer that refuses everything, for a journal that is only read.
    pub fn none(head: Position) -> Self {
        let shared = Arc::new(Shared::default());
        shared.head.send_replace(head);
        Self { requests: Mutex::new(None), task: None.into(), shared }
    }

    /// Appends with whatever else is waiting. An append whose caller goes away is still written.
    pub async fn append(&self, append: Append) -> Result<Appended, AppendFault> {
        append.check()?;
        let requests = self.requests.lock().expect("no holder of this lock panics").clone();
        let requests = requests.ok_or(AppendFault::Stopped)?;
        let (reply, answer) = oneshot::channel();
        let sent = requests.send(Request { append, reply }).await;
        sent.map_err(|_| AppendFault::Stopped)?;
        drop(requests);
        // The writer went away with the request in hand: nobody knows.
        answer.await.unwrap_or(Err(AppendFault::Unknown))
    }

    /// Tells the followers of a position that another process wrote.
    pub fn saw(&self, head: Position) {
        saw(&self.shared.head, head);
    }

    /// Follows the last position.
    pub fn subscribe(&self) -> watch::Receiver<Position> {
        self.shared.head.subscribe()
    }

    /// Turns true once a commit failed.
    pub fn stopped(&self) -> watch::Receiver<bool> {
        self.shared.stopped.subscribe()
    }

    /// How many syncs were shared by how many appends.
    pub fn counts(&self) -> Counts {
        Counts {
            appends: self.shared.appends.load(Ordering::Relaxed),
            commits: self.shared.commits.load(Ordering::Relaxed),
        }
    }

    /// Takes nothing more, writes what waits, and lets go of the store.
    pub async fn close(&self) {
        self.requests.lock().expect("no holder of this lock panics").take();
        if let Some(task) = self.task.lock().await.take() {
            // A writer that panicked has let go as well; its callers were told Unknown.
            drop(task.await);
        }
    }
}

fn saw(head: &watch::Sender<Position>, seen: Position) {
    head.send_if_modified(|known| {
        let newer = seen > *known;
        *known = seen.max(*known);
        newer
    });
}

async fn run(
    mut transact: impl Transact,
    mut waiting: mpsc::Receiver<Request>,
    shared: Arc<Shared>,
) {
    let _told = Told(Arc::clone(&shared));
    let mut sharing = 1;
    while let Some(first) = waiting.recv().await {
        let (batch, replies) = gather(first, &mut waiting, sharing).await;
        sharing = batch.len();
        match transact.transact(&batch).await {
            Ok(verdicts) => {
                shared.commits.fetch_add(1, Ordering::Relaxed);
                shared.appends.fetch_add(batch.len() as u64, Ordering::Relaxed);
                acknowledge(&shared.head, verdicts, replies);
            }
            Err(source) => {
                tracing::error!(error = %source, "a commit failed: the journal stops");
                shared.stopped.send_replace(true);
                refuse(replies, || AppendFault::Unknown);
                waiting.close();
                while let Some(request) = waiting.recv().await {
                    refuse(vec![request.reply], || AppendFault::Stopped);
                }
            }
        }
    }
    transact.close().await;
}

/// Says that the journal has stopped when the writer panics: nobody else would.
struct Told(Arc<Shared>);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stopped.send_replace(true);
        }
    }
}

type Reply = oneshot::Sender<Result<Appended, AppendFault>>;

/// Takes what waits, up to the limits. Those who shared the last sync are about to come back, so
/// it steps aside for them a few times instead of syncing for the first alone.
async fn gather(
    first: Request,
    waiting: &mut mpsc::Receiver<Request>,
    sharing: usize,
) -> (Vec<Append>, Vec<Reply>) {
    let mut bytes = first.append.bytes();
    let (mut batch, mut replies) = (vec![first.append], vec![first.reply]);
    let mut patience = limits::PATIENCE;
    while batch.len() < limits::BATCH_MAX && bytes < limits::BATCH_BYTES_MAX {
        if let Ok(next) = waiting.try_recv() {
            bytes += next.append.bytes();
            batch.push(next.append);
            replies.push(next.reply);
        } else if batch.len() < sharing && patience > 0 {
            patience -= 1;
            tokio::task::yield_now().await;
        } else {
            break;
        }
    }
    (batch, replies)
}

fn acknowledge(head: &watch::Sender<Position>, verdicts: Verdicts, replies: Vec<Reply>) {
    let written = verdicts.iter().flatten().filter(|done| !done.repeated);
    if let Some(last) = written.map(|done| done.last).max() {
        saw(head, last);
    }
    for (verdict, reply) in verdicts.into_iter().zip(replies) {
        // A caller that went away finds out by its idempotency key.
        drop(reply.send(verdict));
    }
}

fn refuse(replies: Vec<Reply>, fault: impl Fn() -> AppendFault) {
    for reply in replies {
        drop(reply.send(Err(fault())));
    }
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
