//! The cutter by the rules it keeps: no thread, no disk, no clock.

use super::cutter::Cutter;
use super::track::Cut;
use super::{GapCause, NO_BYTES_AFTER, StillFault, StillRequest};
use crate::tap::TapEvent;
use kernel::At;
use media::limits::SLOT_MICROS;
use media::testcard::{Loop, picture, tone};
use media::{Codec, Kind, Segment};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const START: At = At(1_795_000_000_300_000);

struct Bench {
    cutter: Cutter,
    cuts: Vec<Cut>,
}

impl Bench {
    fn new() -> Self {
        Self { cutter: Cutter::new(7), cuts: Vec::new() }
    }

    fn take(&mut self, event: TapEvent, now: At) {
        self.cutter.take(event, now, &mut self.cuts);
        self.cutter.tick(now, &mut self.cuts);
    }

    fn start(&mut self, track: &str, codec: Codec) {
        let (room, participant) = ("room_1".into(), "caller".into());
        let track = track.into();
        self.take(TapEvent::TrackStarted { room, participant, track, codec, at: START }, START);
    }

    /// Plays `count` frames of a clip, each taken the moment it is shown.
    fn play(&mut self, track: &str, clip: &mut Loop, count: usize) {
        for one in clip.take(count) {
            let at = START.plus(one.offset);
            self.take(frame(track, at, one.key, one.data), at);
        }
    }

    fn finish(&mut self, at: At) {
        self.take(TapEvent::RoomFinished { room: "room_1".into(), at }, at);
    }

    fn segments(&self) -> Vec<&Segment> {
        let cuts = self.cuts.iter();
        cuts.filter_map(|cut| if let Cut::Segment(_, one) = cut { Some(one) } else { None })
            .collect()
    }

    fn gaps(&self) -> Vec<(At, At, GapCause)> {
        let gap = |cut: &Cut| match *cut {
            Cut::Gap { from, to, cause, .. } => Some((from, to, cause)),
            _ => None,
        };
        self.cuts.iter().filter_map(gap).collect()
    }

    fn asked(&self) -> usize {
        self.cuts.iter().filter(|cut| matches!(cut, Cut::KeyFrameWanted { .. })).count()
    }

    fn red(&self) -> usize {
        self.cuts.iter().filter(|cut| matches!(cut, Cut::NoBytes { .. })).count()
    }
}

fn frame(track: &str, at: At, key: bool, data: &[u8]) -> TapEvent {
    let (room, participant) = ("room_1".into(), "caller".into());
    let (track, data, contiguous) = (track.into(), data.into(), true);
    let (width, height) = (None, None);
    TapEvent::Frame { room, participant, track, at, key, width, height, contiguous, data }
}

#[test]
fn no_segment_crosses_a_slot_and_none_is_lost() {
    let mut bench = Bench::new();
    bench.start("v", Codec::Vp8);
    bench.start("a", Codec::Opus);
    bench.play("v", &mut picture(), 150);
    bench.play("a", &mut tone(), 500);
    bench.finish(START);
    let mut counted = [0, 0];
    let mut slots = std::collections::BTreeSet::new();
    for segment in bench.segments() {
        let meta = segment.meta().unwrap();
        let slot = meta.slot..meta.slot.plus(Duration::from_micros(SLOT_MICROS as u64));
        assert!(slot.contains(&meta.first_at) && slot.contains(&meta.last_at));
        slots.insert(meta.slot.0.rem_euclid(SLOT_MICROS));
        counted[usize::from(meta.codec.kind() == Kind::Audio)] += meta.frames;
    }
    assert_eq!(counted, [150, 500]);
    assert_eq!(slots.len(), 1, "all tracks of a room share their slots");
    assert!(matches!(bench.cuts.last(), Some(Cut::RoomOver { .. })));
}

#[test]
fn numbers_of_a_track_run_without_a_hole() {
    let mut bench = Bench::new();
    bench.start("a", Codec::Opus);
    bench.play("a", &mut tone(), 200);
    bench.finish(START);
    let numbers: Vec<u64> = bench.segments().iter().map(|one| one.header().index).collect();
    assert_eq!(numbers, (0..numbers.len() as u64).collect::<Vec<_>>());
    assert!(bench.segments().iter().all(|one| one.header().boot == 7));
}

#[test]
fn a_picture_is_recorded_from_its_first_key_frame_which_is_asked_for() {
    let mut bench = Bench::new();
    bench.start("v", Codec::Vp8);
    assert_eq!(bench.asked(), 1);
    let mut clip = picture();
    clip.next();
    bench.play("v", &mut clip, 100);
    bench.finish(START);
    let first = bench.segments()[0].frames()[0].clone();
    assert!(first.key);
    assert_eq!(first.at, START.plus(media::testcard::PICTURE_STEP * 30));
    assert!(bench.asked() > 2, "it keeps asking until one comes");
}

#[test]
fn an_open_segment_is_closed_by_time_when_no_frame_follows() {
    let mut bench = Bench::new();
    bench.start("a", Codec::Opus);
    bench.play("a", &mut tone(), 5);
    assert!(bench.segments().is_empty());
    let silent = START.plus(Duration::from_millis(900));
    bench.cutter.tick(silent, &mut bench.cuts);
    assert_eq!(bench.segments().len(), 1);
}

