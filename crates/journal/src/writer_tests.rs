//! The writer over a store that does what the test says, so that every moment can be chosen.

use super::*;
use crate::{Expected, NewEvent};
use kernel::At;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A store that says what it was given and waits to be told what comes of it.
struct Told {
    given: UnboundedSender<usize>,
    outcomes: UnboundedReceiver<bool>,
    closed: Option<oneshot::Sender<()>>,
    head: u64,
}

#[async_trait]
impl Transact for Told {
    async fn transact(&mut self, batch: &[Append]) -> Result<Verdicts, Source> {
        self.given.send(batch.len()).unwrap();
        if !self.outcomes.recv().await.unwrap() {
            return Err("the disk is gone".into());
        }
        let mut one = || {
            self.head += 1;
            let at = Position(self.head);
            Ok(Appended { first: at, last: at, version: self.head, repeated: false })
        };
        Ok(batch.iter().map(|_| one()).collect())
    }

    async fn erase(&mut self, positions: &[Position]) -> Result<Erasure, Source> {
        self.given.send(positions.len()).unwrap();
        if !self.outcomes.recv().await.unwrap() {
            return Err("the disk is gone".into());
        }
        // What is left behind, the last of several takes along.
        let lingers = positions.len() == limits::ERASE_MAX;
        Ok(Erasure { erased: positions.len() as u64, lingers })
    }

    async fn close(mut self) {
        self.closed.take().unwrap().send(()).unwrap_or_default();
    }
}

struct Store {
    writer: Arc<Writer>,
    given: UnboundedReceiver<usize>,
    outcomes: UnboundedSender<bool>,
    closed: oneshot::Receiver<()>,
}

fn store() -> Store {
    let (given, given_rx) = unbounded_channel();
    let (outcomes, outcomes_rx) = unbounded_channel();
    let (closed, closed_rx) = oneshot::channel();
    let told = Told { given, outcomes: outcomes_rx, closed: Some(closed), head: 0 };
    let writer = Arc::new(Writer::start(told, Position(0)));
    Store { writer, given: given_rx, outcomes, closed: closed_rx }
}

fn append() -> Append {
    Append {
        stream: "test/1".into(),
        expected: Expected::Any,
        events: vec![NewEvent { kind: "t.v1".into(), clear: "{}".into(), sealed: None }],
        at: At(1),
        actor: "system".into(),
        purpose: "test".into(),
        key: None,
    }
}

type Waiting = JoinHandle<Result<Appended, AppendFault>>;

/// Appends that are all in the queue when this returns.
async fn queued(writer: &Arc<Writer>, count: usize) -> Vec<Waiting> {
    let one = |_| {
        let writer = Arc::clone(writer);
        tokio::spawn(async move { writer.append(append()).await })
    };
    let waiting = (0..count).map(one).collect();
    // On one thread each has run up to its wait for an answer once this one runs again.
    tokio::task::yield_now().await;
    waiting
}

#[tokio::test]
async fn what_gathers_during_a_sync_shares_the_next() {
    let mut store = store();
    let first = queued(&store.writer, 1).await;
    assert_eq!(store.given.recv().await, Some(1));
    let others = queued(&store.writer, 70).await;
    store.outcomes.send(true).unwrap();
    assert_eq!(store.given.recv().await, Some(70));
    store.outcomes.send(true).unwrap();
    for waiting in first.into_iter().chain(others) {
        waiting.await.unwrap().unwrap();
    }
    assert_eq!(store.writer.counts(), Counts { appends: 71, commits: 2 });
    assert_eq!(*store.writer.subscribe().borrow(), Position(71));
}

#[tokio::test]
async fn after_a_commit_that_failed_nothing_is_acknowledged_or_tried_again() {
    let mut store = store();
    let mut stopped = store.writer.stopped();
    let in_it = queued(&store.writer, 1).await;
    assert_eq!(store.given.recv().await, Some(1));
    let behind_it = queued(&store.writer, 5).await;
    store.outcomes.send(false).unwrap();
    stopped.wait_for(|stopped| *stopped).await.unwrap();
    for waiting in in_it {
        assert!(matches!(waiting.await.unwrap(), Err(AppendFault::Unknown)));
    }
    for waiting in behind_it {
        assert!(matches!(waiting.await.unwrap(), Err(AppendFault::Stopped)));
    }
    let after = store.writer.append(append()).await;
    assert!(matches!(after, Err(AppendFault::Stopped)));
    store.closed.await.unwrap();
    assert_eq!(store.given.recv().await, None, "the store was not asked again");
    assert_eq!(store.writer.counts(), Counts::default());
}

