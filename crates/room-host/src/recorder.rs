//! The recorder: takes what the tap shows, cuts it into segments of less than a second, has each
//! sealed and written, and says what was written, in order. It never delays a call: it hangs on a
//! bounded channel. No plain media reaches a disk, and no key is ever seen here.

mod cutter;
mod desk;
#[cfg(test)]
mod tests;
mod track;

use crate::tap::TapEvent;
use blobs::Blobs;
use kernel::At;
use media::{Codec, Segment, SegmentMeta, Size};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;
use thiserror::Error;
use tokio::sync::watch;

/// A room whose tracks wrote nothing for this long is not being recorded: the red banner.
pub const NO_BYTES_AFTER: Duration = Duration::from_secs(2);
/// How long a still waits for its key frame.
pub const STILL_WITHIN: Duration = Duration::from_secs(3);
/// A picture without a key frame for so long gets one: seeking then decodes ten seconds at most.
pub const KEY_FRAME_EVERY: Duration = Duration::from_secs(10);
/// Requests for a key frame are repeated no faster than this.
pub const ASK_AGAIN_AFTER: Duration = Duration::from_millis(500);
/// An open segment is closed at the latest this long after its slot's length, frames or not.
pub const CLOSE_GRACE: Duration = Duration::from_millis(50);
/// How often time is looked at when nothing comes.
const TICK: Duration = Duration::from_millis(25);
/// Events taken between two looks at the time.
const BURST: usize = 512;

/// Seals bytes under the key of a room's recording. The server implements it with the vault.
pub trait Sealer: Send + Sync {
    /// The sealed bytes, bound to room and object so that they open nowhere else.
    fn seal(&self, room: &str, object: &str, plain: &[u8]) -> Result<Vec<u8>, SealFault>;
}

/// The bytes could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a segment could not be sealed")]
pub struct SealFault;

/// The recorder could not be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the recorder's thread could not be started")]
pub struct RecorderFault;

/// What the recorder works with.
pub struct Parts {
    /// Where objects go.
    pub blobs: Arc<Blobs>,
    /// What seals them.
    pub sealer: Arc<dyn Sealer>,
    /// The wall clock. Media time comes with the frames; this one only tells how long ago.
    pub now: Arc<dyn Fn() -> At + Send + Sync>,
    /// Told everything, in order, from the recorder's threads: hand it on, do not work in it.
    pub report: Arc<dyn Fn(Report) + Send + Sync>,
    /// A number no other run of this server had: part of every object's name.
    pub boot: u64,
}

/// What the recorder says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// A segment is durable.
    Written(Written),
    /// Something is missing or wanted.
    Alarm(RecorderAlarm),
    /// Everything of a finished room is durable or was reported as a gap.
    Finished {
        /// The room's name.
        room: String,
        /// When it finished.
        at: At,
    },
}

/// A durable segment: what the journal keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The room's name.
    pub room: String,
    /// The publisher's identity.
    pub participant: String,
    /// The track's id.
    pub track: String,
    /// What its frames are coded with.
    pub codec: Codec,
    /// Its number within the track, from 0, within this run of the server.
    pub index: u64,
    /// The object's name.
    pub object: String,
    /// Media time of its first frame.
    pub started_at: At,
    /// Media time of its last frame.
    pub ended_at: At,
    /// The sealed length.
    pub bytes: u64,
    /// SHA-256 of the sealed bytes: the hash of plain bytes would outlive their key.
    pub sha256: [u8; 32],
    /// What a layout needs.
    pub meta: SegmentMeta,
}

impl Written {
    /// What the recorder would have said of a sealed object. After a kill, the server names so the
    /// objects of `rec/{room}/` that are on the disk and not yet in the journal.
    pub fn of(room: &str, object: &str, sealed: &[u8], segment: &Segment) -> Option<Self> {
        let (meta, header) = (segment.meta()?, segment.header());
        Some(Self {
            room: room.to_owned(),
            participant: header.participant.clone(),
            track: header.track.clone(),
            codec: header.codec,
            index: header.index,
            object: object.to_owned(),
            started_at: meta.first_at,
            ended_at: meta.last_at,
            bytes: sealed.len() as u64,
            sha256: Sha256::digest(sealed).into(),
            meta,
        })
    }
}

