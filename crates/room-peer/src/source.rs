//! Where a peer's frames come from. Encoded already: a peer has no encoder.

use media::Codec;
use std::sync::Arc;
use std::time::Duration;

/// One frame to be sent.
#[derive(Clone, Debug)]
pub struct SourceFrame {
    /// When, counted from the first frame of the source.
    pub time: Duration,
    /// Whether decoding can begin here.
    pub key: bool,
    /// The frame.
    pub data: Arc<[u8]>,
}

/// A camera or microphone that is already encoded.
pub trait FrameSource: Send {
    /// What its frames are.
    fn codec(&self) -> Codec;

    /// The next frame, in order of time; a key frame if `key` and the source can. `None`: no more.
    fn next_frame(&mut self, key: bool) -> Option<SourceFrame>;

    /// The network carries this many bits per second of video.
    fn set_rate(&mut self, _bits: u64) {}
}

/// Frames with sound headers and meaningless content, at a rate that follows the network.
/// Good for measuring; nothing can be seen or heard of them.
#[derive(Clone, Debug)]
pub struct Synthetic {
    codec: Codec,
    every: Duration,
    most: u64,
    bits: u64,
    count: u64,
}

impl Synthetic {
    /// Opus-like frames: 20 ms, 32 kbit/s.
    pub fn sound() -> Self {
        Self {
            codec: Codec::Opus,
            every: Duration::from_millis(20),
            most: 32_000,
            bits: 32_000,
            count: 0,
        }
    }

    /// VP8-like frames of 640×360, a key frame every ten seconds or when asked.
    pub fn picture(frames_a_second: u32, bits_a_second: u64) -> Self {
        Self {
            codec: Codec::Vp8,
            every: Duration::from_secs(1) / frames_a_second.max(1),
            most: bits_a_second,
            bits: bits_a_second,
            count: 0,
        }
    }

    fn bytes(&self, key: bool) -> Vec<u8> {
        let plain = (self.bits as f64 * self.every.as_secs_f64() / 8.0) as usize;
        let mut bytes = vec![0x55; if key { plain * 3 } else { plain }.clamp(40, 60_000)];
        match (self.codec, key) {
            // RFC 6386, 9.1: tag (key, shown, first part of 10 bytes), start code, 640×360.
            (Codec::Vp8, true) => {
                bytes[..10].copy_from_slice(&[0x50, 1, 0, 0x9d, 1, 0x2a, 0x80, 2, 0x68, 1]);
            }
            (Codec::Vp8, false) => bytes[..3].copy_from_slice(&[0x51, 1, 0]),
            // RFC 6716, 3.1: CELT, 20 ms, mono.
            (Codec::Opus | Codec::H264, _) => bytes[0] = 0xf8,
        }
        bytes[12..20].copy_from_slice(&self.count.to_be_bytes());
        bytes
    }
}

impl FrameSource for Synthetic {
    fn codec(&self) -> Codec {
        self.codec
    }

    fn next_frame(&mut self, key: bool) -> Option<SourceFrame> {
        let time = self.every * u32::try_from(self.count).ok()?;
        let often = Duration::from_secs(10).as_micros() / self.every.as_micros();
        let key = self.codec == Codec::Opus || key || u128::from(self.count) % often == 0;
        let data = self.bytes(key).into();
        self.count += 1;
        Some(SourceFrame { time, key, data })
    }

    fn set_rate(&mut self, bits: u64) {
        if self.codec != Codec::Opus {
            self.bits = bits.clamp(20_000, self.most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synthetic_pictures_say_their_size_and_keep_to_the_rate() {
        let mut source = Synthetic::picture(20, 400_000);
        let first = source.next_frame(false).unwrap();
        assert!(first.key);
        let size = media::vp8::key_size(&first.data).unwrap();
        assert_eq!((size.width, size.height), (640, 360));
        source.set_rate(100_000);
        let next = source.next_frame(false).unwrap();
        assert!(!next.key && !media::vp8::is_key(&next.data));
        assert_eq!(next.data.len(), 625);
        assert_eq!(next.time, Duration::from_millis(50));
    }
}
