//! How long a schedule is, and what it may reach for.

/// The fewest steps of a schedule: enough for a birth, a deadline and something that goes wrong.
pub const STEPS_MIN: u64 = 20;
/// The most: longer schedules find little more and cost time that further seeds use better.
pub const STEPS_MAX: u64 = 60;
/// Copies of journal and keys kept at once; the oldest goes first, as in a real rotation.
pub const BACKUPS_MAX: usize = 4;
/// Streams alive in one schedule: every check reads them all.
pub const STREAMS_MAX: usize = 12;
/// Writes within one command; a crash is drawn at one of them.
pub const WRITES_MAX: u64 = 8;
/// A schedule that takes so many seconds hangs: it usually takes hundredths of one.
pub const SECONDS_MAX: u64 = 120;
