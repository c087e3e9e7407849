//! What the room shows its recorder: every forwarded frame, once, in order of arrival.
//! The channel is bounded and never waited for: a full channel loses frames, marked by
//! `TapEvent::Gap`, and never delays a call. Nothing here writes to a disk.

use kernel::At;
use media::Codec;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

/// What happened to one recorded track, or to a whole room.
#[derive(Clone, Debug)]
pub enum TapEvent {
    /// A participant's track begins. Frames follow; the first of a video track may be a delta.
    TrackStarted {
        /// The room's name.
        room: Arc<str>,
        /// The publisher's identity.
        participant: Arc<str>,
        /// The track's id, unique within the room and never used twice.
        track: Arc<str>,
        /// What its frames are.
        codec: Codec,
        /// When it was published.
        at: At,
    },
    /// One whole encoded frame, exactly as forwarded.
    Frame {
        /// The room's name.
        room: Arc<str>,
        /// The publisher's identity.
        participant: Arc<str>,
        /// The track's id.
        track: Arc<str>,
        /// Media time: the track's RTP time, laid on the wall clock at its first arrival.
        at: At,
        /// Whether decoding can begin here (always true for Opus).
        key: bool,
        /// Width in pixels, known at VP8 key frames.
        width: Option<u16>,
        /// Height in pixels, known at VP8 key frames.
        height: Option<u16>,
        /// Whether no frame is known to be missing just before this one.
        contiguous: bool,
        /// The frame.
        data: Arc<[u8]>,
    },
    /// The track is muted or unmuted by its publisher.
    TrackMuted {
        /// The room's name.
        room: Arc<str>,
        /// The publisher's identity.
        participant: Arc<str>,
        /// The track's id.
        track: Arc<str>,
        /// True when muted.
        muted: bool,
        /// When.
        at: At,
    },
    /// The track is over; no frame of it follows.
    TrackEnded {
        /// The room's name.
        room: Arc<str>,
        /// The publisher's identity.
        participant: Arc<str>,
        /// The track's id.
        track: Arc<str>,
        /// When.
        at: At,
    },
    /// `lost` events did not fit the channel just before this one: the recorder marks a gap.
    Gap {
        /// How many events were dropped, of all rooms.
        lost: u64,
        /// When the channel took events again.
        at: At,
    },
    /// The room is gone; close its files. Sent again with the next event if the channel was full.
    RoomFinished {
        /// The room's name.
        room: Arc<str>,
        /// When.
        at: At,
    },
}

/// The room's end of the tap. Cheap to clone; sending never blocks.
#[derive(Clone, Debug)]
pub struct TapSender {
    channel: SyncSender<TapEvent>,
    lost: Arc<AtomicU64>,
    unreported: Arc<AtomicU64>,
}

/// A tap of `depth` events: about `depth / 80` seconds of one participant's audio and video.
pub fn tap(depth: usize) -> (TapSender, Receiver<TapEvent>) {
    let (channel, receiver) = sync_channel(depth);
    (TapSender { channel, lost: Arc::default(), unreported: Arc::default() }, receiver)
}

impl TapSender {
    /// Sends `event` if there is room for it, else counts it as lost. Reports earlier losses first.
    pub fn send(&self, at: At, event: TapEvent) -> bool {
        let lost = self.unreported.swap(0, Ordering::Relaxed);
        if lost > 0 && self.channel.try_send(TapEvent::Gap { lost, at }).is_err() {
            self.unreported.fetch_add(lost, Ordering::Relaxed);
        }
        match self.channel.try_send(event) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                self.lost.fetch_add(1, Ordering::Relaxed);
                self.unreported.fetch_add(1, Ordering::Relaxed);
                false
            }
        }
    }

    /// How many events never reached the recorder.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(room: &str) -> TapEvent {
        TapEvent::RoomFinished { room: room.into(), at: At(1) }
    }

    #[test]
    fn a_full_tap_loses_events_and_says_how_many_when_it_takes_events_again() {
        let (sender, receiver) = tap(2);
        assert!(sender.send(At(1), finished("a")));
        assert!(sender.send(At(1), finished("b")));
        assert!(!sender.send(At(1), finished("c")));
        assert!(receiver.recv().is_ok());
        assert!(receiver.recv().is_ok());
        assert!(sender.send(At(2), finished("d")));
        assert!(matches!(receiver.recv(), Ok(TapEvent::Gap { lost: 1, .. })));
        assert_eq!(sender.lost(), 1);
    }
}
