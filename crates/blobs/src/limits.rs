//! Every limit of the object store, with its reason.

/// One part of an object's name: two ids and a number fit.
pub const MAX_PART_BYTES: usize = 160;

/// Parts of a name: kind, room, object, and room to grow.
pub const MAX_PARTS: usize = 6;

/// Objects waiting to be written: 100 calls of four tracks for eight seconds, at most about
/// 200 MB. Beyond it `submit` says so, and the recorder lists a gap.
pub const QUEUE: usize = 4_096;

/// Objects that share one round of syncs. Larger rounds make the first of them wait.
pub const BATCH: usize = 512;

/// Threads that write and sync one round. Syncs in flight together share commits of the file
/// system's journal: measured here, 200 files take 74 ms one by one and 22 ms by eight.
pub const SYNC_THREADS: usize = 8;

/// Names of one listing: a call of a day has 430,000 segments on four tracks.
pub const MAX_LISTED: usize = 1_000_000;
