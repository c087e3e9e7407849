//! A segment: at most a second of one track, the unit that is sealed, hashed and forgotten.
//! Its own compact encoding, versioned and bounded; parsing never panics on any bytes.

use crate::codec::Codec;
use crate::limits::{
    MAX_FRAME_BYTES, MAX_NAME_BYTES, MAX_SEGMENT_BYTES, MAX_SEGMENT_FRAMES, MAX_SETUP_BYTES,
    MAX_SPAN_MICROS,
};
use crate::reader::Reader;
use crate::vp8::Size;
use bytes::Bytes;
use kernel::At;
use serde::{Deserialize, Serialize};
use thiserror::Error;

const MAGIC: &[u8; 4] = b"SLSG";
const VERSION: u8 = 1;
const KEY: u8 = 1;
const SIZED: u8 = 2;
const BROKEN: u8 = 4;
const KNOWN_FLAGS: u8 = KEY | SIZED | BROKEN;

/// One coded frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Media time.
    pub at: At,
    /// Whether decoding can begin here. Every Opus frame is one.
    pub key: bool,
    /// The picture's size, known at VP8 key frames.
    pub size: Option<Size>,
    /// Whether a frame is known to be missing just before this one.
    pub after_loss: bool,
    /// The coded bytes.
    pub data: Bytes,
}

/// Whose segment it is, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The publisher's identity in the room.
    pub participant: String,
    /// The track's id.
    pub track: String,
    /// What the frames are coded with.
    pub codec: Codec,
    /// Which run of the recorder wrote it: a restart never overwrites.
    pub boot: u64,
    /// Its number within track and run, from 0.
    pub index: u64,
    /// The beginning of its slot of time: what falls into one slot stands together in the file.
    /// Its frames lie within two seconds of it.
    pub slot: At,
}

/// At most a second of one track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    header: Header,
    setup: Option<Bytes>,
    frames: Vec<Frame>,
    bytes: usize,
}

/// What the journal keeps of a segment in clear: all that is needed to lay out a file, seek in it
/// and list its gaps without opening a single seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentMeta {
    /// What the frames are coded with.
    pub codec: Codec,
    /// How many frames.
    pub frames: u32,
    /// The sum of their lengths.
    pub payload: u32,
    /// The beginning of the slot of time it belongs to.
    pub slot: At,
    /// Media time of the first.
    pub first_at: At,
    /// Media time of the last.
    pub last_at: At,
    /// Media time of the first key frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_at: Option<At>,
    /// The size of that key frame's picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// The codec's set-up bytes, where a container needs them (H.264).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setup: Option<Vec<u8>>,
}

/// Why bytes are no segment, or a frame does not fit one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SegmentFault {
    /// Not this format.
    #[error("not a segment")]
    Magic,
    /// Written by a later version.
    #[error("a segment of an unknown version")]
    Version,
    /// The bytes end too early.
    #[error("a segment cut short")]
    Cut,
    /// Bytes follow the last frame.
    #[error("a segment with bytes after its end")]
    Trailing,
    /// A value outside its limits.
    #[error("a segment with a value outside its limits")]
    Limit,
    /// A frame before its predecessor.
    #[error("a segment whose time runs backwards")]
    Backwards,
}

impl Segment {
    /// An empty segment.
    pub fn new(header: Header) -> Result<Self, SegmentFault> {
        let named = |name: &str| !name.is_empty() && name.len() <= MAX_NAME_BYTES;
        if !named(&header.participant) || !named(&header.track) {
            return Err(SegmentFault::Limit);
        }
        Ok(Self { header, setup: None, frames: Vec::new(), bytes: 0 })
    }

    /// Adds a frame; refuses one that would break a limit or the order of time.
    pub fn push(&mut self, frame: Frame) -> Result<(), SegmentFault> {
        let long = frame.data.is_empty() || frame.data.len() > MAX_FRAME_BYTES;
        let full = self.frames.len() >= MAX_SEGMENT_FRAMES
            || self.bytes + frame.data.len() > MAX_SEGMENT_BYTES;
        if long || full {
            return Err(SegmentFault::Limit);
        }
        if let (Some(first), Some(last)) = (self.frames.first(), self.frames.last()) {
            if frame.at < last.at {
                return Err(SegmentFault::Backwards);
            }
            if frame.at.0.saturating_sub(first.at.0) > MAX_SPAN_MICROS {
                return Err(SegmentFault::Limit);
            }
        }
        let after = frame.at.0.checked_sub(self.header.slot.0);
        if !after.is_some_and(|after| (0..=2 * MAX_SPAN_MICROS).contains(&after)) {
            return Err(SegmentFault::Limit);
        }
        self.bytes += frame.data.len();
        self.frames.push(frame);
        Ok(())
    }

    /// Keeps the codec's set-up bytes (H.264 parameter sets).
    pub fn set_up(&mut self, setup: Bytes) -> Result<(), SegmentFault> {
        if setup.len() > MAX_SETUP_BYTES {
            return Err(SegmentFault::Limit);
        }
        self.setup = Some(setup);
        Ok(())
    }

