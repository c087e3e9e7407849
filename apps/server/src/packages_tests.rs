//! A package from a recording that the recorder wrote, over a real disk: exported by two people,
//! verified by the shipped binary as on another machine, refused after one byte was flipped, and
//! not made any more once the recording's day has come.

use crate::packages::Packer;
use async_trait::async_trait;
use blobs::Blobs;
use call::{Call, CallId, Language, Participant};
use engine::Caller;
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId, OfferId};
use journal::Journal;
use journal::checkpoint::Signer;
use kernel::id::StaffId;
use kernel::time::hours;
use kernel::{At, Personal, Role};
use media::Codec;
use media::testcard::{picture, tone};
use recording::{Recording, RecordingId, StillId};
use recording_web::{Keeper, Stills};
use room_host::recorder::{Parts, Recorder, Still, StillFault};
use room_host::tap::{TapEvent, TapSender, tap};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use testkit::{START, TestApp};
use vault::Vault;

const CASE: IncidentId = IncidentId(0x0192_f0c1_a2b3_c4d5_e6f7_0819_2a3b_0001);
const CALL: CallId = CallId(0x0192_f0c1_a2b3_c4d5_e6f7_0819_2a3b_4c5d);
const OFFICER: Participant = Participant::Staff(StaffId(2));
const SECONDS: usize = 3;

struct NoStills;

#[async_trait]
impl Stills for NoStills {
    async fn take(&self, _: CallId, _: Participant) -> Result<Still, StillFault> {
        Err(StillFault::NoPicture)
    }
}

struct House {
    app: TestApp,
    keeper: Arc<Keeper>,
    blobs: Arc<Blobs>,
    key: String,
    dir: tempfile::TempDir,
}

impl House {
    /// A house with an incident of which a call was recorded, a still taken, and words written.
    async fn recorded() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let blobs = Arc::new(Blobs::open(&dir.path().join("recordings")).unwrap());
        let keys = dir.path().join("keys");
        let vault = Arc::new(Vault::open(&keys, &dir.path().join("mirror"), [7; 32]).unwrap());
        let signer = || Signer::new("hub.example/journal", vault.verifying_key()).unwrap();
        let made = OnceLock::new();
        let app = TestApp::with(|engine| {
            let keeper = Keeper::new(engine.clone(), blobs.clone());
            let _ = made.set(keeper.clone());
            let packer = Packer::new(engine, keeper.clone(), signer(), vault.clone());
            vec![
                recording_web::capability(keeper, Arc::new(NoStills)),
                evidence_web::capability(Arc::new(packer)),
            ]
        })
        .await;
        let (keeper, key) = (made.get().unwrap().clone(), signer().line());
        let house = Self { app, keeper, blobs, key, dir };
        house.report().await;
        house.call().await;
        house
    }

    async fn report(&self) {
        let report = Report {
            source: Source::Emergency,
            called_at: START,
            force_reference: Personal::default(),
            person: Personal::default(),
            place: Personal::default(),
            account: Personal::new("He came back <at night>.".to_owned()),
            contact: Personal::default(),
            contact_flags: Default::default(),
            thrive: Default::default(),
            suspect: Personal::default(),
            relationship: Relationship::Unknown,
            children: false,
        };
        let command = incident::Command::Report(Box::new(report));
        let caller = TestApp::caller(Role::CallHandler);
        let stream = CASE.stream();
        self.app.engine.execute::<Incident>(&stream, command, &caller, None).await.unwrap();
    }

    async fn call(&self) {
        let (engine, system) = (&self.app.engine, Caller::system());
        let (offer, language) = (OfferId(CALL.0), Language::En);
        let open = call::Command::Open { incident: CASE, offer, language };
        engine.execute::<Call>(&CALL.stream(), open, &system, None).await.unwrap();
        let officer = TestApp::caller(Role::Responder);
        let up = call::Command::PickUp;
        engine.execute::<Call>(&CALL.stream(), up, &officer, None).await.unwrap();
        let (keeper, blobs) = (self.keeper.clone(), self.blobs.clone());
        tokio::task::spawn_blocking(move || record(keeper, blobs)).await.unwrap();
        self.keeper.settled().await;
        let webp = media::vp8::still(picture().next().unwrap().data).unwrap();
        let (room, size) = (CALL.to_string(), media::Size { width: 320, height: 240 });
        let (participant, track) = ("victim".to_owned(), "TR_v".to_owned());
        let still = Still { room, participant, track, at: START, size, webp };
        self.keeper.keep_still(StillId(5), still, StaffId(2)).await.unwrap();
        let (stream, end) = (RecordingId::from(CALL).stream(), recording::Command::End);
        engine.execute::<Recording>(&stream, end, &system, None).await.unwrap();
    }

    /// Asked for by one, approved by another; the address of the export.
    async fn approved(&self) -> String {
        let form = [
            ("recordings", RecordingId::from(CALL).to_string()),
            ("recipient", "prosecutor".into()),
            ("to", "Example Prosecutor".into()),
            ("reason", "Charging decision.".into()),
        ];
        let to = format!("/incidents/{CASE}/evidence");
        let path = self.app.signed_in(Role::Responder).post(&to, &form).await.redirect();
        let second = self.app.signed_in(Role::Supervisor);
        let none: [(&str, &str); 0] = [];
        second.post(&format!("{path}/approve"), &none).await.redirect()
    }

    /// Takes a copy: the answer, and the words that its page showed.
    async fn take(&self, path: &str) -> (testkit::Answer, String) {
        let (officer, to) = (self.app.signed_in(Role::Responder), format!("{path}/package"));
        let page = officer.get(&to).await.expect(200);
        let between = |from: &str| {
            let start = page.body.find(from).unwrap() + from.len();
            page.body[start..].split('"').next().unwrap().to_owned()
        };
        let (number, words) =
            (between("name=\"number\" value=\""), between("id=\"words\" value=\""));
        let wanted = [("number", number), ("seal", "passphrase".into())];
        (officer.post(&to, &wanted).await, words)
    }
}

