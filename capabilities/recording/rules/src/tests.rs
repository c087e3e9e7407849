//! The rules of a recording, each as a sentence.

use crate::event::{Codec, Event, GapCause, Meta, Segment, Still, StillCause};
use crate::{CLASS, Command, Recording, RecordingId, Refusal, StillId};
use call::{CallId, MatterKind, Participant};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::spec::{Given, given};
use kernel::{At, Decider};
use std::time::Duration;

const T: At = At::from_seconds(1_800_000_000);

fn at(millis: i64) -> At {
    At(T.0 + millis * 1_000)
}

fn started() -> Event {
    Event::Started { call: CallId(7), incident: IncidentId(9) }
}

fn segment(run: &str, track: &str, index: u64, from: i64) -> Segment {
    Segment {
        participant: Participant::Victim,
        track: track.into(),
        codec: Codec::Vp8,
        index,
        object: format!("rec/room/{run}-{:08x}", serial(track) + index),
        started_at: at(from),
        ended_at: at(from + 799),
        bytes: 1_000,
        sha256: "ab".repeat(32),
        meta: Meta {
            slot: at(from),
            frames: 12,
            payload: 900,
            key_at: None,
            size: None,
            setup: None,
        },
    }
}

/// Apart for every track of these tests.
fn serial(track: &str) -> u64 {
    track.bytes().last().map_or(0, |byte| u64::from(byte) << 32)
}

fn written(segments: &[Segment]) -> Event {
    Event::SegmentsWritten { segments: segments.to_vec() }
}

fn note(segments: &[Segment]) -> Command {
    Command::NoteSegments { segments: segments.to_vec() }
}

fn still(number: u128) -> Still {
    Still {
        still: StillId(number),
        participant: Participant::Victim,
        track: "TR_v".into(),
        at: T,
        object: "still/room/1".into(),
        bytes: 500,
        sha256: "cd".repeat(32),
        width: 1280,
        height: 720,
        by: StaffId(1),
    }
}

fn running() -> Given<Recording> {
    given::<Recording>([started()])
}

#[test]
fn a_recording_starts_once() {
    let start = Command::Start { call: CallId(7), incident: IncidentId(9) };
    given::<Recording>([]).when(start.clone()).then([started()]);
    running().when(start.clone()).then_refused(Refusal::AlreadyStarted);
    running().and([Event::Ended {}]).when(start).then_refused(Refusal::AlreadyStarted);
}

#[test]
fn nothing_is_noted_of_a_recording_that_never_started() {
    given::<Recording>([])
        .when(note(&[segment("1", "TR_v", 0, 0)]))
        .then_refused(Refusal::NotStarted);
    given::<Recording>([]).when(Command::End).then_refused(Refusal::NotStarted);
}

#[test]
fn segments_are_noted_in_one_event() {
    let both = [segment("1", "TR_v", 0, 0), segment("1", "TR_a", 0, 0)];
    running().when(note(&both)).then([written(&both)]);
}

#[test]
fn a_segment_is_never_noted_twice() {
    let (first, second) = (segment("1", "TR_v", 0, 0), segment("1", "TR_v", 1, 800));
    let noted = || running().and([written(std::slice::from_ref(&first))]);
    noted().when(note(std::slice::from_ref(&first))).then_refused(Refusal::AlreadyKept);
    noted().when(note(&[first.clone(), second.clone(), second.clone()])).then([written(&[second])]);
}

#[test]
fn a_track_that_counts_anew_within_one_run_loses_nothing() {
    let first = segment("1", "TR_v", 0, 0);
    let mut again = segment("1", "TR_v", 0, 5_000);
    again.object = "rec/room/1-00000009".into();
    running()
        .and([written(&[first])])
        .when(note(std::slice::from_ref(&again)))
        .then([written(&[again])]);
}

#[test]
fn what_is_found_on_the_disk_after_the_end_still_counts() {
    let found = [segment("1", "TR_v", 4, 3_200)];
    running().and([Event::Ended {}]).when(note(&found)).then([written(&found)]);
}

#[test]
fn figures_that_cannot_be_true_are_refused() {
    let mut long = segment("1", "TR_v", 0, 0);
    long.ended_at = at(1_001);
    let mut backwards = segment("1", "TR_v", 0, 0);
    backwards.ended_at = at(-1);
    let mut unhashed = segment("1", "TR_v", 0, 0);
    unhashed.sha256 = "ab".into();
    let mut unnumbered = segment("1", "TR_v", 0, 0);
    unnumbered.object = "rec/room/one".into();
    for wrong in [long, backwards, unhashed, unnumbered] {
        running().when(note(&[wrong])).then_refused(Refusal::Unsound);
    }
    running().when(note(&[])).then_refused(Refusal::Unsound);
}

#[test]
fn the_stretch_lost_between_two_runs_of_the_recorder_is_listed_as_a_gap() {
    let before = segment("1", "TR_v", 0, 0);
    let after = segment("2", "TR_w", 0, 9_000);
    let gap = Event::GapNoted {
        track: "TR_w".into(),
        from: at(799),
        to: at(9_000),
        cause: GapCause::Restart,
    };
    running()
        .and([written(std::slice::from_ref(&before))])
        .when(note(std::slice::from_ref(&after)))
        .then([gap, written(&[after])]);
}

#[test]
fn a_pause_within_one_run_is_the_recorders_to_name() {
    let (before, after) = (segment("1", "TR_v", 0, 0), segment("1", "TR_v", 1, 9_000));
    running()
        .and([written(&[before])])
        .when(note(std::slice::from_ref(&after)))
        .then([written(&[after])]);
}

