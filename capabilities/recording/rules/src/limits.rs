//! What the rules of a recording refuse to grow past, and why.

/// Segments in one note: six people with camera and sound write 15 a second; a recovery after a
/// kill comes in pieces of this size.
pub const MAX_NOTED: usize = 512;
/// Stills of one call: an officer who needs more needs a scene examiner.
pub const MAX_STILLS: usize = 200;
/// A track's id in the room is 15 bytes; the media crate allows 128.
pub const MAX_TRACK_BYTES: usize = 128;
/// A stretch shorter than this between two runs of the recorder is no gap (microseconds).
pub const GAP_MICROS: i64 = 1_000_000;
