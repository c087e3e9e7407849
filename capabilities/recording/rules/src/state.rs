//! What the next decision about a recording needs to know. Small however long the call: segments
//! are kept as ranges of numbers, not one by one.

use crate::StillId;
use crate::event::{Event, Kind, Segment};
use call::{CallId, MatterKind, Participant};
use incident::IncidentId;
use kernel::At;
use std::collections::{BTreeMap, BTreeSet};

/// A recording as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    /// Nothing is recorded.
    #[default]
    Unstarted,
    /// The recorder is in the room.
    Running(Tape),
    /// The call is over; everything is durable or listed as a gap.
    Ended(Tape),
    /// Its time was up.
    Dropped,
}

/// What is recorded so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// Of which call.
    pub call: CallId,
    /// Of which incident; none when the call was about a matter.
    pub incident: Option<IncidentId>,
    /// Of which kind of matter; none when it was a response.
    pub matter: Option<MatterKind>,
    /// Since when.
    pub since: At,
    /// Tracks of which nothing came.
    pub silent: BTreeSet<String>,
    /// Stills taken.
    pub stills: BTreeSet<StillId>,
    /// Objects and their sealed bytes.
    pub objects: u64,
    /// Sealed bytes.
    pub bytes: u64,
    known: BTreeMap<String, Ranges>,
    lanes: BTreeMap<(Participant, Kind), Lane>,
    gaps: BTreeSet<(String, At)>,
}

/// Where one person's picture or sound was last written, and by which run of the recorder.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lane {
    pub(crate) run: String,
    pub(crate) ended_at: At,
}

impl State {
    /// What is recorded, as long as it exists.
    pub const fn tape(&self) -> Option<&Tape> {
        match self {
            Self::Running(tape) | Self::Ended(tape) => Some(tape),
            Self::Unstarted | Self::Dropped => None,
        }
    }

    pub(crate) fn after(self, event: &Event, at: At) -> Self {
        match (self, event) {
            (_, Event::Started { call, incident }) => {
                Self::Running(Tape::new(*call, Some(*incident), None, at))
            }
            (_, Event::StartedForMatter { call, matter_kind, .. }) => {
                Self::Running(Tape::new(*call, None, Some(*matter_kind), at))
            }
            (Self::Running(tape), Event::Ended {}) => Self::Ended(tape),
            (_, Event::Dropped { .. }) => Self::Dropped,
            (Self::Running(mut tape), event) => {
                tape.take(event);
                Self::Running(tape)
            }
            (Self::Ended(mut tape), event) => {
                tape.take(event);
                Self::Ended(tape)
            }
            (state @ (Self::Unstarted | Self::Dropped), _) => state,
        }
    }
}

impl Tape {
    fn new(
        call: CallId,
        incident: Option<IncidentId>,
        matter: Option<MatterKind>,
        since: At,
    ) -> Self {
        Self {
            call,
            incident,
            matter,
            since,
            silent: BTreeSet::new(),
            stills: BTreeSet::new(),
            objects: 0,
            bytes: 0,
            known: BTreeMap::new(),
            lanes: BTreeMap::new(),
            gaps: BTreeSet::new(),
        }
    }

    /// Whether this segment is in the journal.
    pub fn knows(&self, segment: &Segment) -> bool {
        let known = self.known.get(segment.run()).zip(segment.serial());
        known.is_some_and(|(ranges, serial)| ranges.contains(serial))
    }

    /// Whether a gap of the track that begins there is in the journal.
    pub fn knows_gap(&self, track: &str, from: At) -> bool {
        self.gaps.contains(&(track.to_owned(), from))
    }

    pub(crate) fn lane(&self, segment: &Segment) -> Option<&Lane> {
        self.lanes.get(&(segment.participant, segment.codec.kind()))
    }

    pub(crate) fn take_segment(&mut self, segment: &Segment) {
        if let Some(serial) = segment.serial() {
            self.known.entry(segment.run().to_owned()).or_default().insert(serial);
        }
        self.objects += 1;
        self.bytes = self.bytes.saturating_add(segment.bytes);
        let lane = (segment.participant, segment.codec.kind());
        let before = self.lanes.get(&lane).map_or(At(i64::MIN), |lane| lane.ended_at);
        if segment.ended_at >= before {
            let run = segment.run().to_owned();
            self.lanes.insert(lane, Lane { run, ended_at: segment.ended_at });
        }
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::SegmentsWritten { segments } => {
                segments.iter().for_each(|segment| self.take_segment(segment));
            }
            Event::Silent { track } => {
                self.silent.insert(track.clone());
            }
            Event::Sounded { track } => {
                self.silent.remove(track);
            }
            Event::StillKept { still } => {
                self.stills.insert(still.still);
                self.objects += 1;
                self.bytes = self.bytes.saturating_add(still.bytes);
            }
            Event::GapNoted { track, from, .. } => {
                self.gaps.insert((track.clone(), *from));
            }
            Event::Started { .. }
            | Event::StartedForMatter { .. }
            | Event::StillFailed { .. }
            | Event::Ended {}
            | Event::Dropped { .. } => {}
        }
    }
}

/// Whole numbers as closed ranges, in order and apart.
#[derive(Clone, Debug, Default, PartialEq)]
struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    fn contains(&self, number: u64) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= number);
        after > 0 && self.0[after - 1].1 >= number
    }

    fn insert(&mut self, number: u64) {
        if self.contains(number) {
            return;
        }
        let after = self.0.partition_point(|(from, _)| *from <= number);
        let joins_before = after > 0 && self.0[after - 1].1.checked_add(1) == Some(number);
        let joins_after = self.0.get(after).is_some_and(|(from, _)| *from - 1 == number);
        match (joins_before, joins_after) {
            (true, true) => {
                self.0[after - 1].1 = self.0[after].1;
                self.0.remove(after);
            }
            (true, false) => self.0[after - 1].1 = number,
            (false, true) => self.0[after].0 = number,
            (false, false) => self.0.insert(after, (number, number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ranges;

    #[test]
    fn numbers_in_any_order_become_one_range() {
        let mut ranges = Ranges::default();
        for number in [3, 1, 7, 2, 2, 0, 6, 5] {
            ranges.insert(number);
            assert!(ranges.contains(number));
        }
        assert_eq!(ranges, Ranges(vec![(0, 3), (5, 7)]));
        assert!(!ranges.contains(4) && !ranges.contains(8));
        ranges.insert(4);
        assert_eq!(ranges, Ranges(vec![(0, 7)]));
        ranges.insert(u64::MAX);
        assert!(ranges.contains(u64::MAX) && !ranges.contains(u64::MAX - 1));
    }
}
