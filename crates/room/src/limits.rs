//! Every bound of a room, each with its reason. Nothing here is a policy of the police.

use std::time::Duration;

/// People in one room: victim, officer, supervisor, interpreter, advocate, colleague.
pub const PARTICIPANTS: usize = 6;

/// Tracks one participant may publish: a camera, a microphone, and one spare of each to replace
/// them while the old ones end.
pub const TRACKS: usize = 4;

/// Media sections one connection may hold. Each re-publication by somebody else may take a new
/// one; browsers slow down long before this.
pub const SECTIONS: usize = 64;

/// One signalling frame: the largest honest one is an offer of `SECTIONS` sections, about 40 KiB.
pub const SIGNAL_BYTES: usize = 64 * 1024;

/// One inflated join request: gzip makes an offer about a sixth of its size.
pub const JOIN_BYTES: usize = 256 * 1024;

/// One data message: what `livekit-client` will send in one piece.
pub const DATA_BYTES: usize = 64 * 1024;

/// Length of a name or identity as taken from a token.
pub const NAME_BYTES: usize = 256;

/// Length of a client's own id of a track.
pub const CID_BYTES: usize = 256;

/// How often a receiver's estimate is relayed to the publishers (see `rate`).
pub const RELAY_EVERY: Duration = Duration::from_millis(250);

/// How often connection quality is told to everybody, in relays: 8 × 250 ms = 2 s.
pub const QUALITY_EVERY: u32 = 8;

/// Key frames are asked for at most this often per track: an encoder needs about as long to
/// make one, and each costs ten delta frames.
pub const KEY_FRAME_EVERY: Duration = Duration::from_millis(500);

/// What one audio track costs on the wire: Opus at 32 kbit/s, headers of 50 packets a second.
pub const AUDIO_BITS: u64 = 50_000;

/// The least a publisher is asked to send: below this VP8 shows nothing.
pub const FLOOR_BITS: u64 = 40_000;

/// The most a publisher is asked to send: 640×360 at 20 fps needs no more.
pub const CEILING_BITS: u64 = 1_700_000;

/// The estimate a connection starts with, before any feedback: a poor mobile uplink.
pub const START_BITS: u64 = 500_000;

/// Nothing at all from a connected client for so long: their network is gone. A browser checks
/// the path every 2.5 s, and sends reports or media many times a second.
pub const SILENCE: Duration = Duration::from_secs(4);

/// How far media time may leave arrival time before it is laid on the clock again.
pub const CLOCK_SLACK: Duration = Duration::from_secs(1);

/// How often one `Rtc` may ask to be called again at once before it waits for the next datagram.
pub const IMMEDIATE_POLLS: usize = 64;