/// What is missing or wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecorderAlarm {
    /// A track began and nothing of it is on the disk two seconds later. Show the red banner;
    /// the next `Written` of the track takes it away.
    NoBytes {
        /// The room's name.
        room: String,
        /// The track's id.
        track: String,
    },
    /// A stretch of a track is not recorded.
    Gap {
        /// The room's name.
        room: String,
        /// The track's id.
        track: String,
        /// The last frame before it.
        from: At,
        /// The first frame after it.
        to: At,
        /// Why.
        cause: GapCause,
    },
    /// The host should ask the publisher for a key frame.
    KeyFrameWanted {
        /// The room's name.
        room: String,
        /// The publisher's identity.
        participant: String,
        /// The track's id.
        track: String,
    },
}

/// Why a stretch is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapCause {
    /// Nothing came: the network, or a device that slept.
    Silence,
    /// The publisher had muted it.
    Muted,
    /// The recorder was too slow and the tap overflowed.
    Overflow,
    /// It could not be sealed or written.
    Fault,
}

/// A still: a key frame of the camera in its own resolution, in the wrapper of WebP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Still {
    /// The room's name.
    pub room: String,
    /// The publisher's identity.
    pub participant: String,
    /// The track's id.
    pub track: String,
    /// Media time of the frame.
    pub at: At,
    /// Its size.
    pub size: Size,
    /// The file, not sealed: seal it before it goes anywhere.
    pub webp: Vec<u8>,
}

/// Why there is no still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StillFault {
    /// No such track is being recorded, or it is no VP8 picture.
    #[error("there is no picture to take a still of")]
    NoPicture,
    /// The camera sent no key frame in time.
    #[error("the camera did not send a whole picture in time")]
    TooLate,
    /// Too many are being taken.
    #[error("too many stills are being taken")]
    Busy,
}

/// Told once what became of a still.
pub(crate) type StillReply = Box<dyn FnOnce(Result<Still, StillFault>) + Send>;

struct StillRequest {
    room: String,
    track: String,
    reply: StillReply,
}

/// The running recorder.
pub struct Recorder {
    requests: Mutex<Sender<StillRequest>>,
    thread: JoinHandle<()>,
    running: watch::Receiver<()>,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Recorder").finish_non_exhaustive()
    }
}

impl Recorder {
    /// Starts the recorder on its thread. It ends when every sender of the tap is gone.
    pub fn start(parts: Parts, tap: Receiver<TapEvent>) -> Result<Self, RecorderFault> {
        let (requests, asked) = channel();
        let (runs, running) = watch::channel(());
        let thread = std::thread::Builder::new()
            .name("recorder".into())
            .spawn(move || {
                // Dropped at the end, by a panic too.
                let _runs = runs;
                desk::Desk::new(parts).run(&tap, &asked);
            })
            .map_err(|_| RecorderFault)?;
        Ok(Self { requests: Mutex::new(requests), thread, running })
    }

    /// Takes the next key frame of a camera; a key frame is asked for at once. `reply` is told
    /// from the recorder's thread within `STILL_WITHIN`.
    pub fn still(
        &self,
        room: &str,
        track: &str,
        reply: impl FnOnce(Result<Still, StillFault>) + Send + 'static,
    ) {
        let (room, track) = (room.to_owned(), track.to_owned());
        let request = StillRequest { room, track, reply: Box::new(reply) };
        let refused = match self.requests.lock() {
            Ok(requests) => requests.send(request).err().map(|unsent| unsent.0),
            Err(_) => Some(request),
        };
        if let Some(request) = refused {
            (request.reply)(Err(StillFault::NoPicture));
        }
    }

    /// Ends when the tap's senders are gone and everything they sent has been handed to
    /// the store: for whoever shares the recorder. Bound it: a sender that lives on keeps it.
    pub async fn ended(&self) {
        let mut running = self.running.clone();
        while running.changed().await.is_ok() {}
    }

    /// Waits for the same, and takes the thread with it. True when it ended in order.
    pub fn join(self) -> bool {
        self.thread.join().is_ok()
    }
}
