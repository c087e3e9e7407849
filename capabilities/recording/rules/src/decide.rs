//! What may happen to a recording. Pure: what is durable, and since when, is told in the command.

use crate::event::{Event, GapCause, Segment, Still};
use crate::limits::{GAP_MICROS, MAX_NOTED, MAX_STILLS, MAX_TRACK_BYTES};
use crate::state::{State, Tape};
use crate::{Command, Recording};
use kernel::{At, Class, Context, Day, Decider};

/// A recording and its stills: a month, unless something promotes it to evidence.
//= Management of Police Information code of practice, review and disposal: what has no
//= policing purpose left is disposed of; what becomes evidence is copied to the case first
pub const CLASS: Class = Class {
    name: "call-recording",
    keep_days: 31,
    authority: "Data Protection Act 2018 s.39: kept no longer than is necessary; 31 days to copy \
                what becomes evidence",
};

/// Why it may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Started once.
    #[error("this call is being recorded already")]
    AlreadyStarted,
    /// Nothing to add to.
    #[error("this call is not being recorded")]
    NotStarted,
    /// Its time was up.
    #[error("this recording is no longer kept: its time was up")]
    Dropped,
    /// Ended once.
    #[error("this recording has ended already")]
    AlreadyEnded,
    /// Every segment was known.
    #[error("these segments are in the record already")]
    AlreadyKept,
    /// Known.
    #[error("this gap is in the record already")]
    AlreadyNoted,
    /// Known.
    #[error("this track is known to be silent already")]
    AlreadySilent,
    /// Not silent.
    #[error("this track is not silent")]
    NotSilent,
    /// The same still twice.
    #[error("this still is in the record already")]
    StillAlreadyKept,
    /// The call is over.
    #[error("the call is over: stills are taken while it runs")]
    CallOver,
    /// No picture of somebody who is told something in confidence.
    #[error("no stills are kept of this call")]
    NoStills,
    /// Too many.
    #[error("this call has 200 stills; no more can be taken")]
    TooManyStills,
    /// Figures that cannot be true.
    #[error("what is to be noted cannot be true: a figure is outside its limits")]
    Unsound,
    /// Before its day.
    #[error("this recording is still kept: its day has not come")]
    StillInTime,
}

impl Decider for Recording {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "recording";
    const CLASS: Class = CLASS;

