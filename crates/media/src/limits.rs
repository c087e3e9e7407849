//! Every limit of coded media, with its reason. No limit of this crate is written elsewhere.

/// The recorder closes the segments of all tracks of a room at the same instants, this many
/// microseconds apart, so that what happened together stands together in the player's file. A
/// crash loses what is in memory: 0.8 s leaves 0.2 s to seal, write and sync before the promise
/// of one second is broken.
pub const SLOT_MICROS: i64 = 800_000;

/// The longest segment that is accepted: the promise itself.
pub const MAX_SPAN_MICROS: i64 = 1_000_000;

/// One coded frame: a 4K VP8 key frame is below 2 MiB; twice that for safety.
pub const MAX_FRAME_BYTES: usize = 4 << 20;

/// One segment: a second at 100 Mbit/s is 12 MiB.
pub const MAX_SEGMENT_BYTES: usize = 16 << 20;

/// Frames of one segment: 2.5 ms Opus frames are 400 a second, and a burst may double them.
pub const MAX_SEGMENT_FRAMES: usize = 1_000;

/// A track's or participant's name: LiveKit ids are 15 bytes, ours below 64.
pub const MAX_NAME_BYTES: usize = 128;

/// A codec's set-up bytes (H.264 parameter sets): usually below 64.
pub const MAX_SETUP_BYTES: usize = 1_024;

/// Lanes of one file: six participants with camera and sound, and room for a shared screen.
pub const MAX_LANES: usize = 16;

/// Segments of one lane: a call of 22 hours.
pub const MAX_LANE_SEGMENTS: usize = 100_000;

/// The longest file: what a player can be asked to seek in (24 hours).
pub const MAX_FILE_MICROS: i64 = 24 * 3_600 * 1_000_000;

/// Silence on a track longer than this is a gap. Opus sends one frame in 400 ms when nobody
/// speaks, so anything shorter is no loss.
pub const GAP_MICROS: i64 = 1_000_000;

/// Sound-only files get a seek point every so often; players seek by reading on from there.
pub const AUDIO_CUE_MICROS: i64 = 5_000_000;
