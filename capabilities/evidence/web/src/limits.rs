//! Every number, with its reason.

/// Exports of one incident, or waiting, shown at once: a force has a few a week.
pub(crate) const EXPORTS_MAX: i64 = 100;
/// Steps of one export shown: ten copies of four steps, and the rest.
pub(crate) const STEPS_MAX: i64 = 200;
/// Streams of one incident: its calls, recordings, referrals, requests and exports.
pub(crate) const STREAMS_MAX: i64 = 200;
/// Entries of one custody log: a long case has some hundreds, and each is proved in the package.
pub(crate) const CUSTODY_MAX: i64 = 2_000;
/// Messages and markers of one call: the call's own rules take no more.
pub(crate) const SAID_MAX: i64 = 5_000;
/// Bytes that leave at once: a few of these are all of a package that is in memory.
pub(crate) const CHUNK: usize = 256 * 1024;
/// Chunks that wait for a slow line before the making of a package waits too.
pub(crate) const CHUNKS_WAITING: usize = 8;
/// Packages made at once: each takes a core for its seal, and calls come first.
pub(crate) const AT_ONCE: usize = 2;
/// Damaged pieces named one by one; more are counted.
pub(crate) const NAMED_MAX: usize = 50;
/// Characters of a pasted key of the receiver: such a key has 62.
pub(crate) const RECIPIENT_KEY_MAX: usize = 200;
