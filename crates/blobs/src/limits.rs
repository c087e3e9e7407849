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

/// Rounds of more objects than this are made durable by one sync of the whole file system.
/// Measured on a busy machine: 400 files one by one 1,400 ms, by eight threads 82 ms, by one sync
/// of all 19 ms; 8 files one by one 35 ms, by one sync of all 9 ms.
pub const FEW: usize = 3;

/// Names of one listing: a call of a day has 430,000 segments on four tracks.
pub const MAX_LISTED: usize = 1_000_000;
