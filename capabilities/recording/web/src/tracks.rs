//! What of a call is recorded, as stretches on one line of time: for each person, picture and
//! sound apart, where they are there, where they are missing, and why.

use crate::recordings::Gap;
use call::Participant;
use kernel::At;
use recording::limits::GAP_MICROS;
use recording::{Kind, Segment};
use serde::Serialize;
use std::collections::BTreeMap;

/// One person's picture or sound.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    pub(crate) who: Participant,
    pub(crate) kind: Kind,
    pub(crate) spans: Vec<(i64, i64)>,
    pub(crate) holes: Vec<Hole>,
}

/// A stretch that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Hole {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) cause: String,
}

/// The tracks of a recording: each person's picture before their sound.
pub(crate) fn of(segments: &[Segment], gaps: &[Gap]) -> Vec<Track> {
    let mut lanes: BTreeMap<(Participant, Kind), Vec<&Segment>> = BTreeMap::new();
    let mut owner: BTreeMap<&str, (Participant, Kind)> = BTreeMap::new();
    for segment in segments {
        let lane = (segment.participant, segment.codec.kind());
        lanes.entry(lane).or_default().push(segment);
        owner.insert(&segment.track, lane);
    }
    let tracks = lanes.into_iter().map(|(lane, segments)| {
        let noted: Vec<&Gap> =
            gaps.iter().filter(|gap| owner.get(gap.track.as_str()) == Some(&lane)).collect();
        let spans = spans(&segments);
        let holes = holes(&spans, &noted);
        Track { who: lane.0, kind: lane.1, spans, holes }
    });
    tracks.collect()
}

fn spans(segments: &[&Segment]) -> Vec<(i64, i64)> {
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for segment in segments {
        let (At(from), At(to)) = (segment.started_at, segment.ended_at);
        match spans.last_mut() {
            Some(last) if from - last.1 <= GAP_MICROS => last.1 = last.1.max(to),
            _ => spans.push((from, to)),
        }
    }
    spans
}

/// What the recorder noted, and what it could not: it was not there.
fn holes(spans: &[(i64, i64)], noted: &[&Gap]) -> Vec<Hole> {
    let mut holes: Vec<Hole> = noted
        .iter()
        .map(|gap| Hole { from: gap.from, to: gap.to, cause: gap.cause.clone() })
        .collect();
    for pair in spans.windows(2) {
        let (from, to) = (pair[0].1, pair[1].0);
        let known = noted.iter().any(|gap| gap.from < to && gap.to > from);
        if !known {
            holes.push(Hole { from, to, cause: "unknown".into() });
        }
    }
    holes.sort_by_key(|hole| (hole.from, hole.to));
    holes
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::{Codec, Meta};

    fn segment(track: &str, from: i64, to: i64) -> Segment {
        Segment {
            participant: Participant::Victim,
            track: track.into(),
            codec: Codec::Vp8,
            index: 0,
            object: String::new(),
            started_at: At(from),
            ended_at: At(to),
            bytes: 1,
            sha256: String::new(),
            meta: Meta {
                slot: At(from),
                frames: 1,
                payload: 1,
                key_at: None,
                size: None,
                setup: None,
            },
        }
    }

    #[test]
    fn a_hole_that_nobody_noted_is_found_and_a_noted_one_keeps_its_cause() {
        let seconds = |from: i64, to: i64| segment("v", from * 1_000_000, to * 1_000_000);
        let segments = [seconds(0, 1), seconds(1, 2), seconds(5, 6), seconds(9, 10)];
        let noted =
            Gap { track: "v".into(), from: 6_000_000, to: 9_000_000, cause: "restart".into() };
        let tracks = of(&segments, &[noted]);
        assert_eq!(tracks.len(), 1);
        assert_eq!(tracks[0].spans.len(), 3);
        let causes: Vec<_> = tracks[0].holes.iter().map(|hole| hole.cause.as_str()).collect();
        assert_eq!(causes, ["unknown", "restart"]);
    }
}