#[tokio::test]
async fn closing_writes_what_waits_and_takes_nothing_more() {
    let mut store = store();
    let waiting = queued(&store.writer, 3).await;
    let writer = Arc::clone(&store.writer);
    let closing = tokio::spawn(async move { writer.close().await });
    tokio::task::yield_now().await;
    let late = store.writer.append(append()).await;
    assert!(matches!(late, Err(AppendFault::Stopped)));
    assert!(store.given.recv().await.is_some());
    store.outcomes.send(true).unwrap();
    store.outcomes.send(true).unwrap();
    closing.await.unwrap();
    for waiting in waiting {
        waiting.await.unwrap().unwrap();
    }
    assert!(!*store.writer.stopped().borrow(), "closed in good order is not a fault");
}

#[tokio::test]
async fn an_append_whose_caller_went_away_is_still_written() {
    let mut store = store();
    let waiting = queued(&store.writer, 1).await;
    assert_eq!(store.given.recv().await, Some(1));
    waiting.into_iter().for_each(|waiting| waiting.abort());
    store.outcomes.send(true).unwrap();
    let mut head = store.writer.subscribe();
    head.wait_for(|head| *head == Position(1)).await.unwrap();
}

#[tokio::test]
async fn a_writer_that_dies_leaves_unknown_behind_and_not_silence() {
    let mut store = store();
    let waiting = queued(&store.writer, 1).await;
    assert_eq!(store.given.recv().await, Some(1));
    drop(store.outcomes);
    for waiting in waiting {
        assert!(matches!(waiting.await.unwrap(), Err(AppendFault::Unknown)));
    }
    let after = store.writer.append(append()).await;
    assert!(matches!(after, Err(AppendFault::Stopped)));
    assert!(*store.writer.stopped().borrow(), "and whoever follows is told to end");
}

fn erasing(writer: &Arc<Writer>, many: usize) -> JoinHandle<Result<u64, EraseFault>> {
    let writer = Arc::clone(writer);
    let positions: Vec<_> = (1..=many as u64).map(Position).collect();
    tokio::spawn(async move { writer.erase(&positions).await })
}

#[tokio::test]
async fn an_erasure_stands_in_the_queue_and_nothing_overtakes_it() {
    let mut store = store();
    let first = queued(&store.writer, 1).await;
    assert_eq!(store.given.recv().await, Some(1));
    let before = queued(&store.writer, 2).await;
    let erasing = erasing(&store.writer, 5);
    tokio::task::yield_now().await;
    let after = queued(&store.writer, 3).await;
    for given in [2, 5, 3] {
        store.outcomes.send(true).unwrap();
        assert_eq!(store.given.recv().await, Some(given));
    }
    store.outcomes.send(true).unwrap();
    assert_eq!(erasing.await.unwrap().unwrap(), 5);
    for waiting in first.into_iter().chain(before).chain(after) {
        waiting.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_long_erasure_is_cut_and_only_its_last_part_may_leave_nothing_behind() {
    let mut store = store();
    let (whole, odd) = (erasing(&store.writer, 2 * limits::ERASE_MAX), limits::ERASE_MAX + 1);
    for _ in 0..2 {
        assert_eq!(store.given.recv().await, Some(limits::ERASE_MAX));
        store.outcomes.send(true).unwrap();
    }
    let lingers = whole.await.unwrap();
    assert!(matches!(lingers, Err(EraseFault::Lingers { erased: 512 })), "{lingers:?}");
    let whole = erasing(&store.writer, odd);
    for given in [limits::ERASE_MAX, 1] {
        assert_eq!(store.given.recv().await, Some(given));
        store.outcomes.send(true).unwrap();
    }
    assert_eq!(whole.await.unwrap().unwrap(), odd as u64);
    assert_eq!(store.writer.erase(&[]).await.unwrap(), 0, "nothing is nothing");
}

#[tokio::test]
async fn an_erasure_that_failed_is_unknown_and_stops_the_journal() {
    let mut store = store();
    let failing = erasing(&store.writer, 1);
    assert_eq!(store.given.recv().await, Some(1));
    let (behind, erased) = (queued(&store.writer, 1).await, erasing(&store.writer, 1));
    tokio::task::yield_now().await;
    store.outcomes.send(false).unwrap();
    assert!(matches!(failing.await.unwrap(), Err(EraseFault::Unknown)));
    for waiting in behind {
        assert!(matches!(waiting.await.unwrap(), Err(AppendFault::Stopped)));
    }
    assert!(matches!(erased.await.unwrap(), Err(EraseFault::Stopped)));
    assert!(*store.writer.stopped().borrow());
}
