//! What can have happened to a recording. Append-only: a stored name never changes its meaning.
//! Never here: a picture, a word, or the hash of plain bytes (it would outlive their key).

use crate::StillId;
use call::{CallId, MatterKind, Participant};
use incident::IncidentId;
use kernel::At;
use kernel::id::StaffId;
use serde::{Deserialize, Serialize};

/// What a track is coded with; `media::Codec` as plain data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codec {
    /// A picture.
    Vp8,
    /// A picture.
    H264,
    /// Sound.
    Opus,
}

/// Sound or picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Moving picture.
    Video,
    /// Sound.
    Audio,
}

impl Codec {
    /// Sound or picture.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Vp8 | Self::H264 => Kind::Video,
            Self::Opus => Kind::Audio,
        }
    }

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vp8 => "vp8",
            Self::H264 => "h264",
            Self::Opus => "opus",
        }
    }
}

/// What a player's file needs to know of a segment besides its times; `media::SegmentMeta` as
/// plain data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The beginning of the slot of time it belongs to.
    pub slot: At,
    /// How many frames.
    pub frames: u32,
    /// The sum of their lengths.
    pub payload: u32,
    /// Media time of the first key frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_at: Option<At>,
    /// Width and height of that key frame's picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u16, u16)>,
    /// The codec's set-up bytes in hex, where a container needs them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setup: Option<String>,
}

/// One sealed segment, durable: at most a second of one track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Who is in it.
    pub participant: Participant,
    /// The room's id of the track.
    pub track: String,
    /// What its frames are coded with.
    pub codec: Codec,
    /// Its number within the track, from 0, within one run of the recorder.
    pub index: u64,
    /// The object's name: `rec/<room>/<run>-<serial>`.
    pub object: String,
    /// Media time of its first frame.
    pub started_at: At,
    /// Media time of its last frame.
    pub ended_at: At,
    /// The sealed length.
    pub bytes: u64,
    /// SHA-256 of the sealed bytes, in hex.
    pub sha256: String,
    /// What a player's file needs.
    pub meta: Meta,
}

impl Segment {
    /// Which run of the recorder wrote it: the object's name without its serial number.
    pub fn run(&self) -> &str {
        self.object.rsplit_once('-').map_or(self.object.as_str(), |(run, _)| run)
    }

    /// Its number among all that this run wrote: a name is given once, whatever the track's own
    /// numbers do. Nothing when the name has none.
    pub fn serial(&self) -> Option<u64> {
        let (_, serial) = self.object.rsplit_once('-')?;
        u64::from_str_radix(serial, 16).ok()
    }
}

/// Why a stretch is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapCause {
    /// Nothing came: the network, or a device that slept.
    Silence,
    /// Its owner had switched it off.
    Muted,
    /// The recorder was too slow.
    Overflow,
    /// It could not be sealed or written.
    Fault,
    /// The service stopped and started again.
    Restart,
}

impl GapCause {
    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Silence => "silence",
            Self::Muted => "muted",
            Self::Overflow => "overflow",
            Self::Fault => "fault",
            Self::Restart => "restart",
        }
    }
}

/// Why there is no still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StillCause {
    /// There is no picture of that person.
    NoPicture,
    /// The camera sent no whole picture in time.
    TooLate,
    /// Too many were being taken.
    Busy,
    /// It could not be sealed or written.
    Fault,
}

/// A picture taken from a call, tied to track, time and hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Still {
    /// Its name.
    pub still: StillId,
    /// Who is in it.
    pub participant: Participant,
    /// The room's id of the track.
    pub track: String,
    /// Media time of the frame.
    pub at: At,
    /// The object's name.
    pub object: String,
    /// The sealed length.
    pub bytes: u64,
    /// SHA-256 of the sealed bytes, in hex.
    pub sha256: String,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// Who took it.
    pub by: StaffId,
}

/// One thing that happened to a recording.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(tag = "kind")]
pub enum Event {
    /// The recorder is in the room.
    #[serde(rename = "recording.started.v1")]
    Started { call: CallId, incident: IncidentId },
    /// The recorder is in the room of a call that is about a matter, and of no incident's.
    #[serde(rename = "recording.started_for_matter.v1")]
    StartedForMatter { call: CallId, matter: String, matter_kind: MatterKind },
    /// About a second of every track is durable.
    #[serde(rename = "recording.segments_written.v1")]
    SegmentsWritten { segments: Vec<Segment> },
    /// A stretch of a track is not recorded.
    #[serde(rename = "recording.gap_noted.v1")]
    GapNoted { track: String, from: At, to: At, cause: GapCause },
    /// A track began and nothing of it was durable two seconds later: the red banner.
    #[serde(rename = "recording.silent.v1")]
    Silent { track: String },
    /// The track is being recorded after all.
    #[serde(rename = "recording.sounded.v1")]
    Sounded { track: String },
    /// A still is durable.
    #[serde(rename = "recording.still_kept.v1")]
    StillKept {
        #[serde(flatten)]
        still: Still,
    },
    /// No still could be taken.
    #[serde(rename = "recording.still_failed.v1")]
    StillFailed { participant: Participant, by: StaffId, cause: StillCause },
    /// Everything of the finished call is durable or listed as a gap.
    #[serde(rename = "recording.ended.v1")]
    Ended {},
    /// Its time was up: the key is destroyed and the ciphertext deleted.
    #[serde(rename = "recording.dropped.v1")]
    Dropped { objects: u64, bytes: u64 },
}
