//! The test card and its tone: ten seconds of picture and sound made by us (`testcard/make.sh`),
//! looped for ever as coded frames. For rehearsals and tests; nobody real is in it.

use crate::vp8;
use std::time::Duration;

const PICTURE: &[u8] = include_bytes!("../testcard/card.ivf");
const TONE: &[u8] = include_bytes!("../testcard/tone.opus60");

/// Time from one picture to the next: 15 a second, a key frame every two seconds.
pub const PICTURE_STEP: Duration = Duration::from_micros(66_667);
/// Time from one packet of sound to the next.
pub const TONE_STEP: Duration = Duration::from_millis(20);

const TONE_BYTES: usize = 60;
/// The encoder adds a packet to flush itself; ten seconds are 500.
const TONE_PACKETS: usize = 500;
const IVF_HEADER: usize = 32;
const IVF_FRAME_HEADER: usize = 12;

/// One frame of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardFrame {
    /// Media time since the loop was made; never falls back when the clip starts again.
    pub offset: Duration,
    /// Whether decoding can begin here.
    pub key: bool,
    /// The coded bytes: VP8 for the picture, Opus for the tone.
    pub data: &'static [u8],
}

/// The frames of picture or tone, without end.
#[derive(Clone, Debug)]
pub struct Loop {
    frames: Vec<&'static [u8]>,
    next: usize,
    offset: Duration,
    step: Duration,
    video: bool,
}

/// The picture: VP8, 320x240, 15 frames a second, about 150 kbit/s.
pub fn picture() -> Loop {
    let mut frames = Vec::new();
    let mut rest = PICTURE.get(IVF_HEADER..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<IVF_FRAME_HEADER>() {
        let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some((frame, after)) = after.split_at_checked(length) else {
            break;
        };
        frames.push(frame);
        rest = after;
    }
    Loop::new(frames, PICTURE_STEP, true)
}

/// The tone: Opus, mono, 24 kbit/s, packets of 20 ms.
pub fn tone() -> Loop {
    let frames = TONE.chunks_exact(TONE_BYTES).take(TONE_PACKETS).collect();
    Loop::new(frames, TONE_STEP, false)
}

impl Loop {
    fn new(frames: Vec<&'static [u8]>, step: Duration, video: bool) -> Self {
        assert!(!frames.is_empty(), "the shipped clip has frames: a test reads them all");
        Self { frames, next: 0, offset: Duration::ZERO, step, video }
    }

    /// Time from one frame to the next.
    pub fn step(&self) -> Duration {
        self.step
    }

    /// Answers a request for a key frame: what comes next is one, and time does not jump.
    pub fn skip_to_key(&mut self) {
        let turn = (0..self.frames.len()).map(|ahead| (self.next + ahead) % self.frames.len());
        let mut turn = turn;
        if let Some(key) = turn.find(|one| self.is_key(self.frames[*one])) {
            self.next = key;
        }
    }

    fn is_key(&self, frame: &[u8]) -> bool {
        !self.video || vp8::is_key(frame)
    }
}

impl Iterator for Loop {
    type Item = CardFrame;

    fn next(&mut self) -> Option<CardFrame> {
        let data = self.frames[self.next];
        let frame = CardFrame { offset: self.offset, key: self.is_key(data), data };
        self.next = (self.next + 1) % self.frames.len();
        self.offset += self.step;
        Some(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vp8::Size;

    #[test]
    fn the_shipped_clip_is_ten_seconds_small_and_sound() {
        let card = picture();
        assert_eq!(card.frames.len(), 150);
        assert!(card.frames.iter().all(|frame| vp8::is_sound(frame)));
        let size = Some(Size { width: 320, height: 240 });
        assert_eq!(vp8::key_size(card.frames[0]), size);
        let keys = card.frames.iter().filter(|frame| vp8::is_key(frame)).count();
        assert_eq!(keys, 5);
        assert_eq!(tone().frames.len(), 500);
        assert!(PICTURE.len() + TONE.len() < 250_000);
    }

    #[test]
    fn the_loop_starts_again_without_a_jump_in_time() {
        let frames: Vec<CardFrame> = picture().take(301).collect();
        assert_eq!(frames[0].data, frames[150].data);
        let even = |pair: &[CardFrame]| pair[1].offset - pair[0].offset == PICTURE_STEP;
        assert!(frames.windows(2).all(even));
    }

    #[test]
    fn a_request_for_a_key_frame_is_answered_by_the_next_frame() {
        let mut card = picture();
        for asked in [1, 2, 37, 140] {
            let offset = card.by_ref().take(asked).last().unwrap().offset;
            card.skip_to_key();
            let key = card.next().unwrap();
            assert!(key.key);
            assert_eq!(key.offset, offset + PICTURE_STEP);
        }
    }
}
