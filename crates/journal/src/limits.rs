//! What the journal refuses to grow past, and why.

/// Events in one append: a decision says a handful of things; a hundred is a mistake.
pub const EVENTS_MAX: usize = 100;
/// Bytes of one event's clear part: kept small because every read model replays it.
pub const CLEAR_BYTES_MAX: usize = 256 * 1024;
/// Bytes of one event's sealed part: a first account is long, a film is not an event.
pub const SEALED_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of a name: of a stream, an event, an actor, a purpose, an idempotency key.
pub const NAME_BYTES_MAX: usize = 200;
/// Records that one read returns at most.
pub const READ_MAX: usize = 1000;
/// Bytes of all events of one append: it is held in memory until it is durable.
pub const APPEND_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Appends that wait for the writer; the next caller waits for a place among them.
pub const WAITING_MAX: usize = 1024;
/// Appends that share one sync: beyond this the sync is no longer what costs.
pub const BATCH_MAX: usize = 512;
/// Bytes after which a batch takes no further append.
pub const BATCH_BYTES_MAX: usize = 8 * 1024 * 1024;
/// How often the writer steps aside for those who shared its last sync. Each costs about a
/// microsecond when nobody comes; the sync that it may save costs nine thousand.
pub const PATIENCE: usize = 100;
/// Records erased in one transaction: each may be a megabyte that is overwritten, and appends
/// wait meanwhile.
pub const ERASE_MAX: usize = 256;
