//! A recording from the recorder's tap to the browser, over a real recorder and a real disk.

use crate::{Keeper, Stills, capability};
use async_trait::async_trait;
use blobs::Blobs;
use call::{Call, CallId, Language, Marker, Participant};
use engine::{Caller, Engine};
use incident::{IncidentId, OfferId};
use journal::{Journal, Position};
use kernel::id::StaffId;
use kernel::{At, Role};
use media::testcard::{picture, tone};
use media::{Codec, Size};
use recording::{Command, GapCause, Recording, RecordingId, StillId};
use room_host::recorder::{Parts, Recorder, Report, Still, StillFault};
use room_host::tap::{TapEvent, TapSender, tap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use testkit::{Answer, START, TestApp};

pub(super) const CALL: CallId = CallId(0x0192_f0c1_a2b3_c4d5_e6f7_0819_2a3b_4c5d);
const OFFICER: Participant = Participant::Staff(StaffId(2));

/// Hands out the test card's first picture.
struct Card;

#[async_trait]
impl Stills for Card {
    async fn take(&self, call: CallId, participant: Participant) -> Result<Still, StillFault> {
        if participant != Participant::Victim {
            return Err(StillFault::NoPicture);
        }
        Ok(still(call, START))
    }
}

fn still(call: CallId, at: At) -> Still {
    Still {
        room: call.to_string(),
        participant: "victim".into(),
        track: "TR_v".into(),
        at,
        size: Size { width: 320, height: 240 },
        webp: media::vp8::still(picture().next().unwrap().data).unwrap(),
    }
}

pub(super) struct House {
    pub(super) app: TestApp,
    pub(super) keeper: Arc<Keeper>,
    blobs: Arc<Blobs>,
    dir: tempfile::TempDir,
}

impl House {
    pub(super) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Arc::new(Blobs::open(dir.path()).unwrap());
        let made = OnceLock::new();
        let app = TestApp::with(|engine| {
            let keeper = Keeper::new(engine.clone(), blobs.clone());
            let _ = made.set(keeper.clone());
            vec![capability(keeper, Arc::new(Card))]
        })
        .await;
        let keeper = made.get().unwrap().clone();
        let house = Self { app, keeper, blobs, dir };
        let offer = OfferId(CALL.0);
        let open = call::Command::Open { incident: IncidentId(9), offer, language: Language::En };
        house.ask(open, &Caller::system()).await;
        house
    }

    fn engine(&self) -> &Engine {
        &self.app.engine
    }

    async fn ask(&self, command: call::Command, caller: &Caller) {
        self.engine().execute::<Call>(&CALL.stream(), command, caller, None).await.unwrap();
    }

    /// The officer takes the call and both are in its room.
    async fn face_to_face(&self) -> Caller {
        let caller = TestApp::caller(Role::Responder);
        self.ask(call::Command::PickUp, &caller).await;
        for participant in [OFFICER, Participant::Victim] {
            let joined = call::Command::NoteJoined { participant };
            self.engine()
                .execute::<Call>(&CALL.stream(), joined, &Caller::system(), None)
                .await
                .unwrap();
        }
        caller
    }

    /// Runs a recorder of boot `boot` over this script, and waits until all is in the journal.
    pub(super) async fn record(&self, boot: u64, script: impl FnOnce(&Room) + Send + 'static) {
        self.record_of(CALL, boot, script).await;
    }

    /// The same of any call.
    pub(super) async fn record_of(
        &self,
        call: CallId,
        boot: u64,
        script: impl FnOnce(&Room) + Send + 'static,
    ) {
        let mut room = Room::open(&self.keeper, &self.blobs, boot);
        room.call = call;
        tokio::task::spawn_blocking(move || {
            script(&room);
            room.close();
        })
        .await
        .unwrap();
        self.keeper.settled().await;
    }

    /// Both people, picture and sound, for so many seconds from `from`.
    async fn both(&self, boot: u64, from: i64, seconds: usize) {
        self.record(boot, move |room| room.both(from, seconds)).await;
    }

    async fn get(&self, path: &str) -> Answer {
        self.app.signed_in(Role::Responder).get(path).await
    }

    async fn part(&self, path: &str, range: &str) -> Answer {
        self.app.signed_in(Role::Responder).with_header("range", range).get(path).await
    }

    fn objects(&self) -> Vec<PathBuf> {
        let folder = self.dir.path().join(format!("objects/rec/{CALL}"));
        let Ok(entries) = std::fs::read_dir(folder) else { return vec![] };
        let mut all: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    }

    async fn events(&self) -> Vec<recording::Event> {
        let stream = RecordingId::from(CALL).stream();
        let records = self.app.journal.load(&stream, 0, 1000).await.unwrap();
        let own = records.into_iter().filter(|record| record.kind.starts_with("recording."));
        own.map(|record| {
            let mut json: serde_json::Value = serde_json::from_str(&record.clear).unwrap();
            json["kind"] = record.kind.into();
            serde_json::from_value(json).unwrap()
        })
        .collect()
    }
}

