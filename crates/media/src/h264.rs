//! H.264 as Matroska wants it: lengths in place of start codes, parameter sets up front.
//! Reads nothing of a picture.

const SPS: u8 = 7;
const PPS: u8 = 8;

/// The NAL units of a frame with start codes.
//= Rec. ITU-T H.264, Annex B: units are preceded by 00 00 01; zeros before that are padding.
fn units(frame: &[u8]) -> Vec<&[u8]> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at + 3 <= frame.len() {
        if frame[at..at + 3] == [0, 0, 1] {
            starts.push(at + 3);
            at += 3;
        } else {
            at += 1;
        }
    }
    let ends = starts.iter().skip(1).map(|start| start - 3).chain([frame.len()]);
    let cut = starts.iter().zip(ends).map(|(start, end)| {
        let unit = &frame[*start..end];
        let padding = unit.iter().rev().take_while(|byte| **byte == 0).count();
        &unit[..unit.len() - padding]
    });
    cut.filter(|unit| !unit.is_empty()).collect()
}

/// The frame with a four-byte length before each unit. A frame without start codes is given back
/// as it is: it has lengths already.
pub fn with_lengths(frame: &[u8]) -> Vec<u8> {
    let marked = frame.starts_with(&[0, 0, 1]) || frame.starts_with(&[0, 0, 0, 1]);
    if !marked {
        return frame.to_vec();
    }
    let mut out = Vec::with_capacity(frame.len() + 8);
    for unit in units(frame) {
        out.extend_from_slice(&(unit.len() as u32).to_be_bytes());
        out.extend_from_slice(unit);
    }
    out
}

/// The decoder's set-up from a frame that carries both parameter sets.
//= ISO/IEC 14496-15, 5.3.3.1: version, profile, level, length size, then SPS and PPS.
pub fn setup(frame: &[u8]) -> Option<Vec<u8>> {
    let units = units(frame);
    let of_type = |wanted: u8| units.iter().find(|unit| unit[0] & 0x1f == wanted);
    let (sps, pps) = (of_type(SPS)?, of_type(PPS)?);
    let profile = sps.get(1..4)?;
    let mut out = vec![1, profile[0], profile[1], profile[2], 0xff, 0xe1];
    out.extend_from_slice(&u16::try_from(sps.len()).ok()?.to_be_bytes());
    out.extend_from_slice(sps);
    out.push(1);
    out.extend_from_slice(&u16::try_from(pps.len()).ok()?.to_be_bytes());
    out.extend_from_slice(pps);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn start_codes_become_lengths_and_parameter_sets_the_set_up() {
        let frame = [0, 0, 0, 1, 0x67, 66, 0, 30, 9, 0, 0, 1, 0x68, 5, 0, 0, 0, 1, 0x65, 1, 2, 3];
        let expected =
            [0, 0, 0, 5, 0x67, 66, 0, 30, 9, 0, 0, 0, 2, 0x68, 5, 0, 0, 0, 4, 0x65, 1, 2, 3];
        assert_eq!(with_lengths(&frame), expected);
        let set_up = [1, 66, 0, 30, 0xff, 0xe1, 0, 5, 0x67, 66, 0, 30, 9, 1, 0, 2, 0x68, 5];
        assert_eq!(setup(&frame).unwrap(), set_up);
        assert_eq!(with_lengths(&expected), expected);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(0u8..3, 0..64)) {
            let _ = (with_lengths(&bytes), setup(&bytes));
        }
    }
}
