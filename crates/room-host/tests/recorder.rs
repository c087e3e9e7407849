//! The recorder on real threads and a real disk: what is durable, what is sealed, what is left
//! after a kill.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use blobs::Blobs;
use kernel::At;
use media::testcard::{picture, tone};
use media::webm::{Lane, LaneSegment, Layout};
use media::{Codec, Segment};
use room_host::recorder::{GapCause, Parts, Recorder, RecorderAlarm, Report, SealFault, Sealer};
use room_host::recorder::{NO_BYTES_AFTER, Written};
use room_host::tap::{TapEvent, TapSender, tap};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::task::{Context, Waker};
use std::time::Duration;

const START: i64 = 1_795_000_000_000_000;
const ROOM: &str = "room_1";

/// Stands in for the vault: not secret, but nothing is left as it was.
struct Toy;

impl Sealer for Toy {
    fn seal(&self, _room: &str, _object: &str, plain: &[u8]) -> Result<Vec<u8>, SealFault> {
        Ok(plain.iter().map(|byte| byte ^ 0x5a).collect())
    }
}

struct Broken;

impl Sealer for Broken {
    fn seal(&self, _room: &str, _object: &str, _plain: &[u8]) -> Result<Vec<u8>, SealFault> {
        Err(SealFault)
    }
}

fn opened(sealed: &[u8]) -> Segment {
    let plain: Vec<u8> = sealed.iter().map(|byte| byte ^ 0x5a).collect();
    Segment::parse(&plain.into()).unwrap()
}

struct Running {
    recorder: Recorder,
    tap: TapSender,
    clock: Arc<AtomicI64>,
    reports: Receiver<Report>,
}

fn start(folder: &Path, sealer: Arc<dyn Sealer>) -> Running {
    let blobs = Arc::new(Blobs::open(folder).unwrap());
    let clock = Arc::new(AtomicI64::new(START));
    let time = clock.clone();
    let (told, reports) = channel();
    let now = Arc::new(move || At(time.load(Ordering::Relaxed)));
    let report = Arc::new(move |report| told.send(report).unwrap_or(()));
    let (tap, events) = tap(16_384);
    let recorder = Recorder::start(Parts { blobs, sealer, now, report, boot: 1 }, events).unwrap();
    Running { recorder, tap, clock, reports }
}

impl Running {
    fn send(&self, at: At, event: TapEvent) {
        self.clock.fetch_max(at.0, Ordering::Relaxed);
        assert!(self.tap.send(at, event));
    }

    fn track(&self, participant: &str, track: &str, codec: Codec, seconds: usize) {
        let (rate, mut clip) = match codec {
            Codec::Opus => (50, tone()),
            _ => (15, picture()),
        };
        self.send(At(START), started(participant, track, codec));
        for one in clip.by_ref().take(seconds * rate) {
            let at = At(START + one.offset.as_micros() as i64);
            self.send(at, frame(participant, track, at, one.key, one.data));
        }
    }

    /// Finishes the room; gives all that was reported until it was.
    fn finish(self) -> Vec<Report> {
        let at = At(self.clock.load(Ordering::Relaxed));
        self.send(at, TapEvent::RoomFinished { room: ROOM.into(), at });
        let reports = until(&self.reports, |one| matches!(one, Report::Finished { .. }));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        {
            let mut ended = std::pin::pin!(self.recorder.ended());
            let context = &mut Context::from_waker(Waker::noop());
            assert!(ended.as_mut().poll(context).is_pending(), "it runs while the tap is open");
            drop(self.tap);
            runtime.block_on(ended);
        }
        assert!(self.recorder.join());
        reports
    }
}

fn until(reports: &Receiver<Report>, last: impl Fn(&Report) -> bool) -> Vec<Report> {
    let mut all = Vec::new();
    loop {
        let report = reports.recv_timeout(Duration::from_secs(20)).expect("the recorder reports");
        let over = last(&report);
        all.push(report);
        if over {
            return all;
        }
    }
}

fn started(participant: &str, track: &str, codec: Codec) -> TapEvent {
    let (room, at) = (ROOM.into(), At(START));
    TapEvent::TrackStarted { room, participant: participant.into(), track: track.into(), codec, at }
}

fn frame(participant: &str, track: &str, at: At, key: bool, data: &[u8]) -> TapEvent {
    TapEvent::Frame {
        room: ROOM.into(),
        participant: participant.into(),
        track: track.into(),
        at,
        key,
        width: None,
        height: None,
        contiguous: true,
        data: data.into(),
    }
}