/// A running recorder.
pub(super) struct Room {
    call: CallId,
    recorder: Recorder,
    tap: TapSender,
    clock: Arc<AtomicI64>,
}

impl Room {
    fn open(keeper: &Arc<Keeper>, blobs: &Arc<Blobs>, boot: u64) -> Self {
        let clock = Arc::new(AtomicI64::new(START.0));
        let (time, told) = (clock.clone(), keeper.clone());
        let parts = Parts {
            blobs: blobs.clone(),
            sealer: keeper.clone(),
            now: Arc::new(move || At(time.load(Ordering::Relaxed))),
            report: Arc::new(move |report| told.note(report)),
            boot,
        };
        let (tap, events) = tap(65_536);
        Self { call: CALL, recorder: Recorder::start(parts, events).unwrap(), tap, clock }
    }

    fn send(&self, at: At, event: TapEvent) {
        self.clock.fetch_max(at.0, Ordering::Relaxed);
        assert!(self.tap.send(at, event));
    }

    pub(super) fn both(&self, from: i64, seconds: usize) {
        for who in [Participant::Victim.to_string(), OFFICER.to_string()] {
            self.track(&who, &format!("TR_{}v{from}", &who[..1]), Codec::Vp8, from, seconds);
            self.track(&who, &format!("TR_{}a{from}", &who[..1]), Codec::Opus, from, seconds);
        }
    }

    pub(super) fn track(&self, who: &str, track: &str, codec: Codec, from: i64, seconds: usize) {
        let begun = At(START.0 + from * 1_000_000);
        let names = || (self.call.to_string().into(), who.into(), track.into());
        let (room, participant, name) = names();
        let started = TapEvent::TrackStarted { room, participant, track: name, codec, at: begun };
        self.send(begun, started);
        let (mut clip, rate) = match codec {
            Codec::Opus => (tone(), 50),
            _ => (picture(), 15),
        };
        for one in clip.by_ref().take(seconds * rate) {
            let at = begun.plus(one.offset);
            let (room, participant, track) = names();
            let (key, data) = (one.key, one.data.into());
            let (width, height, contiguous) = (None, None, true);
            let frame = TapEvent::Frame {
                room,
                participant,
                track,
                at,
                key,
                width,
                height,
                contiguous,
                data,
            };
            self.send(at, frame);
        }
    }

    fn finish(&self) {
        let at = At(self.clock.load(Ordering::Relaxed));
        self.send(at, TapEvent::RoomFinished { room: self.call.to_string().into(), at });
    }

    fn close(self) {
        drop(self.tap);
        assert!(self.recorder.join());
    }
}

fn page() -> String {
    format!("/calls/{CALL}/recording")
}

