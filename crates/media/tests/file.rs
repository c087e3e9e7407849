//! The file made from segments, judged by ffprobe and ffmpeg: streams, length, clean decoding,
//! byte ranges, cuts, gaps, two people, and a change of size in the middle.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use bytes::Bytes;
use kernel::At;
use media::testcard::{CardFrame, picture, tone};
use media::webm::{Lane, LaneSegment, Layout, Piece};
use media::{Codec, Frame, Header, Segment, limits::SLOT_MICROS, vp8};
use proptest::prelude::*;
use std::path::Path;
use std::process::{Command, Output};

const START: i64 = 1_795_000_000_123_456;

/// One person's stream, cut into slots as the recorder cuts it.
fn cut(
    codec: Codec,
    track: &str,
    start: i64,
    frames: impl Iterator<Item = CardFrame>,
) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut slot = None;
    for frame in frames {
        let at = At(start + frame.offset.as_micros() as i64);
        if slot != Some(at.0.div_euclid(SLOT_MICROS)) {
            slot = Some(at.0.div_euclid(SLOT_MICROS));
            let index = segments.len() as u64;
            let (participant, track) = ("caller".into(), track.into());
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
        let size = vp8::key_size(frame.data).filter(|_| codec == Codec::Vp8);
        let data = Bytes::from_static(frame.data);
        let frame = Frame { at, key: frame.key, size, after_loss: false, data };
        segments.last_mut().unwrap().push(frame).unwrap();
    }
    segments
}

fn camera(track: &str, start: i64, seconds: usize) -> Vec<Segment> {
    cut(Codec::Vp8, track, start, picture().take(seconds * 15))
}

fn voice(track: &str, start: i64, seconds: usize) -> Vec<Segment> {
    cut(Codec::Opus, track, start, tone().take(seconds * 50))
}

/// Decodes every stream whole. `vfr`: ffmpeg guesses a steady frame rate for its own output and
/// would complain that camera frames do not keep to it.
const DECODE: [&str; 9] = ["-i", "FILE", "-map", "0", "-fps_mode", "vfr", "-f", "null", "-"];

struct File {
    layout: Layout,
    lanes: Vec<Vec<Segment>>,
}

impl File {
    fn new(lanes: Vec<Vec<Segment>>) -> Self {
        let shown: Vec<Lane> = lanes
            .iter()
            .enumerate()
            .map(|(number, segments)| Lane {
                label: format!("lane {number}"),
                segments: segments
                    .iter()
                    .map(|one| LaneSegment {
                        track: one.header().track.clone(),
                        meta: one.meta().unwrap(),
                    })
                    .collect(),
            })
            .collect();
        Self { layout: Layout::new(&shown, None).unwrap(), lanes }
    }

    fn range(&self, from: u64, to: u64) -> Vec<u8> {
        let mut out = Vec::new();
        for piece in self.layout.pieces(from..to) {
            match piece {
                Piece::Head(within) => out.extend_from_slice(&self.layout.head()[within]),
                Piece::Cluster { cluster, within } => {
                    let segments: Vec<Option<Segment>> = self
                        .layout
                        .segments(cluster)
                        .iter()
                        .map(|one| self.lanes[one.lane].get(one.segment).cloned())
                        .collect();
                    out.extend_from_slice(&self.layout.write(cluster, &segments)[within]);
                }
            }
        }
        out
    }

    fn whole(&self) -> Vec<u8> {
        self.range(0, self.layout.total())
    }
}

fn run(program: &str, arguments: &[&str], file: &Path) -> Output {
    Command::new(program)
        .args(["-hide_banner", "-v", "error"])
        .args(arguments.iter().map(|one| one.replace("FILE", file.to_str().unwrap())))
        .output()
        .expect("ffmpeg is installed: `make test` sees to it")
}