fn written(reports: &[Report]) -> Vec<Written> {
    let one = |report: &Report| match report {
        Report::Written(written) => Some(written.clone()),
        _ => None,
    };
    reports.iter().filter_map(one).collect()
}

fn stored(folder: &Path, object: &str) -> Vec<u8> {
    std::fs::read(folder.join("objects").join(object)).unwrap()
}

/// The file of the given segments, lanes by participant and kind, as the server makes it.
fn file(segments: &[Segment]) -> Vec<u8> {
    let mut lanes: Vec<(String, Vec<Segment>)> = Vec::new();
    for segment in segments {
        let header = segment.header();
        let label = format!("{} {:?}", header.participant, header.codec.kind());
        match lanes.iter_mut().find(|lane| lane.0 == label) {
            Some(lane) => lane.1.push(segment.clone()),
            None => lanes.push((label, vec![segment.clone()])),
        }
    }
    let meta = |one: &Segment| LaneSegment {
        track: one.header().track.clone(),
        meta: one.meta().unwrap(),
    };
    let shown: Vec<Lane> = lanes
        .iter()
        .map(|(label, all)| Lane { label: label.clone(), segments: all.iter().map(meta).collect() })
        .collect();
    let layout = Layout::new(&shown, None).unwrap();
    let mut out = layout.head().to_vec();
    for cluster in 0..layout.clusters() {
        let refs = layout.segments(cluster).iter();
        let parts: Vec<_> = refs.map(|one| Some(lanes[one.lane].1[one.segment].clone())).collect();
        out.extend(layout.write(cluster, &parts));
    }
    out
}

/// Streams and seconds of a file that decodes without a complaint.
fn judged(bytes: &[u8]) -> (usize, f64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.webm");
    std::fs::write(&path, bytes).unwrap();
    let decode = Command::new("ffmpeg")
        .args(["-hide_banner", "-v", "error", "-i"])
        .arg(&path)
        .args(["-map", "0", "-fps_mode", "vfr", "-f", "null", "-"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&decode.stderr), "");
    let probe = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "format=nb_streams,duration", "-of", "csv=p=0"])
        .arg(&path)
        .output()
        .unwrap();
    let text = String::from_utf8(probe.stdout).unwrap();
    let (streams, seconds) = text.trim().split_once(',').unwrap();
    (streams.parse().unwrap(), seconds.parse().unwrap())
}

#[test]
fn a_room_of_two_is_written_sealed_hashed_in_order_and_plays() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), Arc::new(Toy));
    for who in ["caller", "officer"] {
        running.track(who, &format!("{who}_v"), Codec::Vp8, 6);
        running.track(who, &format!("{who}_a"), Codec::Opus, 6);
    }
    let reports = running.finish();
    let written = written(&reports);
    let mut next = std::collections::HashMap::new();
    let mut segments = Vec::new();
    for one in &written {
        let next = next.entry(one.track.clone()).or_insert(0);
        assert_eq!(one.index, *next);
        *next += 1;
        assert!(one.ended_at.since(one.started_at) < Duration::from_secs(1));
        let sealed = stored(folder.path(), &one.object);
        assert_eq!(one.sha256, <[u8; 32]>::from(Sha256::digest(&sealed)));
        assert_eq!(one.bytes, sealed.len() as u64);
        let segment = opened(&sealed);
        assert_eq!(Written::of(ROOM, &one.object, &sealed, &segment).as_ref(), Some(one));
        segments.push(segment);
    }
    assert_eq!(next.len(), 4);
    let (streams, seconds) = judged(&file(&segments));
    assert_eq!(streams, 4);
    assert!((seconds - 6.0).abs() < 0.1, "{seconds}");
}

#[test]
fn nothing_plain_reaches_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), Arc::new(Toy));
    let canary = b"CANARY-of-a-frame-nobody-may-find";
    running.send(At(START), started("secret_participant", "a", Codec::Opus));
    for n in 0..100 {
        let at = At(START + n * 20_000);
        running.send(at, frame("secret_participant", "a", at, true, canary));
    }
    let reports = running.finish();
    assert!(!written(&reports).is_empty());
    for needle in ["CANARY", "secret_participant"] {
        let found = Command::new("grep")
            .args(["-r", "-a", "-l", needle])
            .arg(folder.path())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&found.stdout), "");
    }
}

#[test]
fn a_segment_that_cannot_be_sealed_is_a_listed_gap_and_the_banner_goes_red() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), Arc::new(Broken));
    running.track("caller", "a", Codec::Opus, 1);
    running.clock.fetch_add(NO_BYTES_AFTER.as_micros() as i64, Ordering::Relaxed);
    let red = |one: &Report| matches!(one, Report::Alarm(RecorderAlarm::NoBytes { .. }));
    let before = until(&running.reports, red);
    let fault = |one: &Report| {
        matches!(one, Report::Alarm(RecorderAlarm::Gap { cause: GapCause::Fault, .. }))
    };
    assert!(before.iter().any(fault));
    assert!(written(&running.finish()).is_empty());
}