#[test]
fn pauses_in_speech_are_no_gap_but_silence_muting_and_overflow_are_told_apart() {
    let mut bench = Bench::new();
    bench.start("a", Codec::Opus);
    let at = |millis| START.plus(Duration::from_millis(millis));
    let sound = |millis| frame("a", at(millis), true, &[0xf8, 1, 2]);
    bench.take(sound(0), at(0));
    bench.take(sound(400), at(400));
    assert_eq!(bench.gaps(), []);
    bench.take(sound(3_000), at(3_000));
    let (room, participant) = ("room_1".into(), "caller".into());
    let (track, muted) = ("a".into(), true);
    bench.take(TapEvent::TrackMuted { room, participant, track, muted, at: at(3_010) }, at(3_010));
    bench.take(sound(6_000), at(6_000));
    let (room, participant) = ("room_1".into(), "caller".into());
    let (track, muted) = ("a".into(), false);
    bench.take(TapEvent::TrackMuted { room, participant, track, muted, at: at(6_010) }, at(6_010));
    bench.take(sound(6_020), at(6_020));
    bench.take(TapEvent::Gap { lost: 9, at: at(6_300) }, at(6_300));
    bench.take(sound(6_300), at(6_300));
    let expected = [
        (at(400), at(3_000), GapCause::Silence),
        (at(3_000), at(6_000), GapCause::Muted),
        (at(6_020), at(6_300), GapCause::Overflow),
    ];
    assert_eq!(bench.gaps(), expected);
}

#[test]
fn a_track_of_which_nothing_is_durable_in_two_seconds_raises_the_alarm_once() {
    let mut bench = Bench::new();
    bench.start("a", Codec::Opus);
    let almost = START.plus(NO_BYTES_AFTER - Duration::from_millis(1));
    bench.cutter.tick(almost, &mut bench.cuts);
    assert_eq!(bench.red(), 0);
    for late in [0, 500, 5_000] {
        let late = START.plus(NO_BYTES_AFTER + Duration::from_millis(late));
        bench.cutter.tick(late, &mut bench.cuts);
    }
    assert_eq!(bench.red(), 1);
}

#[test]
fn a_track_that_is_on_the_disk_or_muted_raises_no_alarm() {
    let mut bench = Bench::new();
    bench.start("a", Codec::Opus);
    bench.start("b", Codec::Opus);
    bench.cutter.proven(&"room_1".into(), &"a".into());
    let (room, participant, track) = ("room_1".into(), "caller".into(), "b".into());
    bench.take(TapEvent::TrackMuted { room, participant, track, muted: true, at: START }, START);
    bench.cutter.tick(START.plus(Duration::from_secs(9)), &mut bench.cuts);
    assert_eq!(bench.red(), 0);
}

type Answer = Receiver<Result<super::Still, StillFault>>;

fn request(track: &str) -> (StillRequest, Answer) {
    let (told, answer) = channel();
    let reply = Box::new(move |still| told.send(still).unwrap());
    (StillRequest { room: "room_1".into(), track: track.into(), reply }, answer)
}

fn settle(bench: &mut Bench) {
    for cut in bench.cuts.drain(..) {
        if let Cut::Still(reply, result) = cut {
            reply(result);
        }
    }
}

#[test]
fn a_still_is_the_next_key_frame_at_the_cameras_resolution() {
    let mut bench = Bench::new();
    bench.start("v", Codec::Vp8);
    let mut clip = picture();
    bench.play("v", &mut clip, 10);
    let (wanted, answer) = request("v");
    let now = START.plus(Duration::from_millis(700));
    let asked = bench.asked();
    bench.cutter.still(wanted, now, &mut bench.cuts);
    assert_eq!(bench.asked(), asked + 1);
    clip.skip_to_key();
    bench.play("v", &mut clip, 1);
    settle(&mut bench);
    let still = answer.recv().unwrap().unwrap();
    assert_eq!((still.size.width, still.size.height), (320, 240));
    assert_eq!(still.at, START.plus(media::testcard::PICTURE_STEP * 10));
    assert_eq!(&still.webp[..4], b"RIFF");
}

#[test]
fn a_still_is_refused_without_a_picture_and_given_up_in_time() {
    let mut bench = Bench::new();
    bench.start("v", Codec::Vp8);
    bench.start("a", Codec::Opus);
    let (late, nobody, sound) = (request("v"), request("x"), request("a"));
    bench.cutter.still(late.0, START, &mut bench.cuts);
    bench.cutter.still(nobody.0, START, &mut bench.cuts);
    bench.cutter.still(sound.0, START, &mut bench.cuts);
    bench.cutter.tick(START.plus(super::STILL_WITHIN), &mut bench.cuts);
    settle(&mut bench);
    assert_eq!(late.1.recv().unwrap(), Err(StillFault::TooLate));
    assert_eq!(nobody.1.recv().unwrap(), Err(StillFault::NoPicture));
    assert_eq!(sound.1.recv().unwrap(), Err(StillFault::NoPicture));
}

#[test]
fn a_track_whose_start_was_lost_is_recorded_all_the_same() {
    let mut bench = Bench::new();
    bench.play("v", &mut picture(), 30);
    bench.play("a", &mut tone(), 100);
    bench.finish(START);
    let codecs: Vec<Codec> = bench.segments().iter().map(|one| one.header().codec).collect();
    assert!(codecs.contains(&Codec::Vp8) && codecs.contains(&Codec::Opus));
}

#[test]
fn a_frame_with_a_broken_time_does_not_stop_the_track() {
    let mut bench = Bench::new();
    bench.start("a", Codec::Opus);
    for (at, now) in
        [(START, START), (At(i64::MAX), START), (At(i64::MIN), START)].into_iter().rev()
    {
        bench.take(frame("a", at, true, &[0xf8]), now);
    }
    bench.finish(START);
    assert_eq!(bench.segments().iter().map(|one| one.frames().len()).sum::<usize>(), 3);
}
