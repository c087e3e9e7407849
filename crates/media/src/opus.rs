//! The first bytes of an Opus packet, as far as a check needs them. No sound is decoded here.

/// Whether the packet's make-up can be believed.
//= RFC 6716, 3.2: code 0 is one frame, 1 two of equal length, 2 two of different length, 3 many.
pub fn is_sound(packet: &[u8]) -> bool {
    let Some((toc, rest)) = packet.split_first() else { return false };
    match toc & 3 {
        0 => rest.len() <= MAX_FRAME,
        1 => rest.len() % 2 == 0 && rest.len() / 2 <= MAX_FRAME,
        2 => match rest {
            [] => false,
            [short, after @ ..] if *short < 252 => usize::from(*short) <= after.len(),
            [low, high, after @ ..] => usize::from(*high) * 4 + usize::from(*low) <= after.len(),
            [_] => false,
        },
        _ => rest.first().is_some_and(|count| {
            let frames = u32::from(count & 0x3f);
            frames > 0 && frames * tenths_of_ms(*toc) <= MAX_TENTHS_OF_MS
        }),
    }
}

/// A frame is at most 1275 bytes.
const MAX_FRAME: usize = 1_275;
/// A packet is at most 120 ms.
const MAX_TENTHS_OF_MS: u32 = 1_200;

/// How long one frame of the packet lasts.
//= RFC 6716, 3.1, table 2: the upper five bits name mode, band and length.
fn tenths_of_ms(toc: u8) -> u32 {
    match toc >> 3 {
        config @ 0..12 => [100, 200, 400, 600][usize::from(config % 4)],
        config @ 12..16 => [100, 200][usize::from(config % 2)],
        config => [25, 50, 100, 200][usize::from(config % 4)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_packet_whose_parts_do_not_add_up_is_not_believed() {
        assert!(is_sound(&[0xf8, 1, 2, 3]));
        assert!(is_sound(&[0xf9, 1, 2]));
        assert!(!is_sound(&[]));
        assert!(!is_sound(&[0xf9, 1]));
        assert!(!is_sound(&[0xfa, 9, 1]));
        assert!(!is_sound(&[0xfb]));
        assert!(!is_sound(&[0xfb, 7]), "seven frames of 20 ms are more than a packet holds");
        assert!(is_sound(&[0xfb, 6, 0, 0]));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..8)) {
            let _ = is_sound(&bytes);
        }
    }
}