#[test]
fn a_silent_track_is_red_until_something_of_it_is_durable() {
    let silent = Event::Silent { track: "TR_v".into() };
    let tell = Command::NoteSilent { track: "TR_v".into() };
    running().when(tell.clone()).then([silent.clone()]);
    running().and([silent.clone()]).when(tell).then_refused(Refusal::AlreadySilent);
    let first = [segment("1", "TR_v", 0, 0)];
    running()
        .and([silent])
        .when(note(&first))
        .then([written(&first), Event::Sounded { track: "TR_v".into() }]);
}

#[test]
fn a_silent_track_that_is_over_is_waited_for_no_longer() {
    let over = Command::NoteTrackOver { track: "TR_v".into() };
    let silent = Event::Silent { track: "TR_v".into() };
    running().and([silent]).when(over.clone()).then([Event::Sounded { track: "TR_v".into() }]);
    running().when(over).then_refused(Refusal::NotSilent);
}

#[test]
fn a_gap_is_noted_once_and_never_runs_backwards() {
    let gap = |from, to| Command::NoteGap {
        track: "TR_v".into(),
        from: at(from),
        to: at(to),
        cause: GapCause::Silence,
    };
    let noted = Event::GapNoted {
        track: "TR_v".into(),
        from: at(0),
        to: at(4_000),
        cause: GapCause::Silence,
    };
    running().when(gap(0, 4_000)).then([noted.clone()]);
    running().and([noted]).when(gap(0, 4_000)).then_refused(Refusal::AlreadyNoted);
    running().when(gap(4_000, 0)).then_refused(Refusal::Unsound);
}

#[test]
fn a_still_is_kept_once_and_only_while_the_call_runs() {
    let keep = Command::KeepStill { still: still(1) };
    let kept = Event::StillKept { still: still(1) };
    running().when(keep.clone()).then([kept.clone()]);
    running().and([kept]).when(keep.clone()).then_refused(Refusal::StillAlreadyKept);
    running().and([Event::Ended {}]).when(keep).then_refused(Refusal::CallOver);
    let many = (0..200).map(|number| Event::StillKept { still: still(number) });
    running()
        .and(many)
        .when(Command::KeepStill { still: still(999) })
        .then_refused(Refusal::TooManyStills);
}

#[test]
fn a_still_that_failed_is_in_the_record_too() {
    let (participant, by, cause) = (Participant::Victim, StaffId(1), StillCause::TooLate);
    running()
        .when(Command::NoteStillFailed { participant, by, cause })
        .then([Event::StillFailed { participant, by, cause }]);
}

#[test]
fn a_recording_ends_once() {
    running().when(Command::End).then([Event::Ended {}]);
    running().and([Event::Ended {}]).when(Command::End).then_refused(Refusal::AlreadyEnded);
}

#[test]
fn a_recording_is_dropped_on_its_day_and_not_before() {
    let expired_on = T.day().plus(CLASS.keep_days);
    let drop = Command::Drop { expired_on, objects: 2, bytes: 2_000 };
    running().when(drop.clone()).then_refused(Refusal::StillInTime);
    let month = T.plus(Duration::from_secs(31 * 86_400));
    running().at(month).when(drop.clone()).then([Event::Dropped { objects: 2, bytes: 2_000 }]);
    let gone = || running().and([Event::Dropped { objects: 2, bytes: 2_000 }]).at(month);
    gone().when(drop).then_refused(Refusal::Dropped);
    gone().when(note(&[segment("1", "TR_v", 0, 0)])).then_refused(Refusal::Dropped);
    gone().when(Command::KeepStill { still: still(1) }).then_refused(Refusal::Dropped);
}

#[test]
fn the_state_counts_what_will_have_to_be_deleted() {
    let events = [
        written(&[segment("1", "TR_v", 0, 0), segment("1", "TR_v", 1, 800)]),
        Event::StillKept { still: still(1) },
    ];
    let state = running().and(events).state();
    let tape = state.tape().unwrap();
    assert_eq!((tape.objects, tape.bytes, tape.stills.len()), (3, 2_500, 1));
}

#[test]
fn a_recording_has_the_bits_of_its_call() {
    let id = RecordingId::from(CallId(7));
    assert_eq!(id.stream(), format!("recording/{:032x}", 7));
    assert_eq!(CallId::from(id), CallId(7));
    assert_eq!(Recording::CLASS.keep_days, 31);
}

#[test]
fn every_event_ever_stored_reads_back() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fossils");
    let mut kinds = 0;
    let mut state = crate::State::default();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let event: Event = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), json);
        state = Recording::evolve(state, &event, T);
        kinds += 1;
    }
    assert_eq!(kinds, include_str!("event.rs").matches("rename = \"recording.").count());
}

#[test]
fn a_matters_recording_is_of_no_incident_goes_sooner_and_has_no_stills() {
    let (call, matter, matter_kind) =
        (CallId(7), "disclosure/3".to_owned(), MatterKind::Disclosure);
    let start = Command::StartForMatter { call, matter: matter.clone(), matter_kind };
    let started_for_matter = Event::StartedForMatter { call, matter, matter_kind };
    given::<Recording>([]).when(start.clone()).then([started_for_matter.clone()]);
    let running = || given::<Recording>([started_for_matter.clone()]);
    running().when(start).then_refused(Refusal::AlreadyStarted);
    running().when(Command::KeepStill { still: still(1) }).then_refused(Refusal::NoStills);
    let state = running().state();
    assert_eq!(state.tape().unwrap().incident, None);
    assert_eq!(Recording::class(&started_for_matter), kernel::retention::DISCLOSURE_RECORDING);
    assert_eq!(Recording::class(&started()), CLASS);
}