fn saved(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.webm");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// What ffprobe says of an entry, one line a stream or value.
fn probe(bytes: &[u8], arguments: &[&str]) -> Vec<String> {
    let (_folder, path) = saved(bytes);
    let mut all = arguments.to_vec();
    all.extend(["-of", "csv=p=0", "FILE"]);
    let output = run("ffprobe", &all, &path);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect()
}

fn duration(bytes: &[u8]) -> f64 {
    probe(bytes, &["-show_entries", "format=duration"])[0].parse().unwrap()
}

/// Decodes everything; gives what ffmpeg complained of.
fn decode(bytes: &[u8]) -> String {
    let (_folder, path) = saved(bytes);
    let output = run("ffmpeg", &DECODE, &path);
    assert!(output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

fn frames(bytes: &[u8], stream: &str) -> usize {
    let counted = ["-count_frames", "-select_streams", stream, "-show_entries"];
    let arguments = [&counted[..], &["stream=nb_read_frames"]].concat();
    probe(bytes, &arguments)[0].parse().unwrap()
}

#[test]
fn one_persons_file_has_both_streams_the_right_length_and_decodes_clean() {
    let file = File::new(vec![camera("v", START, 10), voice("a", START, 10)]);
    let whole = file.whole();
    assert_eq!(whole.len() as u64, file.layout.total());
    let streams = probe(&whole, &["-show_entries", "stream=codec_name,width,height"]);
    assert_eq!(streams, ["vp8,320,240", "opus"]);
    assert!((duration(&whole) - 10.0).abs() < 0.1, "{}", duration(&whole));
    assert_eq!(decode(&whole), "");
    assert_eq!(frames(&whole, "v:0"), 150);
    assert_eq!(frames(&whole, "a:0"), 500);
    assert_eq!(file.layout.media_type(), "video/webm");
}

#[test]
fn a_file_cut_at_any_byte_plays_to_the_cut() {
    let whole = File::new(vec![camera("v", START, 10), voice("a", START, 10)]).whole();
    for tenths in [2, 5, 9] {
        let cut = &whole[..whole.len() * tenths / 10 + tenths];
        let (_folder, path) = saved(cut);
        let output = run("ffmpeg", &DECODE, &path);
        assert!(output.status.success());
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(
            complaint.lines().all(|line| line.contains("File ended prematurely")
                || line.contains("Truncating packet")),
            "{complaint}"
        );
        assert!(frames(cut, "v:0") + 5 >= 150 * tenths / 10 - 8);
    }
}

#[test]
fn a_gap_is_listed_and_the_file_decodes_clean_on_both_sides() {
    let mut picture = camera("v", START, 10);
    let mut sound = voice("a", START, 10);
    // The card has a key frame every two seconds; a recorder resumes at one.
    picture.extend(camera("v", START + 15_000_000, 4));
    sound.extend(voice("a", START + 15_000_000, 4));
    let file = File::new(vec![picture, sound]);
    let whole = file.whole();
    assert_eq!(decode(&whole), "");
    assert!((duration(&whole) - 19.0).abs() < 0.1);
    assert_eq!(file.layout.gaps(0).len(), 1);
    let gap = file.layout.gaps(1)[0];
    assert_eq!((gap.from, gap.to), (At(START + 9_980_000), At(START + 15_000_000)));
}

#[test]
fn a_two_person_file_has_four_streams_and_decodes_clean() {
    let whole = File::new(vec![
        camera("v1", START, 6),
        voice("a1", START, 6),
        camera("v2", START + 700_000, 5),
        voice("a2", START + 650_000, 5),
    ])
    .whole();
    let streams = probe(&whole, &["-show_entries", "stream=codec_name"]);
    assert_eq!(streams, ["vp8", "opus", "vp8", "opus"]);
    assert_eq!(decode(&whole), "");
    let start = &probe(&whole, &["-select_streams", "3", "-show_entries", "stream=start_time"])[0];
    assert!((start.parse::<f64>().unwrap() - 0.65).abs() < 0.03, "{start}");
}

#[test]
fn blocks_come_in_order_of_time_over_all_streams() {
    let whole = File::new(vec![
        camera("v1", START, 4),
        voice("a1", START, 4),
        voice("a2", START + 333_333, 4),
    ])
    .whole();
    let times = probe(&whole, &["-show_entries", "packet=pts_time"]);
    let times: Vec<f64> = times.iter().map(|line| line.parse().unwrap()).collect();
    assert_eq!(times.len(), 60 + 200 + 200);
    assert!(times.windows(2).all(|pair| pair[0] <= pair[1]));
}

#[test]
fn a_track_that_replaces_another_continues_the_same_lane() {
    let mut picture = camera("v1", START, 4);
    // The old track lingers for a second after she came back: it must not be mixed in.
    picture.extend(camera("v2", START + 3_000_000, 6));
    let file = File::new(vec![picture]);
    let whole = file.whole();
    assert_eq!(decode(&whole), "");
    assert!((duration(&whole) - 9.0).abs() < 0.1);
}

#[test]
fn a_change_of_size_in_the_middle_decodes_clean() {
    let folder = tempfile::tempdir().unwrap();
    let ivf = folder.path().join("small.ivf");
    let card = "color=c=red:s=160x120:r=15:d=2";
    let encode = ["-f", "lavfi", "-i", card, "-c:v", "libvpx", "-auto-alt-ref", "0", "-f", "ivf"];
    let output = run("ffmpeg", &[&encode[..], &["FILE"]].concat(), &ivf);
    assert!(output.status.success());
    let small: &'static [u8] = std::fs::read(&ivf).unwrap().leak();
    let mut rest = &small[32..];
    let mut frames = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_le_bytes(rest[..4].try_into().unwrap()) as usize;
        let offset = media::testcard::PICTURE_STEP * frames.len() as u32;
        let data = &rest[12..12 + length];
        frames.push(CardFrame { offset, key: vp8::is_key(data), data });
        rest = &rest[12 + length..];
    }
    let mut lane = camera("v", START, 4);
    lane.extend(cut(Codec::Vp8, "v", START + 4_000_000, frames.into_iter()));
    let whole = File::new(vec![lane]).whole();
    assert_eq!(decode(&whole), "");
    let sizes = probe(&whole, &["-show_entries", "frame=width,height"]);
    assert_eq!((sizes[59].as_str(), sizes[60].as_str()), ("320,240", "160,120"));
}

#[test]
fn a_segment_that_cannot_be_opened_leaves_length_and_the_rest_as_they_were() {
    let mut file = File::new(vec![camera("v", START, 10), voice("a", START, 10)]);
    let whole = file.whole();
    file.lanes[1].truncate(4);
    let holed = file.whole();
    assert_eq!(holed.len(), whole.len());
    assert_eq!(decode(&holed), "");
    assert_eq!(frames(&holed, "v:0"), 150);
    assert!(frames(&holed, "a:0") < 200);
}

#[test]
fn a_player_can_seek_to_a_key_frame_by_the_index() {
    let whole = File::new(vec![camera("v", START, 10), voice("a", START, 10)]).whole();
    let (_folder, path) = saved(&whole);
    let seek = ["-ss", "8", "-i", "FILE", "-frames:v", "1", "-f", "framemd5", "-"];
    let output = run("ffmpeg", &seek, &path);
    assert!(output.status.success());
    let late =
        ["-read_intervals", "8%+#1", "-select_streams", "v:0", "-show_entries", "packet=pts_time"];
    let first: f64 = probe(&whole, &late)[0].parse().unwrap();
    assert!((first - 8.0).abs() < 0.1, "{first}");
}

#[test]
fn a_key_frame_becomes_a_still_that_others_can_open() {
    let key = picture().next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("still.webp");
    std::fs::write(&path, vp8::still(key.data).unwrap()).unwrap();
    let png = folder.path().join("still.png");
    let convert = ["-i", "FILE", "-frames:v", "1", png.to_str().unwrap()];
    let output = run("ffmpeg", &convert, &path);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let shape = ["-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0", "FILE"];
    let shown = run("ffprobe", &shape, &png).stdout;
    assert_eq!(String::from_utf8(shown).unwrap().trim(), "png,320,240");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn byte_ranges_put_together_are_the_whole(
        mut cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        late in 0i64..3_000_000,
    ) {
        let file = File::new(vec![camera("v", START, 4), voice("a", START + late, 4)]);
        let total = file.layout.total();
        cuts.sort_by_key(|cut| cut.index(total as usize));
        let mut ends: Vec<u64> = cuts.iter().map(|cut| cut.index(total as usize) as u64).collect();
        ends.push(total);
        let mut joined = Vec::new();
        let mut from = 0;
        for end in ends {
            let part = file.range(from, end);
            prop_assert_eq!(part.len() as u64, end - from);
            joined.extend(part);
            from = end;
        }
        prop_assert!(joined == file.whole());
    }
}

#[test]
fn h264_becomes_matroska_with_its_parameter_sets_and_decodes_clean() {
    let folder = tempfile::tempdir().unwrap();
    let raw = folder.path().join("card.h264");
    let encode = [
        "-f",
        "lavfi",
        "-i",
        "color=c=red:s=160x120:r=15:d=4",
        "-c:v",
        "libx264",
        "-bf",
        "0",
        "-g",
        "30",
        "-x264-params",
        "aud=1:repeat-headers=1:slices=1",
        "-profile:v",
        "baseline",
        "FILE",
    ];
    assert!(run("ffmpeg", &encode, &raw).status.success());
    let stream = std::fs::read(&raw).unwrap();
    // Every frame begins with an access unit delimiter.
    let starts: Vec<usize> =
        (0..stream.len() - 5).filter(|at| stream[*at..at + 5] == [0, 0, 0, 1, 9]).collect();
    assert_eq!(starts.len(), 60);
    let mut segments: Vec<Segment> = Vec::new();
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(stream.len());
        let frame = &stream[*start..end];
        let setup = media::h264::setup(frame);
        if number % 10 == 0 {
            let header = Header {
                participant: "caller".into(),
                track: "v".into(),
                codec: Codec::H264,
                boot: 1,
                index: segments.len() as u64,
                slot: At(START + number as i64 * 66_667),
            };
            segments.push(Segment::new(header).unwrap());
        }
        let segment = segments.last_mut().unwrap();
        let key = setup.is_some();
        if let Some(setup) = setup {
            segment.set_up(setup.into()).unwrap();
        }
        let at = At(START + number as i64 * 66_667);
        let data = media::h264::with_lengths(frame).into();
        segment.push(Frame { at, key, size: None, after_loss: false, data }).unwrap();
    }
    assert!(media::probe::lane(&segments).is_playable());
    let file = File::new(vec![segments]);
    assert_eq!(file.layout.media_type(), "video/x-matroska");
    let whole = file.whole();
    assert_eq!(decode(&whole), "");
    assert_eq!(frames(&whole, "v:0"), 60);
}
