//! Sealed segments seen as one standard file: WebM (VP8 and Opus) or Matroska (H.264), laid out
//! from what the journal keeps of each segment, so that any byte range of the file is served by
//! opening only the segments under it. Nothing is transcoded and nothing is decrypted here.
//!
//! The file is a head (tracks, seek points) and one cluster for each slot of time that holds any
//! segment. Every size follows from frame counts and byte counts alone.

mod cluster;
mod head;

use crate::codec::{Codec, Kind};
use crate::limits::{GAP_MICROS, MAX_FILE_MICROS, MAX_LANE_SEGMENTS, MAX_LANES};
use crate::segment::{Segment, SegmentMeta};
use crate::vp8::Size;
use kernel::At;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::time::Duration;
use thiserror::Error;

/// One stream of the file: one person's camera or sound, over all tracks she had during a call.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What players show as the stream's name. Never a person's name.
    pub label: String,
    /// Its segments, in any order.
    pub segments: Vec<LaneSegment>,
}

/// One segment of a lane.
#[derive(Clone, Debug)]
pub struct LaneSegment {
    /// The room's id of the track. Once a later track has begun, an earlier one is not shown.
    pub track: String,
    /// What the journal keeps of the segment.
    pub meta: SegmentMeta,
}

/// Where a segment stands in the lanes given to `Layout::new`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SegmentRef {
    /// Which lane.
    pub lane: usize,
    /// Which of its segments, as they were given.
    pub segment: usize,
}

/// A stretch of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These bytes of `Layout::head`.
    Head(Range<usize>),
    /// These bytes of what `Layout::write` gives for the cluster.
    Cluster {
        /// Which cluster.
        cluster: usize,
        /// Which of its bytes.
        within: Range<usize>,
    },
}

/// A stretch of time in which a lane has nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The last frame before it.
    pub from: At,
    /// The first frame after it.
    pub to: At,
}

/// Why segments cannot be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LayoutFault {
    /// There is no segment to show.
    #[error("nothing to lay out")]
    Empty,
    /// Too many lanes, segments, or hours.
    #[error("more than one file may hold")]
    Limit,
    /// A segment's figures cannot be true.
    #[error("a segment whose figures cannot be true")]
    Meta,
    /// One lane with two codecs.
    #[error("one lane with two codecs")]
    Mixed,
}

/// A file that does not exist until somebody asks for a range of it.
#[derive(Clone, Debug)]
pub struct Layout {
    origin: At,
    end: At,
    head: Vec<u8>,
    lanes: Vec<Shape>,
    clusters: Vec<Cluster>,
    total: u64,
    fingerprint: u64,
}

#[derive(Clone, Debug)]
struct Shape {
    codec: Codec,
    label: String,
    size: Option<Size>,
    setup: Option<Vec<u8>>,
    gaps: Vec<Gap>,
}

#[derive(Clone, Debug)]
struct Cluster {
    offset: u64,
    length: u64,
    time: u64,
    refs: Vec<SegmentRef>,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    meta: SegmentMeta,
    floor: At,
}

impl Layout {
    /// Lays the lanes out as one file whose time begins at `origin`: give the same origin to the
    /// files of two people and they play side by side; without one it begins with the first frame.
    pub fn new(lanes: &[Lane], origin: Option<At>) -> Result<Self, LayoutFault> {
        if lanes.len() > MAX_LANES {
            return Err(LayoutFault::Limit);
        }
        let mut slots: BTreeMap<At, Vec<(SegmentRef, Part)>> = BTreeMap::new();
        let mut shapes = Vec::new();
        let (mut first, mut end) = (At(i64::MAX), At(i64::MIN));
        let mut print = Fnv::new();
        for (number, lane) in lanes.iter().enumerate() {
            let chosen = choose(lane)?;
            shapes.push(shape(lane, &chosen)?);
            let mut floor = At(i64::MIN);
            for segment in chosen {
                let meta = &lane.segments[segment].meta;
                let place = SegmentRef { lane: number, segment };
                let slot = meta.slot;
                first = first.min(meta.first_at);
                end = end.max(ends(meta).max(floor));
                print.add(number as u64, meta);
                slots.entry(slot).or_default().push((place, Part { meta: meta.clone(), floor }));
                floor = floor.max(meta.last_at);
            }
        }
        if slots.is_empty() {
            return Err(LayoutFault::Empty);
        }
        let origin = origin.unwrap_or(first);
        if end.0.saturating_sub(origin.0.min(first.0)) > MAX_FILE_MICROS {
            return Err(LayoutFault::Limit);
        }
        let clusters = slots.into_values().map(|parts| Cluster::new(origin, parts)).collect();
        let fingerprint = print.0 ^ origin.0 as u64;
        let (head, lanes, total) = (Vec::new(), shapes, 0);
        let mut layout = Self { origin, end, head, lanes, clusters, total, fingerprint };
        layout.place();
        Ok(layout)
    }

