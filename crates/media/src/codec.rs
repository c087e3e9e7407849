//! The codecs a room may carry. Names only: nothing here reads or writes a frame.

use serde::{Deserialize, Serialize};

/// A codec the room forwards and the recorder writes down without transcoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Codec {
    /// VP8 video: mandatory in every browser.
    Vp8,
    /// H.264 video: optional.
    H264,
    /// Opus audio at 48 kHz.
    Opus,
}

impl Codec {
    /// Whether frames of this codec are pictures.
    pub const fn is_video(self) -> bool {
        matches!(self, Self::Vp8 | Self::H264)
    }
}