    fn class(first: &Event) -> Class {
        match first {
            Event::StartedForMatter { matter_kind, .. } => matter_kind.recording_class(),
            _ => CLASS,
        }
    }

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let tape = match (state, &command) {
            (State::Unstarted, Command::Start { call, incident }) => {
                return Ok(vec![Event::Started { call: *call, incident: *incident }]);
            }
            (State::Unstarted, Command::StartForMatter { call, matter, matter_kind }) => {
                let (call, matter_kind, matter) = (*call, *matter_kind, matter.clone());
                return Ok(vec![Event::StartedForMatter { call, matter, matter_kind }]);
            }
            (State::Unstarted, _) => return Err(Refusal::NotStarted),
            (State::Dropped, _) => return Err(Refusal::Dropped),
            (State::Running(tape) | State::Ended(tape), _) => tape,
        };
        let over = matches!(state, State::Ended(_));
        match command {
            Command::Start { .. } | Command::StartForMatter { .. } => Err(Refusal::AlreadyStarted),
            // What is on the disk counts, even when it is found after the end.
            Command::NoteSegments { segments } => note_segments(tape, segments),
            Command::NoteGap { track, from, to, cause } => note_gap(tape, track, from, to, cause),
            Command::NoteSilent { .. } if over => Err(Refusal::AlreadyEnded),
            Command::NoteSilent { track } => note_silent(tape, track),
            Command::NoteTrackOver { track } => note_track_over(tape, track),
            Command::KeepStill { .. } if tape.matter.is_some() => Err(Refusal::NoStills),
            Command::KeepStill { .. } if over => Err(Refusal::CallOver),
            Command::KeepStill { still } => keep_still(tape, still),
            Command::NoteStillFailed { participant, by, cause } => {
                Ok(vec![Event::StillFailed { participant, by, cause }])
            }
            Command::End if over => Err(Refusal::AlreadyEnded),
            Command::End => Ok(vec![Event::Ended {}]),
            Command::Drop { expired_on, objects, bytes } => {
                drop_it(context.at, expired_on, objects, bytes)
            }
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

fn note_segments(tape: &Tape, segments: Vec<Segment>) -> Result<Vec<Event>, Refusal> {
    if segments.is_empty() || segments.len() > MAX_NOTED || !segments.iter().all(sound) {
        return Err(Refusal::Unsound);
    }
    let mut after = tape.clone();
    let (mut fresh, mut gaps, mut sounded) = (Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        if after.knows(&segment) {
            continue;
        }
        gaps.extend(restarted(&after, &segment));
        if after.silent.remove(&segment.track) {
            sounded.push(Event::Sounded { track: segment.track.clone() });
        }
        after.take_segment(&segment);
        fresh.push(segment);
    }
    if fresh.is_empty() {
        return Err(Refusal::AlreadyKept);
    }
    gaps.push(Event::SegmentsWritten { segments: fresh });
    gaps.extend(sounded);
    Ok(gaps)
}

/// The stretch between two runs of the recorder: a kill, a power cut, an upgrade.
fn restarted(tape: &Tape, segment: &Segment) -> Option<Event> {
    let lane = tape.lane(segment)?;
    let gone = segment.started_at.0.saturating_sub(lane.ended_at.0) > GAP_MICROS;
    (gone && lane.run != segment.run()).then(|| Event::GapNoted {
        track: segment.track.clone(),
        from: lane.ended_at,
        to: segment.started_at,
        cause: GapCause::Restart,
    })
}

fn note_gap(
    tape: &Tape,
    track: String,
    from: At,
    to: At,
    cause: GapCause,
) -> Result<Vec<Event>, Refusal> {
    if to < from || !named(&track) {
        return Err(Refusal::Unsound);
    }
    if tape.knows_gap(&track, from) {
        return Err(Refusal::AlreadyNoted);
    }
    Ok(vec![Event::GapNoted { track, from, to, cause }])
}

fn note_silent(tape: &Tape, track: String) -> Result<Vec<Event>, Refusal> {
    match track {
        track if !named(&track) => Err(Refusal::Unsound),
        track if tape.silent.contains(&track) => Err(Refusal::AlreadySilent),
        track => Ok(vec![Event::Silent { track }]),
    }
}

fn note_track_over(tape: &Tape, track: String) -> Result<Vec<Event>, Refusal> {
    if tape.silent.contains(&track) {
        Ok(vec![Event::Sounded { track }])
    } else {
        Err(Refusal::NotSilent)
    }
}

fn keep_still(tape: &Tape, still: Still) -> Result<Vec<Event>, Refusal> {
    let sound = named(&still.track) && is_hash(&still.sha256) && still.width > 0;
    if !sound || still.height == 0 || still.object.is_empty() {
        return Err(Refusal::Unsound);
    }
    if tape.stills.contains(&still.still) {
        return Err(Refusal::StillAlreadyKept);
    }
    if tape.stills.len() >= MAX_STILLS {
        return Err(Refusal::TooManyStills);
    }
    Ok(vec![Event::StillKept { still }])
}

/// Only after the day of its epoch: the key goes first, the ciphertext after it.
//= Data Protection Act 2018, section 39(1): kept for no longer than is necessary
fn drop_it(at: At, expired_on: Day, objects: u64, bytes: u64) -> Result<Vec<Event>, Refusal> {
    if at < expired_on.start() {
        return Err(Refusal::StillInTime);
    }
    Ok(vec![Event::Dropped { objects, bytes }])
}

fn sound(segment: &Segment) -> bool {
    let span = segment.ended_at.0.checked_sub(segment.started_at.0);
    named(&segment.track)
        && is_hash(&segment.sha256)
        && segment.serial().is_some()
        && segment.meta.frames > 0
        && span.is_some_and(|span| (0..=GAP_MICROS).contains(&span))
}

fn named(track: &str) -> bool {
    !track.is_empty() && track.len() <= MAX_TRACK_BYTES
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
