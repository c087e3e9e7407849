//! The rehearsal lives in real time; this is the one place that reads its clock.

use std::time::{Duration, Instant};

/// Now.
#[expect(clippy::disallowed_methods, reason = "a rehearsal measures real time")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Milliseconds between two instants.
pub(crate) fn millis(from: Instant, to: Instant) -> u64 {
    u64::try_from(to.saturating_duration_since(from).as_millis()).unwrap_or(u64::MAX)
}

/// Looks again and again until `look` finds something or `patience` is over.
pub(crate) async fn until<T, E, F>(
    patience: Duration,
    every: Duration,
    mut look: impl FnMut() -> F,
) -> Result<Option<T>, E>
where
    F: Future<Output = Result<Option<T>, E>>,
{
    let end = now() + patience;
    loop {
        if let Some(found) = look().await? {
            return Ok(Some(found));
        }
        if now() >= end {
            return Ok(None);
        }
        tokio::time::sleep(every).await;
    }
}
