//! How every connection of a room is set up. One place, so that server, peer and tests agree on
//! codecs, extensions and buffers.

use crate::limits;
use std::sync::Arc;
use std::time::{Duration, Instant};
use str0m::bwe::Bitrate;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::rtp::{Extension, ExtensionMap};
use str0m::{Rtc, RtcConfig};

/// The cryptography of every connection.
#[derive(Clone, Debug)]
pub struct Crypto {
    provider: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

impl Crypto {
    /// AWS-LC and a fresh self-signed certificate. Costs a millisecond; share the result.
    /// Nothing if the system gives no randomness.
    pub fn fresh() -> Option<Self> {
        let provider = Arc::new(str0m::crypto::from_feature_flags());
        let certificate = provider.dtls_provider.generate_certificate()?;
        Some(Self { provider, certificate })
    }
}

/// Which end of a connection to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The room's: ICE-lite, never offers.
    Room,
    /// A caller's: full ICE, always offers.
    Caller,
}

/// A connection in frame mode: VP8 (and H.264 when asked for) and Opus, with NACK, PLI, TWCC
/// and bandwidth estimation. `video-orientation` is never offered, so pictures arrive upright.
pub fn build(crypto: &Crypto, end: End, h264: bool, now: Instant) -> Rtc {
    RtcConfig::new()
        .set_crypto_provider(Arc::clone(&crypto.provider))
        .set_dtls_cert(crypto.certificate.clone())
        .set_ice_lite(end == End::Room)
        .clear_codecs()
        .enable_opus(true, false)
        .enable_vp8(true)
        .enable_h264(h264)
        .set_extension_map(extensions())
        .enable_bwe(Some(Bitrate::bps(limits::START_BITS)))
        .set_stats_interval(Some(Duration::from_secs(1)))
        // A lost audio packet is not sent again: do not hold its followers for it.
        .set_reordering_size_audio(3)
        .set_reordering_timeout_audio(Some(Duration::from_millis(60)))
        // A lost video packet is: 60 packets are 0.6 s at 1 Mbit/s, a long round trip.
        .set_reordering_size_video(60)
        .build(now)
}

fn extensions() -> ExtensionMap {
    let mut map = ExtensionMap::empty();
    map.set(1, Extension::AudioLevel);
    map.set(2, Extension::AbsoluteSendTime);
    map.set(3, Extension::TransportSequenceNumber);
    map.set(4, Extension::RtpMid);
    map.set(10, Extension::RtpStreamId);
    map.set(11, Extension::RepairedRtpStreamId);
    map
}
