//! Backups of every age under the keys of today: what expired is dead in all of them, what did
//! not plays; and whatever was done to a backup is refused by name.

use super::backup::{back_up, back_up_keys};
use super::drill::{self, drill};
use super::restore::{restore, restore_keys};
use crate::settings::Settings;
use crate::store::Store;
use async_trait::async_trait;
use blobs::Blobs;
use call::{Call, CallId, Language, Participant};
use engine::{Caller, Clock, MovedClock, Running};
use incident::{IncidentId, OfferId};
use kernel::At;
use kernel::time::hours;
use media::Codec;
use media::testcard::{picture, tone};
use recording_web::{Keeper, Stills};
use room_host::recorder::{Parts, Recorder, Still, StillFault};
use room_host::tap::{TapEvent, TapSender, tap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const START: At = At::from_seconds(1_800_000_000);
const DAY: Duration = hours(24);

struct NoStills;

#[async_trait]
impl Stills for NoStills {
    async fn take(&self, _: CallId, _: Participant) -> Result<Still, StillFault> {
        Err(StillFault::NoPicture)
    }
}

/// A house on a real disk under a clock that is moved, with a recorder and no browser.
struct House {
    dir: TempDir,
    settings: Settings,
    clock: Arc<MovedClock>,
    boot: u64,
}

/// The house while its service runs.
struct Open {
    store: Store,
    running: Running,
    blobs: Arc<Blobs>,
    keeper: Arc<Keeper>,
}

impl House {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut settings = Settings::load(None).unwrap();
        settings.data = dir.path().join("data");
        Self { dir, settings, clock: Arc::new(MovedClock::still(START)), boot: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn elsewhere(&self, name: &str) -> Settings {
        Settings { data: self.path(name), ..self.settings.clone() }
    }

    async fn open(&self) -> Open {
        open(&self.settings, self.clock.clone()).await
    }

    /// A recording of a second of both sound and picture.
    async fn record(&mut self, open: &Open, call: u128) -> String {
        let call = CallId(call);
        let command = call::Command::Open {
            incident: IncidentId(9),
            offer: OfferId(call.0),
            language: Language::En,
        };
        let (engine, caller) = (&open.store.engine, Caller::system());
        engine.execute::<Call>(&call.stream(), command, &caller, None).await.unwrap();
        self.boot += 1;
        let (now, told) = (self.clock.now(), open.keeper.clone());
        let parts = Parts {
            blobs: open.blobs.clone(),
            sealer: open.keeper.clone(),
            now: Arc::new(move || now),
            report: Arc::new(move |report| told.note(report)),
            boot: self.boot,
        };
        tokio::task::spawn_blocking(move || {
            let (tap, events) = tap(4096);
            let recorder = Recorder::start(parts, events).unwrap();
            for (track, codec) in [("TR_v", Codec::Vp8), ("TR_a", Codec::Opus)] {
                play(&tap, call, track, codec, now);
            }
            drop(tap);
            assert!(recorder.join());
        })
        .await
        .unwrap();
        open.keeper.settled().await;
        recording::RecordingId::from(call).stream()
    }

    async fn back_up(&self) -> PathBuf {
        back_up(&self.settings, &self.path("backups"), self.clock.now(), |_, _| {}).await.unwrap().0
    }

    async fn drill(&self, backup: &Path) -> drill::Report {
        drill(&self.settings, backup, None, self.clock.clone()).await.unwrap()
    }

    /// The recordings of three ages, a backup after each, and the first of them expired.
    async fn with_three_backups() -> (Self, [PathBuf; 3], [String; 2]) {
        let mut house = Self::new();
        let open = house.open().await;
        let first = house.record(&open, 1).await;
        let old = house.back_up().await;
        house.clock.advance(20 * DAY);
        let second = house.record(&open, 2).await;
        let newer = house.back_up().await;
        house.clock.advance(12 * DAY);
        open.store.engine.forget_expired().await.unwrap();
        assert!(open.store.engine.is_forgotten(&first).await.unwrap());
        assert!(!open.store.engine.is_forgotten(&second).await.unwrap());
        let newest = house.back_up().await;
        open.close().await;
        (house, [old, newer, newest], [first, second])
    }
}

impl Open {
    async fn close(self) {
        self.keeper.settled().await;
        self.running.stop().await;
    }
}

async fn open(settings: &Settings, clock: Arc<MovedClock>) -> Open {
    let store = Store::with_clock(settings, clock).await.unwrap();
    let blobs = Arc::new(Blobs::open(&settings.data.join("recordings")).unwrap());
    let keeper = Keeper::new(store.engine.clone(), blobs.clone());
    let parts = recording_web::capability(keeper.clone(), Arc::new(NoStills)).parts;
    let running = store.engine.run(parts, |_| {}).await.unwrap();
    Open { store, running, blobs, keeper }
}

fn play(tap: &TapSender, call: CallId, track: &str, codec: Codec, at: At) {
    let names = || (call.to_string().into(), Participant::Victim.to_string().into(), track.into());
    let (room, participant, name) = names();
    assert!(tap.send(at, TapEvent::TrackStarted { room, participant, track: name, codec, at }));
    let (mut clip, rate) = if codec == Codec::Opus { (tone(), 50) } else { (picture(), 15) };
    for one in clip.by_ref().take(rate) {
        let (room, participant, track) = names();
        let (at, key, data) = (at.plus(one.offset), one.key, one.data.into());
        let (width, height, contiguous) = (None, None, true);
        let frame =
            TapEvent::Frame { room, participant, track, at, key, width, height, contiguous, data };
        assert!(tap.send(at, frame));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_any_age_keeps_dead_what_expired_and_plays_what_did_not() {
    let (house, [old, newer, newest], _) = House::with_three_backups().await;
    let report = house.drill(&old).await;
    assert!(report.passed(), "{report}");
    assert!(report.chain_verified && report.checkpoints > 0 && report.same_configuration);
    assert_eq!((report.recordings_played, report.objects_opened), (0, 0), "{report}");
    assert!(report.objects_dead > 0, "its ciphertext is in the backup: {report}");
    assert!(report.keys_over > 0);
    assert_eq!(report.age_seconds, (32 * DAY).as_secs());

    let report = house.drill(&newer).await;
    assert!(report.passed(), "{report}");
    assert_eq!(report.recordings_played, 1, "the younger one: {report}");
    assert!(report.objects_dead > 0 && report.objects_opened > 0, "{report}");

    let report = house.drill(&newest).await;
    assert!(report.passed(), "{report}");
    assert_eq!((report.recordings_played, report.objects_dead), (1, 0), "{report}");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["passed"], true);
    assert!(json["steps"].as_array().unwrap().len() >= 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_backup_restored_under_the_keys_of_today_runs_and_stays_forgetful() {
    let (house, [old, newer, _], [first, second]) = House::with_three_backups().await;
    back_up_keys(&house.settings, &house.path("keys-backups"), house.clock.now()).unwrap();
    for (backup, name) in [(old, "there"), (newer, "there-too")] {
        let there = house.elsewhere(name);
        restore_keys(&there, &house.path("keys-backups")).unwrap();
        restore(&there, &backup, None, |_, _| {}).await.unwrap();
        assert!(!there.data.join("read-models.db").exists());
        let open = open(&there, house.clock.clone()).await;
        let engine = &open.store.engine;
        assert!(engine.is_forgotten(&first).await.unwrap());
        engine.forget_expired().await.unwrap();
        assert!(engine.is_forgotten(&first).await.unwrap());
        if name == "there-too" {
            assert!(engine.stream_key(&second).await.unwrap().is_some());
        }
        open.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_is_stored_once_however_many_backups_share_it() {
    use std::os::unix::fs::MetadataExt;
    let (_house, [old, newer, newest], _) = House::with_three_backups().await;
    let objects = |backup: &Path| {
        let mut found = Vec::new();
        let mut folders = vec![backup.join("recordings")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    };
    let links = |path: &PathBuf| std::fs::metadata(path).unwrap().nlink();
    assert!(!objects(&old).is_empty());
    assert!(objects(&old).iter().all(|path| links(path) == 2));
    assert!(objects(&newer).len() > objects(&newest).len());
    for path in [&old, &newer, &newest] {
        let keys = std::fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name());
        assert!(!keys.into_iter().any(|name| name.to_string_lossy().contains("key")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_done_to_a_backup_is_refused_by_the_name_of_the_file() {
    let mut house = House::new();
    let open = house.open().await;
    house.record(&open, 1).await;
    let backup = house.back_up().await;
    open.close().await;
    let there = house.elsewhere("there");
    restore_keys(&there, &house.settings.data).unwrap();
    let object = {
        let list = std::fs::read_to_string(backup.join("files.jsonl")).unwrap();
        let line = list.lines().find(|line| line.contains("recordings/")).unwrap();
        serde_json::from_str::<serde_json::Value>(line).unwrap()["name"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let files = ["journal.db", "manifest.json", "manifest.note", "files.jsonl", object.as_str()];
    for file in files {
        let path = backup.join(file);
        let whole = std::fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        for bad in [Some(flipped), Some(whole[..whole.len() - 1].to_vec()), None] {
            std::fs::remove_file(&path).unwrap();
            if let Some(bad) = &bad {
                std::fs::write(&path, bad).unwrap();
            }
            let refused = restore(&there, &backup, None, |_, _| {}).await.map(|_| ());
            let words = refused.unwrap_err().to_string();
            let named = file.rsplit('/').next().unwrap();
            // Without its manifest it is no backup at all.
            assert!(words.contains(named) || words.contains("no backup in"), "{file}: {words}");
            let left: Vec<_> = std::fs::read_dir(&there.data).unwrap().collect();
            assert!(left.len() <= 2, "only the keys are left: {left:?}");
        }
        std::fs::write(&path, &whole).unwrap();
    }
    restore(&there, &backup, None, |_, _| {}).await.unwrap();
    let again = restore(&there, &backup, None, |_, _| {}).await.map(|_| ()).unwrap_err();
    assert!(again.to_string().contains("is not empty"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_signed_by_another_key_is_refused() {
    let (one, other) = (House::new(), House::new());
    one.open().await.close().await;
    other.open().await.close().await;
    let backup = one.back_up().await;
    let there = other.elsewhere("there");
    restore_keys(&there, &other.settings.data).unwrap();
    let refused = restore(&there, &backup, None, |_, _| {}).await.map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("another key"), "{refused}");
    let drilled = drill(&other.settings, &backup, None, other.clock.clone()).await;
    assert!(drilled.unwrap_err().to_string().contains("another key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_journal_are_never_backed_up_into_one_folder_and_old_keys_are_destroyed() {
    let house = House::new();
    house.open().await.close().await;
    let (keys, journal) = (house.path("k"), house.path("j"));
    let (first, destroyed) = back_up_keys(&house.settings, &keys, house.clock.now()).unwrap();
    assert_eq!(destroyed, 0);
    house.clock.advance(DAY);
    let (second, destroyed) = back_up_keys(&house.settings, &keys, house.clock.now()).unwrap();
    assert!(destroyed == 1 && !first.exists() && second.join("root.key").exists());
    let now = house.clock.now();
    let refused = back_up(&house.settings, &keys, now, |_, _| {}).await.map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("kept apart"), "{refused}");
    back_up(&house.settings, &journal, now, |_, _| {}).await.unwrap();
    let refused = back_up_keys(&house.settings, &journal, now).unwrap_err();
    assert!(refused.to_string().contains("kept apart"), "{refused}");
    let twice = back_up(&house.settings, &journal, now, |_, _| {}).await.map(|_| ()).unwrap_err();
    assert!(twice.to_string().contains("already"), "{twice}");
    assert!(restore_keys(&house.settings, &keys).is_err(), "a key store is never written over");
}