#[test]
fn a_still_comes_from_the_running_recorder() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), Arc::new(Toy));
    let (told, answer) = channel();
    running.send(At(START), started("caller", "v", Codec::Vp8));
    until(&running.reports, |one| {
        matches!(one, Report::Alarm(RecorderAlarm::KeyFrameWanted { .. }))
    });
    running.recorder.still(ROOM, "v", move |still| told.send(still).unwrap());
    // The request is asked for at once: the second wish shows that it was taken.
    until(&running.reports, |one| {
        matches!(one, Report::Alarm(RecorderAlarm::KeyFrameWanted { .. }))
    });
    running.track("caller", "v", Codec::Vp8, 1);
    let still = answer.recv_timeout(Duration::from_secs(10)).unwrap().unwrap();
    assert_eq!((still.size.width, still.size.height), (320, 240));
    running.finish();
}

#[test]
fn a_second_run_overwrites_nothing_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let blobs_of = |boot: u64| {
        let blobs = Arc::new(Blobs::open(folder.path()).unwrap());
        let (told, reports) = channel();
        let report = Arc::new(move |report| told.send(report).unwrap_or(()));
        let (tap, events) = tap(1_000);
        let now = Arc::new(|| At(START));
        let parts = Parts { blobs, sealer: Arc::new(Toy), now, report, boot };
        let recorder = Recorder::start(parts, events).unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let running = Running { recorder, tap, clock, reports };
        running.track("caller", "a", Codec::Opus, 2);
        written(&running.finish())
    };
    let (first, second) = (blobs_of(1), blobs_of(2));
    assert_eq!(first.len(), second.len());
    for (one, two) in first.iter().zip(&second) {
        assert_ne!(one.object, two.object);
        assert_eq!(
            <[u8; 32]>::from(Sha256::digest(stored(folder.path(), &one.object))),
            one.sha256
        );
    }
}

/// The part of the next test that is killed. Run by itself, without a folder, it does nothing.
#[test]
fn a_recorder_that_will_be_killed() {
    let Some(folder) = std::env::args().find(|one| one.starts_with("/") && one.ends_with(".kill"))
    else {
        return;
    };
    let running = start(Path::new(&folder), Arc::new(Toy));
    running.send(At(START), started("caller", "v", Codec::Vp8));
    running.send(At(START), started("caller", "a", Codec::Opus));
    let (_never, pace) = channel::<()>();
    let (mut picture, mut tone) = (picture().peekable(), tone());
    let mut out = std::io::stdout().lock();
    for sound in tone.by_ref() {
        let at = At(START + sound.offset.as_micros() as i64);
        running.send(at, frame("caller", "a", at, true, sound.data));
        while let Some(one) = picture.next_if(|one| one.offset <= sound.offset) {
            let at = At(START + one.offset.as_micros() as i64);
            running.send(at, frame("caller", "v", at, one.key, one.data));
        }
        // Real time, so that the disk is as far behind as in a real call.
        let _ = pace.recv_timeout(Duration::from_millis(20));
        writeln!(out, "sent {}", at.0).unwrap();
    }
}

#[test]
fn a_killed_recorder_leaves_all_but_the_last_second() {
    for enough in [900_000, 1_550_000, 3_190_000] {
        let folder = tempfile::Builder::new().suffix(".kill").tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_recorder_that_will_be_killed", "--nocapture"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let sent = lines
            .map_while(Result::ok)
            .filter_map(|line| line.split_once("sent ").and_then(|two| two.1.parse::<i64>().ok()))
            .find(|sent| *sent - START >= enough)
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();

        let blobs = Blobs::open(folder.path()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let names = runtime.block_on(blobs.list("rec/room_1")).unwrap();
        let read = |name: &String| opened(&runtime.block_on(blobs.get(name)).unwrap());
        let segments: Vec<Segment> = names.iter().map(read).collect();
        for codec in [Codec::Vp8, Codec::Opus] {
            let of_track = segments.iter().filter(|one| one.header().codec == codec);
            let last = of_track.map(|one| one.meta().unwrap().last_at.0).max().unwrap();
            assert!(sent - last <= 1_000_000, "{codec:?} lost {} µs", sent - last);
        }
        let (streams, _) = judged(&file(&segments));
        assert_eq!(streams, 2);
    }
}
