//! The VP8 frame header, as far as a recorder needs it, and the still a key frame is.
//! No pixel is ever decoded here.

use serde::{Deserialize, Serialize};

/// A picture's size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
}

/// Whether the frame can be decoded without an earlier one.
//= RFC 6386, 9.1: the lowest bit of the frame tag is 0 in a key frame.
pub fn is_key(frame: &[u8]) -> bool {
    frame.first().is_some_and(|tag| tag & 1 == 0)
}

/// Whether the frame's header can be believed: its first partition lies within it.
//= RFC 6386, 9.1: 1 bit not-key, 3 bits version, 1 bit shown, 19 bits of the first part's size.
pub fn is_sound(frame: &[u8]) -> bool {
    let Some(tag) = frame.get(..3) else {
        return false;
    };
    let word = u32::from_le_bytes([tag[0], tag[1], tag[2], 0]);
    let header = if is_key(frame) { 10 } else { 3 };
    let first_part = (word >> 5) as usize;
    frame.len() >= header + first_part && (!is_key(frame) || key_size(frame).is_some())
}

/// The picture's size, which only key frames carry.
//= RFC 6386, 9.1: start code 9d 01 2a, then 14 bits of width and of height, each with 2 of scale.
pub fn key_size(frame: &[u8]) -> Option<Size> {
    let head = frame.get(..10)?;
    if !is_key(frame) || head[3..6] != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let width = u16::from_le_bytes([head[6], head[7]]) & 0x3fff;
    let height = u16::from_le_bytes([head[8], head[9]]) & 0x3fff;
    (width > 0 && height > 0).then_some(Size { width, height })
}

/// The key frame as a WebP still: the same bytes in another wrapper, so nothing is lost and no
/// codec is needed. Nothing for a frame that is not a whole key frame.
//= RFC 9649, 2.5: RIFF, size, WEBP, then one "VP8 " chunk, padded to an even length.
pub fn still(frame: &[u8]) -> Option<Vec<u8>> {
    key_size(frame)?;
    if !is_sound(frame) {
        return None;
    }
    let chunk = u32::try_from(frame.len()).ok()?;
    let padding = chunk & 1;
    let riff = chunk.checked_add(padding)?.checked_add(12)?;
    let mut out = Vec::with_capacity(frame.len() + 21);
    out.extend_from_slice(b"RIFF");
    out.extend_from_slice(&riff.to_le_bytes());
    out.extend_from_slice(b"WEBPVP8 ");
    out.extend_from_slice(&chunk.to_le_bytes());
    out.extend_from_slice(frame);
    out.resize(out.len() + padding as usize, 0);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_frame_tells_its_size_and_a_delta_frame_does_not() {
        let key = [0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x41, 0xf0, 0x00, 0];
        assert_eq!(key_size(&key), Some(Size { width: 320, height: 240 }));
        assert!(is_sound(&key));
        let delta = [0x11, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x41, 0xf0, 0x00, 0];
        assert_eq!(key_size(&delta), None);
        assert_eq!(still(&delta), None);
    }

    #[test]
    fn a_frame_whose_first_part_is_cut_off_is_not_believed() {
        let cut = [0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x41, 0xf0, 0x00, 0];
        assert!(!is_sound(&cut));
        assert_eq!(still(&cut), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = (is_sound(&bytes), key_size(&bytes));
            if let Some(still) = still(&bytes) {
                prop_assert_eq!(still.len() % 2, 0);
            }
        }
    }
}