    /// Whose it is, and which.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Its frames, in order of time.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// What the journal keeps of it; nothing when it is empty.
    pub fn meta(&self) -> Option<SegmentMeta> {
        let (first, last) = (self.frames.first()?, self.frames.last()?);
        let key = self.frames.iter().find(|frame| frame.key);
        Some(SegmentMeta {
            codec: self.header.codec,
            frames: self.frames.len() as u32,
            payload: self.bytes as u32,
            slot: self.header.slot,
            first_at: first.at,
            last_at: last.at,
            key_at: key.map(|frame| frame.at),
            size: key.and_then(|frame| frame.size),
            setup: self.setup.as_ref().map(|setup| setup.to_vec()),
        })
    }

    /// The bytes to seal.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes + 16 * self.frames.len() + 128);
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.push(self.header.codec.tag());
        name(&mut out, &self.header.participant);
        name(&mut out, &self.header.track);
        number(&mut out, self.header.boot);
        number(&mut out, self.header.index);
        out.extend_from_slice(&self.header.slot.0.to_le_bytes());
        let setup = self.setup.as_deref().unwrap_or_default();
        number(&mut out, setup.len() as u64);
        out.extend_from_slice(setup);
        let mut before = self.frames.first().map_or(0, |frame| frame.at.0);
        out.extend_from_slice(&before.to_le_bytes());
        number(&mut out, self.frames.len() as u64);
        for frame in &self.frames {
            let sized = frame.size.map_or(0, |_| SIZED);
            out.push(u8::from(frame.key) | sized | (u8::from(frame.after_loss) << 2));
            number(&mut out, (frame.at.0 - before) as u64);
            if let Some(size) = frame.size {
                out.extend_from_slice(&size.width.to_le_bytes());
                out.extend_from_slice(&size.height.to_le_bytes());
            }
            number(&mut out, frame.data.len() as u64);
            out.extend_from_slice(&frame.data);
            before = frame.at.0;
        }
        out
    }

    /// Reads what `encode` wrote; every other input is a fault.
    pub fn parse(bytes: &Bytes) -> Result<Self, SegmentFault> {
        let mut reader = Reader::new(bytes);
        if reader.take(4).ok_or(SegmentFault::Cut)? != &MAGIC[..] {
            return Err(SegmentFault::Magic);
        }
        if reader.byte().ok_or(SegmentFault::Cut)? != VERSION {
            return Err(SegmentFault::Version);
        }
        let tag = reader.byte().ok_or(SegmentFault::Cut)?;
        let codec = Codec::from_tag(tag).ok_or(SegmentFault::Limit)?;
        let participant = read_name(&mut reader)?;
        let track = read_name(&mut reader)?;
        let boot = reader.number().ok_or(SegmentFault::Cut)?;
        let index = reader.number().ok_or(SegmentFault::Cut)?;
        let slot = At(read_time(&mut reader)?);
        let header = Header { participant, track, codec, boot, index, slot };
        let mut segment = Self::new(header)?;
        let setup = bounded(&mut reader, MAX_SETUP_BYTES)?;
        if setup > 0 {
            segment.setup = Some(reader.take_bytes(setup).ok_or(SegmentFault::Cut)?);
        }
        let mut at = read_time(&mut reader)?;
        for _ in 0..bounded(&mut reader, MAX_SEGMENT_FRAMES)? {
            let frame = read_frame(&mut reader, at)?;
            at = frame.at.0;
            segment.push(frame)?;
        }
        if reader.is_empty() { Ok(segment) } else { Err(SegmentFault::Trailing) }
    }
}

impl SegmentMeta {
    /// Whether the figures can be those of a real segment: a layout trusts no other.
    pub fn is_sound(&self) -> bool {
        let span = self.last_at.0.checked_sub(self.first_at.0);
        let within = self.first_at.0.checked_sub(self.slot.0);
        self.frames > 0
            && self.frames as usize <= MAX_SEGMENT_FRAMES
            && self.payload >= self.frames
            && self.payload as usize <= MAX_SEGMENT_BYTES
            && span.is_some_and(|span| (0..=MAX_SPAN_MICROS).contains(&span))
            && within.is_some_and(|within| (0..=2 * MAX_SPAN_MICROS).contains(&within))
            && self.key_at.is_none_or(|at| self.first_at <= at && at <= self.last_at)
            && self.setup.as_ref().is_none_or(|setup| setup.len() <= MAX_SETUP_BYTES)
    }
}

fn read_time(reader: &mut Reader<'_>) -> Result<i64, SegmentFault> {
    let raw = reader.take(8).ok_or(SegmentFault::Cut)?;
    raw.try_into().map(i64::from_le_bytes).map_err(|_| SegmentFault::Cut)
}

