//! The probe's verdicts: what plays, what does not and why, and that no bytes make it panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use bytes::Bytes;
use kernel::At;
use media::probe::{self, ProbeFault};
use media::testcard::{CardFrame, Loop, picture, tone};
use media::webm::{Lane, LaneSegment, Layout};
use media::{Codec, Frame, Header, Kind, Segment, limits::SLOT_MICROS};
use proptest::prelude::*;

fn cut(codec: Codec, clip: Loop, frames: usize, start: i64) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut slot = None;
    for CardFrame { offset, key, data } in clip.take(frames) {
        let at = At(start + offset.as_micros() as i64);
        if slot.replace(at.0.div_euclid(SLOT_MICROS)) != Some(at.0.div_euclid(SLOT_MICROS)) {
            let index = segments.len() as u64;
            let (participant, track) = ("caller".into(), format!("{codec:?}"));
            let header = Header {
                participant,
                track,
                codec,
                boot: 1,
                index,
                slot: At(at.0.div_euclid(SLOT_MICROS) * SLOT_MICROS),
            };
            segments.push(Segment::new(header).unwrap());
        }
        let size = media::vp8::key_size(data).filter(|_| codec == Codec::Vp8);
        let data = Bytes::from_static(data);
        let frame = Frame { at, key, size, after_loss: false, data };
        segments.last_mut().unwrap().push(frame).unwrap();
    }
    segments
}

fn file(lanes: &[Vec<Segment>]) -> Vec<u8> {
    let shown: Vec<Lane> = lanes
        .iter()
        .map(|all| Lane {
            label: "lane".into(),
            segments: all
                .iter()
                .map(|one| LaneSegment {
                    track: one.header().track.clone(),
                    meta: one.meta().unwrap(),
                })
                .collect(),
        })
        .collect();
    let layout = Layout::new(&shown, None).unwrap();
    let mut out = layout.head().to_vec();
    for cluster in 0..layout.clusters() {
        let refs = layout.segments(cluster).iter();
        let parts: Vec<_> = refs.map(|one| Some(lanes[one.lane][one.segment].clone())).collect();
        out.extend(layout.write(cluster, &parts));
    }
    out
}

#[test]
fn the_test_card_plays() {
    let (video, audio) = (
        probe::lane(&cut(Codec::Vp8, picture(), 150, 0)),
        probe::lane(&cut(Codec::Opus, tone(), 500, 0)),
    );
    assert!(video.is_playable() && audio.is_playable(), "{video:?} {audio:?}");
    assert_eq!((video.frames, audio.frames), (150, 500));
    assert_eq!(audio.duration.as_millis(), 9_980);
    assert_eq!((video.lost, video.gaps.len()), (0, 0));
}

#[test]
fn lost_segments_are_counted_and_listed_and_the_rest_plays() {
    let mut sound = cut(Codec::Opus, tone(), 500, 0);
    sound.drain(3..5);
    let verdict = probe::lane(&sound);
    assert!(verdict.is_playable());
    assert_eq!((verdict.lost, verdict.gaps.len()), (2, 1));
}

#[test]
fn what_does_not_play_is_named() {
    assert_eq!(probe::lane(&[]).faults, [ProbeFault::Empty]);
    let headless = cut(Codec::Vp8, picture(), 60, 0);
    assert_eq!(probe::lane(&headless[1..2]).faults, [ProbeFault::NoKeyFrame]);
    let mut mixed = cut(Codec::Opus, tone(), 100, 0);
    mixed.extend(cut(Codec::Vp8, picture(), 30, 5_000_000));
    assert_eq!(probe::lane(&mixed).faults, [ProbeFault::Mixed]);
    let header = headless[0].header().clone();
    let mut broken = Segment::new(header).unwrap();
    let data = Bytes::from_static(&[0x10, 0xff, 0xff, 0x9d, 0x01, 0x2a, 64, 1, 240, 0, 0]);
    broken.push(Frame { at: At(0), key: true, size: None, after_loss: false, data }).unwrap();
    assert_eq!(probe::lane(&[broken]).faults, [ProbeFault::Damaged]);
}

#[test]
fn the_finished_file_is_well_formed_and_its_seek_points_lead_to_clusters() {
    let lanes = [cut(Codec::Vp8, picture(), 150, 0), cut(Codec::Opus, tone(), 500, 0)];
    let verdict = probe::file(&file(&lanes)).unwrap();
    assert_eq!(verdict.streams, [Kind::Video, Kind::Audio]);
    assert_eq!(verdict.frames, [150, 500]);
    assert_eq!(verdict.cues, 5);
    assert!((verdict.millis - 10_000.0).abs() < 100.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_the_probe_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = probe::file(&bytes);
    }

    #[test]
    fn no_damaged_file_makes_the_probe_panic(
        at in any::<prop::sample::Index>(), byte in any::<u8>(),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = file(&[cut(Codec::Vp8, picture(), 20, 0), cut(Codec::Opus, tone(), 60, 0)]);
        let at = at.index(bytes.len().min(2_000));
        bytes[at] = byte;
        let _ = probe::file(&bytes);
        bytes.truncate(end.index(bytes.len()));
        prop_assert!(probe::file(&bytes).is_err());
    }
}