fn record(keeper: Arc<Keeper>, blobs: Arc<Blobs>) {
    let told = keeper.clone();
    let parts = Parts {
        blobs,
        sealer: keeper,
        now: Arc::new(|| At(START.0 + 4_000_000)),
        report: Arc::new(move |report| told.note(report)),
        boot: 1,
    };
    let (sender, events) = tap(65_536);
    let recorder = Recorder::start(parts, events).unwrap();
    for who in [Participant::Victim.to_string(), OFFICER.to_string()] {
        track(&sender, &who, &format!("TR_{}v", &who[..1]), Codec::Vp8);
        track(&sender, &who, &format!("TR_{}a", &who[..1]), Codec::Opus);
    }
    drop(sender);
    assert!(recorder.join());
}

fn track(sender: &TapSender, who: &str, name: &str, codec: Codec) {
    let names = || (CALL.to_string().into(), who.into(), name.into());
    let (room, participant, track) = names();
    let started = TapEvent::TrackStarted { room, participant, track, codec, at: START };
    assert!(sender.send(START, started));
    let (clip, rate) = match codec {
        Codec::Opus => (tone(), 50),
        _ => (picture(), 15),
    };
    for one in clip.take(SECONDS * rate) {
        let at = START.plus(one.offset);
        let (room, participant, track) = names();
        let (key, data) = (one.key, one.data.into());
        let (width, height, contiguous) = (None, None, true);
        let frame =
            TapEvent::Frame { room, participant, track, at, key, width, height, contiguous, data };
        assert!(sender.send(at, frame));
    }
}

/// The shipped program, which Cargo builds beside the tests.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let program = own.parent().and_then(Path::parent).unwrap().join("sightline");
    assert!(program.exists(), "`cargo test -p server` builds it");
    program
}