fn read_frame(reader: &mut Reader<'_>, before: i64) -> Result<Frame, SegmentFault> {
    let flags = reader.byte().ok_or(SegmentFault::Cut)?;
    if flags & !KNOWN_FLAGS != 0 {
        return Err(SegmentFault::Limit);
    }
    let delta = bounded(reader, MAX_SPAN_MICROS as usize)? as i64;
    let at = before.checked_add(delta).ok_or(SegmentFault::Limit)?;
    let size = if flags & SIZED == 0 {
        None
    } else {
        let raw = reader.take(4).ok_or(SegmentFault::Cut)?;
        let pair = |low: usize| u16::from_le_bytes([raw[low], raw[low + 1]]);
        Some(Size { width: pair(0), height: pair(2) })
    };
    let length = bounded(reader, MAX_FRAME_BYTES)?;
    let data = reader.take_bytes(length).ok_or(SegmentFault::Cut)?;
    let (key, after_loss) = (flags & KEY != 0, flags & BROKEN != 0);
    Ok(Frame { at: At(at), key, size, after_loss, data })
}

fn bounded(reader: &mut Reader<'_>, limit: usize) -> Result<usize, SegmentFault> {
    let value = reader.number().ok_or(SegmentFault::Cut)?;
    usize::try_from(value).ok().filter(|value| *value <= limit).ok_or(SegmentFault::Limit)
}

fn read_name(reader: &mut Reader<'_>) -> Result<String, SegmentFault> {
    let length = bounded(reader, MAX_NAME_BYTES)?;
    let raw = reader.take(length).ok_or(SegmentFault::Cut)?;
    String::from_utf8(raw.to_vec()).map_err(|_| SegmentFault::Limit)
}

fn name(out: &mut Vec<u8>, name: &str) {
    number(out, name.len() as u64);
    out.extend_from_slice(name.as_bytes());
}

/// LEB128: seven bits a byte, low first.
fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(slot: i64) -> Header {
        Header {
            participant: "caller".into(),
            track: "TR_1".into(),
            codec: Codec::Vp8,
            boot: 3,
            index: 7,
            slot: At(slot),
        }
    }

    fn frame(at: i64, data: &[u8]) -> Frame {
        let size = Some(Size { width: 320, height: 240 });
        let data = Bytes::copy_from_slice(data);
        Frame { at: At(at), key: true, size, after_loss: false, data }
    }

    #[test]
    fn a_segment_takes_at_most_a_second_and_time_never_runs_backwards() {
        let mut segment = Segment::new(header(5_000_000)).unwrap();
        assert_eq!(segment.push(frame(4_999_999, b"z")), Err(SegmentFault::Limit));
        segment.push(frame(5_000_000, b"a")).unwrap();
        assert_eq!(segment.push(frame(4_999_999, b"b")), Err(SegmentFault::Backwards));
        assert_eq!(segment.push(frame(6_000_001, b"c")), Err(SegmentFault::Limit));
        assert_eq!(segment.push(frame(6_000_000, b"")), Err(SegmentFault::Limit));
        segment.push(frame(6_000_000, b"d")).unwrap();
        assert!(segment.meta().unwrap().is_sound());
    }

    #[test]
    fn a_segment_cut_anywhere_or_with_a_byte_too_many_is_a_fault() {
        let mut segment = Segment::new(header(0)).unwrap();
        segment.push(frame(5, b"abc")).unwrap();
        let whole = segment.encode();
        for end in 0..whole.len() {
            assert!(Segment::parse(&Bytes::copy_from_slice(&whole[..end])).is_err(), "{end}");
        }
        let mut longer = whole;
        longer.push(0);
        assert_eq!(Segment::parse(&longer.into()), Err(SegmentFault::Trailing));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Segment::parse(&Bytes::from(bytes));
        }

        #[test]
        fn no_changed_byte_makes_the_parser_panic(
            sizes in prop::collection::vec(1usize..40, 1..8), at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let mut segment = Segment::new(header(0)).unwrap();
            for (n, size) in sizes.iter().enumerate() {
                segment.push(frame(n as i64 * 20_000, &vec![7; *size])).unwrap();
            }
            let mut bytes = segment.encode();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if let Ok(read) = Segment::parse(&Bytes::from(bytes)) {
                prop_assert!(read.frames().is_empty() || read.meta().unwrap().is_sound());
            }
        }

        #[test]
        fn what_was_written_is_read_back(
            start in -1_000_000_000_000_000i64..4_000_000_000_000_000,
            frames in prop::collection::vec(
                (0i64..1_000, any::<bool>(), any::<Option<(u16, u16)>>(), any::<bool>(),
                 prop::collection::vec(any::<u8>(), 1..50)), 0..100),
            setup in prop::collection::vec(any::<u8>(), 0..20),
        ) {
            let mut segment = Segment::new(header(start)).unwrap();
            let mut at = start;
            for (delta, key, size, after_loss, data) in frames {
                at += delta;
                let size = size.map(|(width, height)| Size { width, height });
                let data = data.into();
                segment.push(Frame { at: At(at), key, size, after_loss, data }).unwrap();
            }
            if !setup.is_empty() {
                segment.set_up(setup.into()).unwrap();
            }
            prop_assert_eq!(Segment::parse(&segment.encode().into()), Ok(segment));
        }
    }
}
