//! What the engine refuses to grow past, and why.

use std::time::Duration;

/// States kept at hand; a hub has a few hundred live streams at its busiest.
pub const STATES_MAX: usize = 2048;
/// Data keys kept at hand.
pub const KEYS_MAX: usize = 8192;
/// Tries when somebody else wrote to the stream in between; more means a hot loop.
pub const CONFLICT_TRIES_MAX: u32 = 8;
/// Records that the read models take in one transaction: small enough to stay live.
pub const BATCH_MAX: usize = 256;
/// How long an append waits for the read models, so that the next page shows what was done.
pub const SHOWN_WITHIN: Duration = Duration::from_secs(5);
/// How often deadlines and due work are looked at: a fifth of a second is beneath notice.
pub const TICK: Duration = Duration::from_millis(200);
/// Two clocks that are further apart than this do not agree.
pub const CLOCK_SKEW_MAX: Duration = Duration::from_secs(5 * 60);
/// How often the trusted time is noted beside the keys.
pub const MARK_EVERY: Duration = Duration::from_secs(60);
/// Names of keys in one event of an epoch's end: an event stays far below the journal's limit.
pub const EXPIRED_NAMES_MAX: usize = 500;
/// How often a reader may stand in the way of an erasure before the job gives up until its next
/// turn, and how long it waits for such a reader.
pub const ERASE_TRIES_MAX: u32 = 20;
/// See `ERASE_TRIES_MAX`.
pub const ERASE_AGAIN: Duration = Duration::from_millis(100);
/// Keys whose words are looked for after they are gone: a sample, since a day may have thousands.
pub const NEEDLE_KEYS_MAX: usize = 64;
/// Pieces of text looked for, of each such key.
pub const NEEDLES_EACH_MAX: usize = 16;
/// How often expired epochs are looked for: promptly, and cheap enough to ask for ever.
pub const FORGET_EVERY: Duration = Duration::from_secs(10);
/// Pieces of due work performed at once: a slow provider must not hold up the others.
pub const WORK_AT_ONCE: usize = 16;
/// After this many failures due work is given up and shown as such; with the delays below
/// that is about a day.
pub const WORK_TRIES_MAX: u32 = 20;
/// Reactions note in the journal how far they are after so many events, so that a rebuilt
/// file of read models does not react to all of history again.
pub const REACHED_EVERY: u64 = 256;

/// How long due work waits after its `tries`-th failure: doubling from a second to an hour.
pub fn work_delay(tries: u32) -> Duration {
    Duration::from_secs(1 << tries.min(12)).min(Duration::from_secs(3600))
}
