//! Appends a second: what `sightline bench` measures on a journal. The clock is the caller's.

use crate::{Append, AppendFault, Expected, Journal, NewEvent};
use kernel::At;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

/// How many appends a second so many writers get acknowledged. Each writes to a stream of its
/// own, one event of about the size of a saved answer, and waits for the acknowledgement before
/// it goes on. `now` is asked at the start and at the end.
pub async fn appends_per_second(
    journal: Arc<dyn Journal>,
    writers: usize,
    span: Duration,
    now: &(dyn Fn() -> At + Sync),
) -> Result<f64, AppendFault> {
    let over = Arc::new(AtomicBool::new(false));
    let done = Arc::new(AtomicU64::new(0));
    let begun = now();
    let mut running = JoinSet::new();
    for writer in 0..writers {
        let (journal, over, done) = (Arc::clone(&journal), Arc::clone(&over), Arc::clone(&done));
        running.spawn(async move {
            while !over.load(Ordering::Relaxed) {
                journal.append(sample(writer, begun)).await?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        });
    }
    tokio::time::sleep(span).await;
    let count = done.load(Ordering::Relaxed);
    let took = now().since(begun).as_secs_f64();
    over.store(true, Ordering::Relaxed);
    while let Some(ended) = running.join_next().await {
        ended.expect("a writer of the measurement does not panic")?;
    }
    Ok(count as f64 / took.max(f64::MIN_POSITIVE))
}

fn sample(writer: usize, at: At) -> Append {
    Append {
        stream: format!("bench/{writer}"),
        expected: Expected::Any,
        events: vec![NewEvent {
            kind: "bench.answer_saved.v1".into(),
            clear: r#"{"question":"01","state":"answered"}"#.into(),
            sealed: Some(vec![0x5a; 250]),
        }],
        at,
        actor: "system".into(),
        purpose: "bench".into(),
        key: None,
    }
}
