//! The two clocks of the host, and its luck: the only place that reads them.

use kernel::At;
use room::Now;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Both clocks now.
#[expect(clippy::disallowed_methods, reason = "media needs the monotonic clock of its thread")]
pub(crate) fn now() -> Now {
    Now { instant: Instant::now(), at: at() }
}

/// The wall clock now.
#[expect(clippy::disallowed_methods, reason = "arrival times go on the record")]
pub(crate) fn at() -> At {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    At(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
