//! What the recording's pages and its keeper refuse to grow past, and why.

use std::time::Duration;

/// Segments of one slot close together: this long after the first all of them are there, and a
/// call writes little more than one event a second.
pub(crate) const GATHER: Duration = Duration::from_millis(250);
/// Tries of a note that the journal did not take; what is lost then is found by `recover`.
pub(crate) const NOTE_TRIES: u32 = 5;
/// Recordings looked through after a restart: those that had not ended.
pub(crate) const RECOVER_MAX: i64 = 1_000;
/// Recordings shown for one incident.
pub(crate) const LIST_MAX: i64 = 50;
/// Gaps, stills and markers shown of one recording.
pub(crate) const MARKS_MAX: i64 = 1_000;
/// Segments of one recording: `media::limits::MAX_LANE_SEGMENTS` for each of a few lanes.
pub(crate) const SEGMENTS_MAX: i64 = 400_000;
/// Damaged segments named one by one; more are counted.
pub(crate) const NAMED_MAX: usize = 50;
/// A still asked for longer ago is not taken any more: the moment is gone.
pub(crate) const STILL_OLD: Duration = Duration::from_secs(15);
/// A camera has two seconds to bring its first bytes before the banner turns red.
pub(crate) const FIRST_BYTES: Duration = Duration::from_secs(2);
