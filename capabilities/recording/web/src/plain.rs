//! Between the recorder's words and the rules': media's types as plain data, and back.

use media::{Codec, SegmentMeta, Size};
use recording::{GapCause, Meta, Segment, StillCause};
use room_host::recorder::{StillFault, Written};

/// What the journal keeps of a durable segment; nothing when it shows nobody we know.
pub(crate) fn segment(written: &Written) -> Option<Segment> {
    let meta = &written.meta;
    Some(Segment {
        participant: written.participant.parse().ok()?,
        track: written.track.clone(),
        codec: codec(written.codec),
        index: written.index,
        object: written.object.clone(),
        started_at: written.started_at,
        ended_at: written.ended_at,
        bytes: written.bytes,
        sha256: hex(&written.sha256),
        meta: Meta {
            slot: meta.slot,
            frames: meta.frames,
            payload: meta.payload,
            key_at: meta.key_at,
            size: meta.size.map(|size| (size.width, size.height)),
            setup: meta.setup.as_deref().map(hex),
        },
    })
}

/// What a layout needs of a segment.
pub(crate) fn meta(segment: &Segment) -> SegmentMeta {
    let meta = &segment.meta;
    SegmentMeta {
        codec: media_codec(segment.codec),
        slot: meta.slot,
        frames: meta.frames,
        payload: meta.payload,
        first_at: segment.started_at,
        last_at: segment.ended_at,
        key_at: meta.key_at,
        size: meta.size.map(|(width, height)| Size { width, height }),
        setup: meta.setup.as_deref().and_then(unhex),
    }
}

const fn codec(codec: Codec) -> recording::Codec {
    match codec {
        Codec::Vp8 => recording::Codec::Vp8,
        Codec::H264 => recording::Codec::H264,
        Codec::Opus => recording::Codec::Opus,
    }
}

const fn media_codec(codec: recording::Codec) -> Codec {
    match codec {
        recording::Codec::Vp8 => Codec::Vp8,
        recording::Codec::H264 => Codec::H264,
        recording::Codec::Opus => Codec::Opus,
    }
}

/// Why a stretch is missing.
pub(crate) const fn cause(cause: room_host::recorder::GapCause) -> GapCause {
    match cause {
        room_host::recorder::GapCause::Silence => GapCause::Silence,
        room_host::recorder::GapCause::Muted => GapCause::Muted,
        room_host::recorder::GapCause::Overflow => GapCause::Overflow,
        room_host::recorder::GapCause::Fault => GapCause::Fault,
    }
}

/// Why there is no still.
pub(crate) const fn still_cause(fault: StillFault) -> StillCause {
    match fault {
        StillFault::NoPicture => StillCause::NoPicture,
        StillFault::TooLate => StillCause::TooLate,
        StillFault::Busy => StillCause::Busy,
    }
}

/// Bytes as lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::{hex, unhex};

    #[test]
    fn bytes_come_back_from_their_digits() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        assert_eq!(unhex("0g"), None);
        assert_eq!(unhex("0"), None);
    }
}
