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
                // A journal in memory never waits by itself.
                tokio::task::yield_now().await;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryJournal;
    use std::sync::atomic::AtomicI64;

    #[tokio::test]
    async fn a_rate_is_what_was_acknowledged_by_the_clock_that_was_given() {
        let journal = Arc::new(MemoryJournal::default());
        let clock = AtomicI64::new(0);
        let now = || At(clock.fetch_add(2_000_000, Ordering::Relaxed));
        let rate = appends_per_second(journal.clone(), 4, Duration::from_millis(5), &now).await;
        let head = journal.head().await.unwrap();
        // What was under way when the time was over is written and not counted.
        assert!(rate.unwrap() <= head.0 as f64 / 2.0);
    }
}
