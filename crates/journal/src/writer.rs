//! The one writer of a journal and its group commit: while one transaction is being made durable
//! the next appends gather, and all of them share its sync. What a transaction is, the backend
//! says. A commit that failed is never tried again: the writer stops.

use crate::{Append, AppendFault, Appended, EraseFault, Position, limits};
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

    /// Removes the sealed bytes of these records in one durable transaction. An error as above.
    async fn erase(&mut self, positions: &[Position]) -> Result<Erasure, Source>;

    /// Lets go of the store, in good order or not.
    async fn close(self);
}

/// What an erasure did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Records that still had their sealed bytes.
    pub erased: u64,
    /// Whether a copy is left where the store keeps what it wrote last.
    pub lingers: bool,
}

/// How often the store was made durable, and for how many appends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Appends that were acknowledged or refused.
    pub appends: u64,
    /// Transactions that were committed for them.
    pub commits: u64,
}

enum Request {
    Append(Append, Reply),
    Erase(Vec<Position>, EraseReply),
}

type Reply = oneshot::Sender<Result<Appended, AppendFault>>;
type EraseReply = oneshot::Sender<Result<Erasure, EraseFault>>;

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
        let (reply, answer) = oneshot::channel();
        if !self.ask(Request::Append(append, reply)).await {
            return Err(AppendFault::Stopped);
        }
        // The writer went away with the request in hand: nobody knows.
        answer.await.unwrap_or(Err(AppendFault::Unknown))
    }

    /// Erases in turn with the appends, a few records at a time, so that these do not wait long.
    pub async fn erase(&self, positions: &[Position]) -> Result<u64, EraseFault> {
        let mut whole = Erasure { erased: 0, lingers: false };
        for some in positions.chunks(limits::ERASE_MAX) {
            let (reply, answer) = oneshot::channel();
            if !self.ask(Request::Erase(some.to_vec(), reply)).await {
                return Err(EraseFault::Stopped);
            }
            let done = answer.await.unwrap_or(Err(EraseFault::Unknown))?;
            // What an earlier one left behind, a later one takes along.
            whole = Erasure { erased: whole.erased + done.erased, lingers: done.lingers };
        }
        let Erasure { erased, lingers } = whole;
        if lingers { Err(EraseFault::Lingers { erased }) } else { Ok(erased) }
    }

    /// Puts a request in the queue. False: nothing is taken any more.
    async fn ask(&self, request: Request) -> bool {
        let requests = self.requests.lock().expect("no holder of this lock panics").clone();
        match requests {
            Some(requests) => requests.send(request).await.is_ok(),
            None => false,
        }
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
    let mut held = None;
    while let Some(request) = next(&mut held, &mut waiting).await {
        let failed = match request {
            Request::Append(append, reply) => {
                let (batch, replies);
                (batch, replies, held) = gather(append, reply, &mut waiting, sharing).await;
                sharing = batch.len();
                match transact.transact(&batch).await {
                    Ok(verdicts) => {
                        shared.commits.fetch_add(1, Ordering::Relaxed);
                        shared.appends.fetch_add(batch.len() as u64, Ordering::Relaxed);
                        acknowledge(&shared.head, verdicts, replies);
                        continue;
                    }
                    Err(source) => {
                        let unknown = |reply: Reply| drop(reply.send(Err(AppendFault::Unknown)));
                        replies.into_iter().for_each(unknown);
                        source
                    }
                }
            }
            Request::Erase(positions, reply) => match transact.erase(&positions).await {
                Ok(erasure) => {
                    // Whoever went away asks again, and is told that nothing was left.
                    drop(reply.send(Ok(erasure)));
                    continue;
                }
                Err(source) => {
                    drop(reply.send(Err(EraseFault::Unknown)));
                    source
                }
            },
        };
        tracing::error!(error = %failed, "a commit failed: the journal stops");
        shared.stopped.send_replace(true);
        waiting.close();
        while let Some(request) = next(&mut held, &mut waiting).await {
            match request {
                Request::Append(_, reply) => drop(reply.send(Err(AppendFault::Stopped))),
                Request::Erase(_, reply) => drop(reply.send(Err(EraseFault::Stopped))),
            }
        }
    }
    transact.close().await;
}

/// The next request: the one that was taken from the queue and not yet done, or the queue's.
async fn next(
    held: &mut Option<Request>,
    waiting: &mut mpsc::Receiver<Request>,
) -> Option<Request> {
    match held.take() {
        Some(request) => Some(request),
        None => waiting.recv().await,
    }
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

/// Takes the appends that wait, up to the limits or the first that is none (it is given back).
/// Those who shared the last sync are about to come back, so it steps aside for them a few times
/// instead of syncing for the first alone.
async fn gather(
    first: Append,
    reply: Reply,
    waiting: &mut mpsc::Receiver<Request>,
    sharing: usize,
) -> (Vec<Append>, Vec<Reply>, Option<Request>) {
    let mut bytes = first.bytes();
    let (mut batch, mut replies) = (vec![first], vec![reply]);
    let mut patience = limits::PATIENCE;
    while batch.len() < limits::BATCH_MAX && bytes < limits::BATCH_BYTES_MAX {
        match waiting.try_recv() {
            Ok(Request::Append(append, reply)) => {
                bytes += append.bytes();
                batch.push(append);
                replies.push(reply);
            }
            Ok(other) => return (batch, replies, Some(other)),
            Err(_) if batch.len() < sharing && patience > 0 => {
                patience -= 1;
                tokio::task::yield_now().await;
            }
            Err(_) => break,
        }
    }
    (batch, replies, None)
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

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