    /// The media type for the answer to a browser.
    pub fn media_type(&self) -> &'static str {
        let webm = self.lanes.iter().all(|lane| lane.codec != Codec::H264);
        match (webm, self.lanes.iter().any(|lane| lane.codec.kind() == Kind::Video)) {
            (true, true) => "video/webm",
            (true, false) => "audio/webm",
            (false, _) => "video/x-matroska",
        }
    }

    /// The file's length in bytes.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The instant at which the player shows 0:00.
    pub fn origin(&self) -> At {
        self.origin
    }

    /// How long it plays.
    pub fn duration(&self) -> Duration {
        self.end.since(self.origin)
    }

    /// Changes whenever any byte of the file does: the answer's `ETag`.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Where a lane has nothing for longer than a pause in speech explains.
    pub fn gaps(&self, lane: usize) -> &[Gap] {
        self.lanes.get(lane).map_or(&[], |shape| &shape.gaps)
    }

    /// How many clusters the file has.
    pub fn clusters(&self) -> usize {
        self.clusters.len()
    }

    /// The file's first bytes.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// What to fetch, in order, for these bytes of the file; a range past the end is cut to it.
    pub fn pieces(&self, range: Range<u64>) -> Vec<Piece> {
        let (start, end) = (range.start, range.end.min(self.total));
        let mut pieces = Vec::new();
        let head = self.head.len() as u64;
        if start < end && start < head {
            pieces.push(Piece::Head(start as usize..end.min(head) as usize));
        }
        let skipped = self.clusters.partition_point(|one| one.offset + one.length <= start);
        for (cluster, one) in self.clusters.iter().enumerate().skip(skipped) {
            if one.offset >= end || start >= end {
                break;
            }
            let from = start.saturating_sub(one.offset) as usize;
            let to = (end - one.offset).min(one.length) as usize;
            pieces.push(Piece::Cluster { cluster, within: from..to });
        }
        pieces
    }

    /// The segments a cluster is made of, in the order `write` wants them.
    pub fn segments(&self, cluster: usize) -> &[SegmentRef] {
        self.clusters.get(cluster).map_or(&[], |cluster| &cluster.refs)
    }

    /// The cluster's bytes. A segment that cannot be had, or is not the one the journal names, is
    /// left out and its bytes filled, so that the file keeps its length and plays on.
    pub fn write(&self, cluster: usize, segments: &[Option<Segment>]) -> Vec<u8> {
        self.clusters
            .get(cluster)
            .map_or_else(Vec::new, |cluster| cluster.write(self.origin, segments))
    }

    /// Sizes first, then offsets: the head's length does not depend on the numbers in it.
    fn place(&mut self) {
        let mut offset = head::write(self).len() as u64;
        for cluster in &mut self.clusters {
            cluster.offset = offset;
            offset += cluster.length;
        }
        self.total = offset;
        self.head = head::write(self);
    }
}

/// The lane's segments in order of time, without those of a track after a later one has begun and
/// without a beginning that no key frame opens.
fn choose(lane: &Lane) -> Result<Vec<usize>, LayoutFault> {
    if lane.segments.len() > MAX_LANE_SEGMENTS {
        return Err(LayoutFault::Limit);
    }
    if lane.segments.iter().any(|segment| !segment.meta.is_sound()) {
        return Err(LayoutFault::Meta);
    }
    let mut order: Vec<usize> = (0..lane.segments.len()).collect();
    order.sort_by_key(|one| (lane.segments[*one].meta.first_at, *one));
    let mut chosen = Vec::new();
    let mut current: Option<&str> = None;
    let mut over: HashSet<&str> = HashSet::new();
    let mut open = false;
    for one in order {
        let segment = &lane.segments[one];
        if current != Some(segment.track.as_str()) {
            if over.contains(segment.track.as_str()) {
                continue;
            }
            over.extend(current);
            current = Some(&segment.track);
            open = false;
        }
        open |= segment.meta.key_at.is_some();
        if open {
            chosen.push(one);
        }
    }
    Ok(chosen)
}

fn shape(lane: &Lane, chosen: &[usize]) -> Result<Shape, LayoutFault> {
    let metas = || chosen.iter().map(|one| &lane.segments[*one].meta);
    let codec = lane.segments.first().map_or(Codec::Opus, |one| one.meta.codec);
    if lane.segments.iter().any(|one| one.meta.codec != codec) {
        return Err(LayoutFault::Mixed);
    }
    let size = metas().find_map(|meta| meta.size);
    let setup = metas().find_map(|meta| meta.setup.clone());
    let gaps = gaps(metas());
    Ok(Shape { codec, label: lane.label.clone(), size, setup, gaps })
}

/// Where segments in order of time leave out more than a pause in speech explains.
pub fn gaps<'a>(metas: impl Iterator<Item = &'a SegmentMeta>) -> Vec<Gap> {
    let mut last: Option<At> = None;
    let mut gaps = Vec::new();
    for meta in metas {
        if let Some(from) = last
            && meta.first_at.0 - from.0 > GAP_MICROS
        {
            gaps.push(Gap { from, to: meta.first_at });
        }
        last = Some(last.map_or(meta.last_at, |last| last.max(meta.last_at)));
    }
    gaps
}

/// When the last frame has been shown: its successor's time is not known, so a usual one is taken.
fn ends(meta: &SegmentMeta) -> At {
    let usual = match meta.codec.kind() {
        Kind::Audio => 20_000,
        Kind::Video => {
            let steps = i64::from(meta.frames.max(2) - 1);
            ((meta.last_at.0 - meta.first_at.0) / steps).clamp(16_000, 200_000)
        }
    };
    At(meta.last_at.0.saturating_add(usual))
}

/// FNV-1a: tells files apart, keeps no secret.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, lane: u64, meta: &SegmentMeta) {
        let figures = [lane, meta.first_at.0 as u64, meta.last_at.0 as u64];
        for figure in figures.into_iter().chain([meta.frames.into(), meta.payload.into()]) {
            for byte in figure.to_le_bytes() {
                self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
    }
}