/// What ffprobe and ffmpeg make of a file: its streams and whether it decodes.
fn probe(file: &[u8], dir: &Path) -> (String, String) {
    let path = dir.join("whole.webm");
    std::fs::write(&path, file).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let done = std::process::Command::new(program).args(arguments).output().unwrap();
        String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()
    };
    let name = path.to_str().unwrap();
    let entries = "stream=codec_name:format=duration";
    let streams = run("ffprobe", &["-v", "error", "-show_entries", entries, "-of", "csv", name]);
    let decoded = run("ffmpeg", &["-v", "error", "-i", name, "-map", "0", "-f", "null", "-"]);
    (streams, decoded)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_recorder_wrote_is_in_the_journal_batched_and_nothing_plain_on_the_disk() {
    let house = House::new().await;
    house.both(1, 0, 3).await;
    let events = house.events().await;
    assert!(matches!(events[0], recording::Event::Started { incident: IncidentId(9), .. }));
    let batches: Vec<usize> = events
        .iter()
        .filter_map(|event| match event {
            recording::Event::SegmentsWritten { segments } => Some(segments.len()),
            _ => None,
        })
        .collect();
    assert_eq!(batches.iter().sum::<usize>(), house.objects().len());
    assert!(batches.len() < house.objects().len() / 2, "batched: {batches:?}");
    let card = picture().next().unwrap().data;
    for object in house.objects() {
        let bytes = std::fs::read(object).unwrap();
        assert!(!bytes.windows(64).any(|window| card.windows(64).next() == Some(window)));
        assert!(!bytes.windows(6).any(|window| window == b"victim"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_file_is_sound_and_its_ranges_put_together_are_the_whole() {
    let house = House::new().await;
    house.both(1, 0, 5).await;
    let whole = house.get(&format!("{}/whole.webm", page())).await.expect(200);
    assert_eq!(whole.headers["accept-ranges"], "bytes");
    assert_eq!(whole.headers["content-type"], "video/webm");
    let (streams, decoded) = probe(&whole.bytes, house.dir.path());
    assert_eq!((streams.matches("vp8").count(), streams.matches("opus").count()), (2, 2));
    assert!(streams.contains("format,5.") || streams.contains("format,4.9"), "{streams}");
    assert_eq!(decoded, "");
    let path = format!("{}/victim.webm", page());
    let own = house.get(&path).await.expect(200);
    let total = own.bytes.len();
    let mut put_together = Vec::new();
    for from in (0..total).step_by(total / 5 + 1) {
        let to = (from + total / 5).min(total - 1);
        let part = house.part(&path, &format!("bytes={from}-{to}")).await.expect(206);
        let range = format!("bytes {from}-{to}/{total}");
        assert_eq!(part.headers["content-range"], range.as_str());
        put_together.extend(part.bytes);
    }
    assert!(put_together == own.bytes, "the ranges are the file");
    let _ = house.part(&path, &format!("bytes={total}-")).await.expect(416);
    let etag = own.headers["etag"].to_str().unwrap().to_owned();
    let same = house.app.signed_in(Role::Responder).with_header("range", "bytes=0-9");
    let _ = same.with_header("if-range", &etag).get(&path).await.expect(206);
    let other = house.app.signed_in(Role::Responder).with_header("range", "bytes=0-9");
    let _ = other.with_header("if-range", "\"another\"").get(&path).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_playing_is_in_the_trail_and_only_the_hub_may_play() {
    let house = House::new().await;
    house.both(1, 0, 2).await;
    let before = house.app.consultations().await;
    let _ = house.get(&page()).await.expect(200);
    assert_eq!(house.app.consultations().await, before + 1);
    for _ in 0..3 {
        let _ = house.part(&format!("{}/victim.webm", page()), "bytes=0-99").await.expect(206);
    }
    assert_eq!(house.app.consultations().await, before + 2, "one playing is one entry");
    for role in [Role::CallHandler, Role::Administrator, Role::Auditor] {
        let _ = house.app.signed_in(role).get(&page()).await.expect(404);
        let whole = format!("{}/whole.webm", page());
        let _ = house.app.signed_in(role).get(&whole).await.expect(404);
    }
    house.app.refuses_strangers().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_player_shows_both_people_the_marks_the_stills_and_how_long_it_is_kept() {
    let house = House::new().await;
    house.both(1, 0, 4).await;
    let caller = house.face_to_face().await;
    let mark = call::Command::SetMarker {
        at: At(START.0 + 2_000_000),
        label: "The door".into(),
        marker: Marker::Scene,
    };
    house.ask(mark, &caller).await;
    let browser = house.app.signed_in(Role::Responder);
    let form = [("participant", "victim")];
    let taken = browser.post(&format!("/calls/{CALL}/stills"), &form).await;
    assert_eq!(taken.redirect(), page());
    let player = house.get(&page()).await.expect(200);
    assert_eq!(player.texts("figure video").len(), 2);
    assert!(player.says("The door") && player.says("Scene"));
    assert!(player.says("Kept until") && player.says("4 December 2025"));
    assert!(player.says("still going on"), "it can be played so far");
    let strip = house.get(&format!("/calls/{CALL}/stills")).await.expect(200);
    assert_eq!(strip.texts("li p").len(), 1);
    let kept = house.events().await.into_iter().find_map(|event| match event {
        recording::Event::StillKept { still } => Some(still.still),
        _ => None,
    });
    let image = house.get(&format!("/calls/{CALL}/stills/{}.webp", kept.unwrap())).await;
    let image = image.expect(200);
    assert_eq!(image.headers["content-type"], "image/webp");
    assert_eq!(&image.bytes[..4], b"RIFF");
    let nobody = [("participant", "recorder")];
    let failed = browser.post(&format!("/calls/{CALL}/stills"), &nobody).await;
    assert_eq!(failed.status, 409);
    let kinds = house.app.kinds().await;
    assert!(kinds.contains(&"recording.still_failed.v1".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_kill_what_was_durable_is_found_and_the_gap_is_listed() {
    let house = House::new().await;
    house.both(1, 0, 2).await;
    let known = house.objects().len();
    // What the recorder of a killed process had made durable, and told nobody.
    let (keeper, blobs) = (house.keeper.clone(), house.blobs.clone());
    let lost = tokio::task::spawn_blocking(move || {
        let store = blobs.clone();
        let (tap, events) = tap(65_536);
        let (told, reports) = std::sync::mpsc::channel();
        let parts = Parts {
            blobs,
            sealer: keeper,
            now: Arc::new(|| At(START.0 + 4_000_000)),
            report: Arc::new(move |report| told.send(report).unwrap_or(())),
            boot: 2,
        };
        let recorder = Recorder::start(parts, events).unwrap();
        let room = Room { call: CALL, recorder, tap, clock: Arc::new(AtomicI64::new(START.0)) };
        room.track("victim", "TR_lost", Codec::Opus, 2, 2);
        room.close();
        let (told, durable) = std::sync::mpsc::channel();
        store.after(move || told.send(()).unwrap()).unwrap();
        durable.recv().unwrap();
        reports.iter().filter(|report| matches!(report, Report::Written(_))).count()
    });
    let lost = lost.await.unwrap();
    assert!(lost > 0 && house.objects().len() == known + lost);
    let found = house.keeper.recover().await.unwrap();
    assert_eq!((found.segments, found.strangers, found.ended), (lost, 0, 0));
    assert_eq!(house.keeper.recover().await.unwrap().segments, 0, "nothing is found twice");
    house.both(3, 9, 2).await;
    let gaps = house.events().await.into_iter().filter(|event| {
        matches!(event, recording::Event::GapNoted { cause: GapCause::Restart, .. })
    });
    assert!(gaps.count() >= 3, "both pictures and both sounds");
    let player = house.get(&page()).await.expect(200);
    assert!(player.says("Not recorded: the service restarted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_segment_is_named_and_never_plays() {
    let house = House::new().await;
    house.both(1, 0, 3).await;
    let check = format!("{}/check", page());
    let before = house.get(&check).await.expect(200);
    assert!(before.says("Whole"), "{}", before.body);
    let whole = house.get(&format!("{}/victim.webm", page())).await.expect(200).bytes;
    let objects = house.objects();
    let mut bytes = std::fs::read(&objects[0]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&objects[0], bytes).unwrap();
    std::fs::remove_file(&objects[1]).unwrap();
    let after = house.get(&check).await.expect(200);
    assert!(after.says("2 parts of this recording are damaged"), "{}", after.body);
    assert!(after.says("Altered") && after.says("Missing"));
    let played = house.get(&format!("{}/victim.webm", page())).await.expect(200).bytes;
    assert_eq!(played.len(), whole.len(), "the file keeps its length");
    assert!(played != whole, "what is damaged is left out");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_is_red_while_a_track_is_silent_and_green_again_when_it_sounds() {
    let house = House::new().await;
    let state = format!("/calls/{CALL}/recording-state");
    assert!(!house.get(&state).await.expect(200).says("REC"));
    house.both(1, 0, 1).await;
    assert!(house.get(&state).await.expect(200).says("data-rec=\"on\""));
    let silent = Command::NoteSilent { track: "TR_x".into() };
    let stream = RecordingId::from(CALL).stream();
    let caller = Caller::system();
    house.engine().execute::<Recording>(&stream, silent, &caller, None).await.unwrap();
    assert!(house.get(&state).await.expect(200).says("NOT RECORDING"));
    house.record(2, |room| room.track("victim", "TR_x", Codec::Opus, 3, 1)).await;
    assert!(house.get(&state).await.expect(200).says("data-rec=\"on\""));
    house.record(3, Room::finish).await;
    assert!(house.get(&state).await.expect(200).says("/recording\">Recording"));
    let list = format!("/incidents/{}/recordings", IncidentId(9));
    assert!(house.get(&list).await.expect(200).says("Kept until"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_month_key_and_ciphertext_are_gone_and_the_chain_holds() {
    let house = House::new().await;
    house.both(1, 0, 2).await;
    let taken = still(CALL, START);
    house.keeper.keep_still(StillId(5), taken, StaffId(2)).await.unwrap();
    house.record(2, Room::finish).await;
    assert!(!house.objects().is_empty());
    house.app.clock.advance(Duration::from_secs(30 * 86_400));
    house.engine().forget_expired().await.unwrap();
    let _ = house.get(&page()).await.expect(200);
    house.app.clock.advance(Duration::from_secs(86_400));
    house.engine().forget_expired().await.unwrap();
    let dropped = async || house.app.kinds().await.contains(&"recording.dropped.v1".to_owned());
    house.app.eventually("the recording is dropped", dropped).await;
    assert!(house.objects().is_empty());
    let stream = RecordingId::from(CALL).stream();
    assert!(house.engine().is_forgotten(&stream).await.unwrap());
    assert!(house.get(&page()).await.expect(410).says("no longer kept"));
    for file in ["victim.webm", "whole.webm", "check"] {
        let _ = house.get(&format!("{}/{file}", page())).await.expect(410);
    }
    let _ = house.get(&format!("/calls/{CALL}/stills/{}.webp", StillId(5))).await.expect(410);
    let records = house.app.journal.read_from(Position(0), 1000).await.unwrap();
    let mut before = None;
    for record in records {
        assert_eq!(journal::chain::flaw(&record, before), None);
        before = Some((record.position, record.hash));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_still_asked_for_in_the_call_is_taken_once() {
    let house = House::new().await;
    house.both(1, 0, 1).await;
    let caller = house.face_to_face().await;
    let ask = call::Command::RequestStill { of: Participant::Victim };
    house.ask(ask, &caller).await;
    let kept = async || {
        let kinds = house.app.kinds().await;
        kinds.iter().filter(|kind| *kind == "recording.still_kept.v1").count() == 1
    };
    house.app.eventually("the still is kept", kept).await;
}
