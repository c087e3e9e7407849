//! Whether a recording plays: segments judged one by one and as a lane, and the finished file
//! walked element by element. Headers only; what a decoder makes of the pixels is not seen here.

use crate::codec::{Codec, Kind};
use crate::ebml::{self, Element, Walk};
use crate::segment::{Frame, Segment};
use crate::webm::{Gap, gaps};
use crate::{opus, vp8};
use kernel::At;
use std::collections::BTreeMap;
use std::time::Duration;
use thiserror::Error;

/// What keeps a recording from playing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProbeFault {
    /// There is no frame at all.
    #[error("nothing is recorded")]
    Empty,
    /// Segments of different codecs in one lane.
    #[error("one lane has two codecs")]
    Mixed,
    /// A picture begins with a frame that needs an earlier one.
    #[error("a picture does not begin with a key frame")]
    NoKeyFrame,
    /// Time runs backwards from one segment to the next.
    #[error("time runs backwards")]
    Backwards,
    /// A frame whose header cannot be believed.
    #[error("a frame is damaged")]
    Damaged,
    /// The file's elements are not what a player expects.
    #[error("the file is not well formed")]
    Structure,
    /// A seek point that leads nowhere.
    #[error("a seek point leads nowhere")]
    SeekPoint,
}

/// What was found in one lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// From the first frame to the last.
    pub duration: Duration,
    /// How many frames.
    pub frames: u64,
    /// Coded bytes.
    pub bytes: u64,
    /// Segments that are not there though later ones of the same track are.
    pub lost: u64,
    /// Where nothing is recorded.
    pub gaps: Vec<Gap>,
    /// What keeps it from playing; each once.
    pub faults: Vec<ProbeFault>,
}

impl Verdict {
    /// Whether it plays. Gaps do not keep it from playing; they are listed.
    pub fn is_playable(&self) -> bool {
        self.faults.is_empty()
    }

    fn blame(&mut self, fault: ProbeFault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

/// Judges one person's picture or sound, its segments in any order.
pub fn lane(segments: &[Segment]) -> Verdict {
    let mut order: Vec<&Segment> =
        segments.iter().filter(|segment| !segment.frames().is_empty()).collect();
    order.sort_by_key(|segment| segment.frames().first().map(|frame| frame.at));
    let metas: Vec<_> = order.iter().filter_map(|segment| segment.meta()).collect();
    let (first, last) = (metas.first(), metas.iter().map(|meta| meta.last_at).max());
    let span = first.zip(last).map_or(Duration::ZERO, |(first, last)| last.since(first.first_at));
    let mut verdict = Verdict {
        duration: span,
        frames: metas.iter().map(|meta| u64::from(meta.frames)).sum(),
        bytes: metas.iter().map(|meta| u64::from(meta.payload)).sum(),
        lost: lost(&order),
        gaps: gaps(metas.iter()),
        faults: Vec::new(),
    };
    let Some(codec) = first.map(|meta| meta.codec) else {
        verdict.blame(ProbeFault::Empty);
        return verdict;
    };
    let mut ends: BTreeMap<&str, At> = BTreeMap::new();
    for segment in order {
        let header = segment.header();
        if header.codec != codec {
            verdict.blame(ProbeFault::Mixed);
        }
        let before = ends.get(header.track.as_str());
        let first = &segment.frames()[0];
        if before.is_none() && !first.key {
            verdict.blame(ProbeFault::NoKeyFrame);
        }
        if before.is_some_and(|before| first.at < *before) {
            verdict.blame(ProbeFault::Backwards);
        }
        if let Some(last) = segment.frames().last() {
            ends.insert(&header.track, last.at);
        }
        if !segment.frames().iter().all(|frame| sound(header.codec, frame)) {
            verdict.blame(ProbeFault::Damaged);
        }
    }
    verdict
}

/// Holes in the numbers of each track and run. What is missing at the end leaves no hole.
fn lost(segments: &[&Segment]) -> u64 {
    let mut tracks: BTreeMap<(&str, u64), (u64, u64)> = BTreeMap::new();
    for segment in segments {
        let header = segment.header();
        let (count, last) = tracks.entry((&header.track, header.boot)).or_default();
        *count += 1;
        *last = header.index.max(*last);
    }
    tracks.into_values().map(|(count, last)| last.saturating_add(1).saturating_sub(count)).sum()
}

fn sound(codec: Codec, frame: &Frame) -> bool {
    match codec {
        Codec::Vp8 => vp8::is_sound(&frame.data) && vp8::is_key(&frame.data) == frame.key,
        Codec::Opus => opus::is_sound(&frame.data),
        Codec::H264 => lengths_add_up(&frame.data),
    }
}

fn lengths_add_up(mut data: &[u8]) -> bool {
    while let Some((length, rest)) = data.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(after) = rest.get(length..) else { return false };
        data = after;
    }
    data.is_empty()
}

/// What a finished file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct FileVerdict {
    /// What its head says, in milliseconds.
    pub millis: f64,
    /// Picture or sound, stream by stream.
    pub streams: Vec<Kind>,
    /// Frames of each stream.
    pub frames: Vec<u64>,
    /// When each stream has frames.
    pub times: Vec<StreamTimes>,
    /// Seek points.
    pub cues: usize,
}

