//! The codecs a room may carry and what containers call them. No encoder or decoder lives here.

use serde::{Deserialize, Serialize};

/// What the frames of a track are coded with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codec {
    /// VP8 video: the default, mandatory in every browser.
    Vp8,
    /// H.264 video, stored with four-byte lengths in place of start codes.
    H264,
    /// Opus sound at 48 kHz.
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

    /// Ticks of the RTP clock in a second.
    pub const fn clock_rate(self) -> u32 {
        match self {
            Self::Vp8 | Self::H264 => 90_000,
            Self::Opus => 48_000,
        }
    }

    /// The Matroska codec name.
    pub const fn matroska_id(self) -> &'static str {
        match self {
            Self::Vp8 => "V_VP8",
            Self::H264 => "V_MPEG4/ISO/AVC",
            Self::Opus => "A_OPUS",
        }
    }

    /// The byte that stands for this codec in a sealed segment; never reused.
    pub(crate) const fn tag(self) -> u8 {
        match self {
            Self::Vp8 => 1,
            Self::H264 => 2,
            Self::Opus => 3,
        }
    }

    /// The codec a stored byte stands for.
    pub(crate) const fn from_tag(tag: u8) -> Option<Self> {
        match tag {
            1 => Some(Self::Vp8),
            2 => Some(Self::H264),
            3 => Some(Self::Opus),
            _ => None,
        }
    }
}
