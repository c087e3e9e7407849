//! The test card as a camera, its tone as a microphone.

use media::Codec;
use media::testcard::{self, Loop};
use room_peer::{FrameSource, SourceFrame};

/// One of the two, as a peer publishes it.
struct Card {
    frames: Loop,
    codec: Codec,
}

/// The picture, then the sound.
pub(crate) fn sources() -> Vec<Box<dyn FrameSource>> {
    vec![
        Box::new(Card { frames: testcard::picture(), codec: Codec::Vp8 }),
        Box::new(Card { frames: testcard::tone(), codec: Codec::Opus }),
    ]
}

impl FrameSource for Card {
    fn codec(&self) -> Codec {
        self.codec
    }

    fn next_frame(&mut self, key: bool) -> Option<SourceFrame> {
        if key {
            self.frames.skip_to_key();
        }
        let frame = self.frames.next()?;
        Some(SourceFrame { time: frame.offset, key: frame.key, data: frame.data.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_answers_a_viewer_who_needs_a_key_frame() {
        let mut sources = sources();
        let picture = &mut sources[0];
        assert!(picture.next_frame(false).unwrap().key);
        let second = picture.next_frame(false).unwrap();
        let third = picture.next_frame(true).unwrap();
        assert!(!second.key && third.key && third.time > second.time);
        assert!(sources[1].next_frame(false).unwrap().key);
    }
}
