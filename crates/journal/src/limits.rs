//! What the journal refuses to grow past, and why.

/// Events in one append: a decision says a handful of things; a hundred is a mistake.
pub const EVENTS_MAX: usize = 100;
/// Bytes of one event's clear part: kept small because every read model replays it.
pub const CLEAR_BYTES_MAX: usize = 256 * 1024;
/// Bytes of one event's sealed part: a first account is long, a film is not an event.
pub const SEALED_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of a stream's name or an idempotency key.
pub const NAME_BYTES_MAX: usize = 200;
/// Records that one read returns at most.
pub const READ_MAX: usize = 1000;
