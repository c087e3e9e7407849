//! One cluster: the frames of one slot of time, of all lanes, in order of time.

use super::{Cluster, Part, SegmentRef};
use crate::ebml::Writer;
use crate::segment::{Frame, Segment};
use kernel::At;

const CLUSTER: u32 = 0x1F43_B675;
const TIMESTAMP: u32 = 0xE7;
const SIMPLE_BLOCK: u32 = 0xA3;

/// Id and size of the cluster (12 bytes), then its timestamp (1 + 4 + 8).
const FIXED: u64 = 12 + 13;
/// Id, size, track, time and flags of a block.
const BLOCK: u64 = 1 + 4 + 1 + 2 + 1;
const KEY_FLAG: u8 = 0x80;

impl Cluster {
    pub(super) fn new(origin: At, placed: Vec<(SegmentRef, Part)>) -> Self {
        let (refs, parts): (Vec<_>, Vec<_>) = placed.into_iter().unzip();
        let length = FIXED + parts.iter().map(Part::length).sum::<u64>();
        let starts = parts.iter().map(|part| part.meta.first_at.max(part.floor));
        let time = starts.min().map_or(0, |start| millis(origin, start));
        Self { offset: 0, length, time, refs, parts }
    }

    /// The first key frame of a lane in this cluster.
    pub(super) fn key_of(&self, lane: usize) -> Option<At> {
        let both = self.refs.iter().zip(&self.parts);
        both.filter(|(place, _)| place.lane == lane).find_map(|(_, part)| part.meta.key_at)
    }

    pub(super) fn write(&self, origin: At, segments: &[Option<Segment>]) -> Vec<u8> {
        let mut writer = Writer { out: Vec::with_capacity(self.length as usize) };
        writer.id(CLUSTER);
        writer.size8(self.length - 12);
        writer.unsigned(TIMESTAMP, self.time);
        let mut blocks: Vec<(u64, usize, &Frame)> = Vec::new();
        let mut missing = Vec::new();
        for (number, part) in self.parts.iter().enumerate() {
            let lane = self.refs[number].lane;
            match segments.get(number).and_then(Option::as_ref).filter(|one| part.is(one)) {
                Some(segment) => {
                    let times = segment
                        .frames()
                        .iter()
                        .map(|frame| (millis(origin, frame.at.max(part.floor)), lane, frame));
                    blocks.extend(times);
                }
                None => missing.push(part.length() as usize),
            }
        }
        // Stable: frames of one lane keep the order in which they must be decoded.
        blocks.sort_by_key(|(time, lane, _)| (*time, *lane));
        for (time, lane, frame) in blocks {
            block(&mut writer, time.saturating_sub(self.time), lane, frame);
        }
        for length in missing {
            writer.void(length);
        }
        writer.out
    }
}

impl Part {
    fn length(&self) -> u64 {
        u64::from(self.meta.frames) * BLOCK + u64::from(self.meta.payload)
    }

    /// Whether this is the segment the layout was made for.
    fn is(&self, segment: &Segment) -> bool {
        segment.meta().is_some_and(|meta| meta == self.meta)
    }
}

fn block(writer: &mut Writer, after: u64, lane: usize, frame: &Frame) {
    let after = i16::try_from(after).unwrap_or(i16::MAX);
    writer.id(SIMPLE_BLOCK);
    writer.size4(frame.data.len() as u32 + 4);
    writer.out.push(0x80 | (lane as u8 + 1));
    writer.out.extend_from_slice(&after.to_be_bytes());
    writer.out.push(if frame.key { KEY_FLAG } else { 0 });
    writer.out.extend_from_slice(&frame.data);
}

/// Whole milliseconds of the file's time.
pub(super) fn millis(origin: At, at: At) -> u64 {
    at.since(origin).as_millis() as u64
}
