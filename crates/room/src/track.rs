//! One published track and its clock. Pure values; nothing here touches a connection.

use crate::limits;
use kernel::At;
use livekit_protocol as lk;
use media::{Codec, Kind};
use std::sync::Arc;
use std::time::Instant;
use str0m::media::{MediaTime, Mid};

/// A track somebody publishes.
pub(crate) struct Track {
    pub(crate) sid: Arc<str>,
    pub(crate) cid: String,
    pub(crate) kind: Kind,
    pub(crate) info: lk::TrackInfo,
    /// The publisher's section, once an offer named it.
    pub(crate) mid: Option<Mid>,
    /// Frames of this codec have been seen.
    pub(crate) codec: Option<Codec>,
    pub(crate) clock: MediaClock,
    /// A frame was lost on the way here: deltas are useless until the next key frame.
    pub(crate) broken: bool,
    pub(crate) key_asked: Option<Instant>,
    /// The last rate relayed to the publisher.
    pub(crate) relayed: Option<u64>,
    pub(crate) frames: u64,
}

impl Track {
    /// As asked for by `request`; `sid` is the room's name for it.
    pub(crate) fn new(sid: Arc<str>, request: &lk::AddTrackRequest) -> Option<Self> {
        let kind = match lk::TrackType::try_from(request.r#type) {
            Ok(lk::TrackType::Audio) => Kind::Audio,
            Ok(lk::TrackType::Video) => Kind::Video,
            _ => return None,
        };
        let mime_type = match kind {
            Kind::Audio => "audio/opus",
            Kind::Video => "video/VP8",
        };
        let info = lk::TrackInfo {
            sid: sid.to_string(),
            r#type: request.r#type,
            name: short(&request.name),
            muted: request.muted,
            width: request.width,
            height: request.height,
            source: request.source,
            mime_type: mime_type.to_owned(),
            stream: short(&request.stream),
            disable_red: true,
            ..Default::default()
        };
        Some(Self {
            sid,
            cid: request.cid.chars().take(limits::CID_BYTES).collect(),
            kind,
            info,
            mid: None,
            codec: None,
            clock: MediaClock::default(),
            broken: kind == Kind::Video,
            key_asked: None,
            relayed: None,
            frames: 0,
        })
    }
}

fn short(text: &str) -> String {
    text.chars().take(limits::NAME_BYTES).collect()
}

/// Lays RTP time on the wall clock: the first frame where it arrived, the rest by RTP time,
/// and anew whenever the two have come apart.
#[derive(Default)]
pub(crate) struct MediaClock {
    base: Option<(At, MediaTime)>,
    last: Option<At>,
}

impl MediaClock {
    /// When a frame of RTP time `time` that arrived at `arrival` belongs. Never goes back.
    pub(crate) fn place(&mut self, time: MediaTime, arrival: At) -> At {
        let placed = match self.base {
            Some((at, base)) => {
                let micros = |time: MediaTime| {
                    i128::from(time.numer()) * 1_000_000 / i128::from(time.denom())
                };
                let since = i64::try_from(micros(time) - micros(base)).unwrap_or(i64::MAX);
                At(at.0.saturating_add(since))
            }
            None => arrival,
        };
        let apart = (placed.0 - arrival.0).unsigned_abs();
        let placed = if u128::from(apart) > limits::CLOCK_SLACK.as_micros() {
            self.base = None;
            arrival
        } else {
            placed
        };
        if self.base.is_none() {
            self.base = Some((arrival, time));
        }
        let placed = self.last.map_or(placed, |last| placed.max(last));
        self.last = Some(placed);
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_time_follows_rtp_time_and_not_the_jitter_of_arrival() {
        let mut clock = MediaClock::default();
        assert_eq!(clock.place(MediaTime::from_90khz(9000), At(1_000_000)), At(1_000_000));
        assert_eq!(clock.place(MediaTime::from_90khz(18_000), At(1_160_000)), At(1_100_000));
    }

    #[test]
    fn media_time_is_laid_anew_when_it_leaves_arrival_and_never_goes_back() {
        let mut clock = MediaClock::default();
        clock.place(MediaTime::from_90khz(0), At(0));
        assert_eq!(clock.place(MediaTime::from_90khz(90), At(9_000_000)), At(9_000_000));
        assert_eq!(clock.place(MediaTime::from_90khz(0), At(9_010_000)), At(9_000_000));
    }
}
