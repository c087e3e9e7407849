//! The clocks of the host: the only place that reads them.

use kernel::At;
use room::Now;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The wall clock that tokens are dated by and arrival times are put on record with: the same one
/// as the rest of the service has, so that both agree where time is moved.
pub type Wall = Arc<dyn Fn() -> At + Send + Sync>;

/// Both clocks now.
pub(crate) fn now(wall: &Wall) -> Now {
    Now { instant: instant(), at: wall() }
}

/// The monotonic clock now.
#[expect(clippy::disallowed_methods, reason = "media needs the monotonic clock of its thread")]
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// The machine's own wall clock, for a host that stands alone.
#[expect(clippy::disallowed_methods, reason = "arrival times go on the record")]
pub fn machine_wall() -> At {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    At(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