/// When a stream of a file has frames, in milliseconds of the file's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamTimes {
    /// Its first frame.
    pub first: u64,
    /// Its last.
    pub last: u64,
    /// All stretches of more than a second between two frames, added up.
    pub missing: u64,
}

impl StreamTimes {
    fn reach(&mut self, at: u64, anew: bool) {
        if anew {
            *self = Self { first: at, last: at, missing: 0 };
            return;
        }
        let since = at.saturating_sub(self.last);
        if since > 1000 {
            self.missing += since;
        }
        self.last = at;
    }
}

#[derive(Default)]
struct FileWalk {
    millis: f64,
    streams: Vec<Kind>,
    frames: Vec<u64>,
    times: Vec<StreamTimes>,
    cues: Vec<u64>,
    clusters: Vec<u64>,
    last: u64,
}

/// Walks a whole file as `webm::Layout` writes it: every element in place, times in order, every
/// stream beginning with a key frame, every seek point at a cluster.
pub fn file(bytes: &[u8]) -> Result<FileVerdict, ProbeFault> {
    let mut top = Walk::new(bytes);
    let (head, segment) = (next(&mut top)?, next(&mut top)?);
    if head.id != 0x1A45_DFA3 || segment.id != 0x1853_8067 || top.next().is_some() {
        return Err(ProbeFault::Structure);
    }
    let mut walk = FileWalk::default();
    let mut parts = Walk::new(segment.data);
    loop {
        let position = segment.data.len() - parts.left();
        let Some(part) = parts.next() else { break };
        let part = part.map_err(|()| ProbeFault::Structure)?;
        match part.id {
            0x1549_A966 => walk.info(part.data)?,
            0x1654_AE6B => walk.tracks(part.data)?,
            0x1C53_BB6B => walk.cues(part.data)?,
            0x1F43_B675 => {
                walk.clusters.push(position as u64);
                walk.cluster(part.data)?;
            }
            _ => {}
        }
    }
    if walk.streams.is_empty() || walk.frames.iter().sum::<u64>() == 0 {
        return Err(ProbeFault::Empty);
    }
    if !walk.cues.iter().all(|cue| walk.clusters.binary_search(cue).is_ok()) {
        return Err(ProbeFault::SeekPoint);
    }
    let FileWalk { millis, streams, frames, times, cues, .. } = walk;
    Ok(FileVerdict { millis, streams, frames, times, cues: cues.len() })
}

fn next<'a>(walk: &mut Walk<'a>) -> Result<Element<'a>, ProbeFault> {
    walk.next().and_then(Result::ok).ok_or(ProbeFault::Structure)
}

/// The data of the first element with this id, if every element can be read.
fn find(data: &[u8], id: u32) -> Result<&[u8], ProbeFault> {
    for element in Walk::new(data) {
        let element = element.map_err(|()| ProbeFault::Structure)?;
        if element.id == id {
            return Ok(element.data);
        }
    }
    Err(ProbeFault::Structure)
}

fn number(data: &[u8], id: u32) -> Result<u64, ProbeFault> {
    ebml::unsigned(find(data, id)?).ok_or(ProbeFault::Structure)
}

impl FileWalk {
    fn info(&mut self, data: &[u8]) -> Result<(), ProbeFault> {
        let raw = find(data, 0x4489)?.try_into().map_err(|_| ProbeFault::Structure)?;
        self.millis = f64::from_be_bytes(raw);
        Ok(())
    }

    fn tracks(&mut self, data: &[u8]) -> Result<(), ProbeFault> {
        for entry in Walk::new(data) {
            let entry = entry.map_err(|()| ProbeFault::Structure)?;
            let video = number(entry.data, 0x83)? == 1;
            self.streams.push(if video { Kind::Video } else { Kind::Audio });
            self.frames.push(0);
            self.times.push(StreamTimes::default());
        }
        Ok(())
    }

    fn cues(&mut self, data: &[u8]) -> Result<(), ProbeFault> {
        for point in Walk::new(data) {
            let point = point.map_err(|()| ProbeFault::Structure)?;
            self.cues.push(number(find(point.data, 0xB7)?, 0xF1)?);
        }
        Ok(())
    }

    fn cluster(&mut self, data: &[u8]) -> Result<(), ProbeFault> {
        let base = number(data, 0xE7)?;
        for element in Walk::new(data) {
            let element = element.map_err(|()| ProbeFault::Structure)?;
            if element.id == 0xA3 {
                self.block(base, element.data)?;
            }
        }
        Ok(())
    }

    fn block(&mut self, base: u64, data: &[u8]) -> Result<(), ProbeFault> {
        let &[track, high, low, flags, _, ..] = data else { return Err(ProbeFault::Structure) };
        let after = u64::from(u16::from_be_bytes([high, low]));
        let stream = usize::from(track & 0x7f).wrapping_sub(1);
        let count = self.frames.get_mut(stream).ok_or(ProbeFault::Structure)?;
        if *count == 0 && flags & 0x80 == 0 {
            return Err(ProbeFault::NoKeyFrame);
        }
        if let Some(times) = self.times.get_mut(stream) {
            times.reach(base + after, *count == 0);
        }
        *count += 1;
        if base + after < self.last {
            return Err(ProbeFault::Backwards);
        }
        self.last = base + after;
        Ok(())
    }
}
