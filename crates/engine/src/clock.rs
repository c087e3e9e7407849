//! The one place that reads the wall clock.

use kernel::At;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> At;
}

/// The wall clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one wall clock")]
    fn now(&self) -> At {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        At(since.unwrap_or_default().as_micros() as i64)
    }
}

/// A clock that somebody moves: tests stand it still, rehearsals and drills shift the wall clock.
pub struct MovedClock {
    still: bool,
    offset: AtomicI64,
}

impl MovedClock {
    /// Stands still at `at` until moved.
    pub const fn still(at: At) -> Self {
        Self { still: true, offset: AtomicI64::new(at.0) }
    }

    /// Runs with the wall clock until moved.
    pub const fn running() -> Self {
        Self { still: false, offset: AtomicI64::new(0) }
    }

    /// Moves it forward.
    pub fn advance(&self, span: Duration) {
        self.offset.fetch_add(span.as_micros() as i64, Ordering::SeqCst);
    }

    /// Moves it back.
    pub fn rewind(&self, span: Duration) {
        self.offset.fetch_sub(span.as_micros() as i64, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> At {
        let base = if self.still { 0 } else { SystemClock.now().0 };
        At(base + self.offset.load(Ordering::SeqCst))
    }
}
