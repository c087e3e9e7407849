//! Every bound of the host, each with its reason.

use std::time::Duration;

/// Rooms at once: a core carries about 150 calls of two (measured); twice that is a mistake.
pub(crate) const ROOMS: usize = 300;

/// Signalling frames waiting for one client: a join sends a dozen. A client this far behind has
/// lost its connection without knowing.
pub(crate) const OUTBOX: usize = 256;

/// Commands waiting for the media thread. Signalling waits when it is full; media never does.
pub(crate) const COMMANDS: usize = 4096;

/// Host events waiting for a slow listener, about a minute of a busy host.
pub(crate) const EVENTS: usize = 4096;

/// One URL: a join request of `room::limits::SIGNAL_BYTES` and a token.
pub(crate) const SIGNAL_BYTES: usize = room::limits::SIGNAL_BYTES;

/// Datagrams and commands taken before timers are looked at again.
pub(crate) const BATCH: usize = 64;

/// The longest datagram read: nothing in WebRTC is longer than an Ethernet frame.
pub(crate) const DATAGRAM: usize = 2048;

/// Addresses remembered for one seat: a phone moves between a few networks in a call.
pub(crate) const ADDRESSES: usize = 16;

/// Joins a second in the long run, and at once. One costs about 17 ms of a core.
pub(crate) const JOINS_A_SECOND: f64 = 25.0;
/// Joins at once: everybody of 40 calls after a restart.
pub(crate) const JOINS_AT_ONCE: f64 = 100.0;

/// A client says something every five seconds; after three silences its connection is gone.
pub(crate) const SILENCE: Duration = Duration::from_secs(20);

/// How long one signalling frame may take to be written.
pub(crate) const WRITE: Duration = Duration::from_secs(5);

/// A token: some claims and a signature.
pub(crate) const TOKEN_BYTES: usize = 4096;

/// How far a clock may differ from ours, in seconds.
pub(crate) const CLOCK_SKEW: i64 = 30;