/// Whether another process was content with a package, and what it said.
fn sightline(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let done = Command::new(program()).args(arguments).current_dir(folder).output().unwrap();
    (done.status.success(), String::from_utf8(done.stdout).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_handed_on_verified_elsewhere_and_refused_when_a_byte_is_flipped() {
    let house = House::recorded().await;
    let path = house.approved().await;
    let (file, words) = house.take(&path).await;
    let file = file.expect(200).bytes;
    house
        .app
        .eventually("it was taken", async || {
            house.app.kinds().await.iter().any(|kind| kind == "export.downloaded.v1")
        })
        .await;
    let away = tempfile::tempdir().unwrap();
    std::fs::write(away.path().join("case.age"), &file).unwrap();
    std::fs::write(away.path().join("words.txt"), format!("{words}\n")).unwrap();
    let with = ["--key", &house.key, "--passphrase-file", "words.txt"];
    let verify = [&["evidence", "verify", "case.age"], &with[..]].concat();
    let (passed, said) = sightline(away.path(), &verify);
    assert!(passed && said.starts_with("Verified."), "{said}");
    let open = [&["evidence", "open", "case.age", "--to", "case"], &with[..]].concat();
    let (passed, said) = sightline(away.path(), &open);
    assert!(passed, "{said}");
    opened(&away.path().join("case"));
    for place in [file.len() / 3, file.len() - 1] {
        let mut flipped = file.clone();
        flipped[place] ^= 1;
        std::fs::write(away.path().join("case.age"), &flipped).unwrap();
        let (passed, said) = sightline(away.path(), &verify);
        assert!(!passed && said.starts_with("Not verified."), "{said}");
    }
    for record in house.app.journal.read_from(journal::Position(0), 1000).await.unwrap() {
        assert!(!record.clear.contains(&words), "the words are in no record");
    }
}

/// What lies in it.
fn opened(case: &Path) {
    let read = |name: &str| std::fs::read(case.join(name)).unwrap_or_else(|_| panic!("{name}"));
    for film in ["whole", "victim", "officer-1"] {
        let film = read(&format!("recordings/1/{film}.webm"));
        assert_eq!(&film[..4], [0x1a, 0x45, 0xdf, 0xa3], "an EBML head");
    }
    assert_eq!(&read("recordings/1/stills/001-victim.webp")[..4], b"RIFF");
    let page = String::from_utf8(read("statement.html")).unwrap();
    assert!(page.contains("He came back &lt;at night&gt;.") && page.contains("Charging decision."));
    assert!(read("statement.pdf").starts_with(b"%PDF-"));
    let json = |name: &str| serde_json::from_slice::<serde_json::Value>(&read(name)).unwrap();
    let check = json("master-check.json");
    assert_eq!(check["not_as_recorded"].as_array().map(Vec::len), Some(0), "{check}");
    let pieces = json("master.json")[0]["segments"].as_array().unwrap().len();
    assert_eq!(check["compared"], pieces + 1);
    let custody = json("custody.json");
    let did: Vec<_> = custody.as_array().unwrap().iter().map(|line| &line["did"]).collect();
    for deed in ["export-requested", "export-approved", "export-begun"] {
        assert!(did.iter().any(|did| *did == deed), "{deed} in {did:?}");
    }
    let extract = json("journal-extract.json");
    let events = extract["events"].as_array().unwrap();
    for kind in ["incident.reported.v1", "recording.segments_written.v1", "export.begun.v1"] {
        assert!(events.iter().any(|event| event["kind"] == kind), "{kind}");
    }
    assert!(json("chat.json").is_array() && json("markers.json").is_array());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_piece_is_named_in_the_copy_and_on_the_page() {
    let house = House::recorded().await;
    let folder = house.dir.path().join(format!("recordings/objects/rec/{CALL}"));
    let mut objects: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    objects.sort();
    std::fs::write(&objects[0], b"altered").unwrap();
    let officer = house.app.signed_in(Role::Responder);
    let check = format!("/incidents/{CASE}/evidence/check");
    assert!(officer.get(&check).await.expect(200).says("One piece is not as it was recorded"));
    let path = house.approved().await;
    let (file, words) = house.take(&path).await;
    let opening = attest::package::Opening::passphrase(&words);
    let bytes = file.expect(200).bytes;
    let out = house.dir.path().join("case");
    let source = || Ok(bytes.as_slice());
    attest::package::open(source, &opening, attest::Key::Contained, &out).unwrap();
    let check = std::fs::read_to_string(out.join("master-check.json")).unwrap();
    assert!(check.contains("\"how\": \"altered\""), "{check}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_recordings_day_nothing_of_it_is_handed_on() {
    let house = House::recorded().await;
    let path = house.approved().await;
    house.app.clock.advance(hours(24 * 32));
    house.app.engine.trust_clock().unwrap();
    house.app.engine.forget_expired().await.unwrap();
    let (refused, _) = house.take(&path).await;
    assert!(refused.expect(422).says("its day has come"));
    assert!(!house.app.kinds().await.iter().any(|kind| kind == "export.begun.v1"));
}
