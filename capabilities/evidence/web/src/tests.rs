//! The pages as the two people use them, over a maker that writes a few bytes.

use crate::{Checked, Made, Order, Packages, Seal, Tape, capability};
use async_trait::async_trait;
use call::{Call, CallId, Language};
use engine::{Caller, Fault};
use evidence::{Export, ExportId, Why};
use incident::report::{Relationship, Report, Source};
use incident::{Incident, IncidentId, OfferId};
use investigation::{Investigation, InvestigationId};
use journal::Journal;
use kernel::time::hours;
use kernel::{At, Personal, Role};
use recording::{Codec, Meta, Recording, RecordingId, Segment};
use std::io::Write;
use std::sync::Arc;
use testkit::{Browser, START, TestApp};

const CASE: IncidentId = IncidentId(7);
const CALL: CallId = CallId(9);

/// Writes the papers and says the passphrase in them, so that a test sees both.
struct Plain;

#[async_trait]
impl Packages for Plain {
    async fn check(&self, tape: &Tape) -> Result<Checked, Fault> {
        let damaged = vec![(tape.segments[0].object.clone(), "altered".to_owned())];
        Ok(Checked { pieces: tape.segments.len(), damaged })
    }

    fn is_key(&self, line: &str) -> bool {
        line.starts_with("age1")
    }

    fn make(
        &self,
        order: &Order,
        out: &mut dyn Write,
        told: &dyn Fn(u64, u64),
    ) -> Result<Made, Why> {
        told(0, 2);
        let seal = match &order.seal {
            Seal::Passphrase(words) => words,
            Seal::Recipient(key) => key,
        };
        if seal == "age1broken" {
            return Err(Why::Fault);
        }
        let papers = [&order.papers.custody, &order.papers.chat];
        out.write_all(seal.as_bytes()).map_err(|_| Why::Left)?;
        for bytes in papers {
            out.write_all(bytes).map_err(|_| Why::Left)?;
        }
        Ok(Made { members: 2, master: "bb".repeat(32) })
    }
}

async fn house() -> TestApp {
    let app = TestApp::new(vec![capability(Arc::new(Plain))]).await;
    let report = Report {
        source: Source::Emergency,
        called_at: START,
        force_reference: Personal::default(),
        person: Personal::default(),
        place: Personal::default(),
        account: Personal::new("He came back.".to_owned()),
        contact: Personal::default(),
        contact_flags: Default::default(),
        thrive: Default::default(),
        suspect: Personal::default(),
        relationship: Relationship::Unknown,
        children: false,
    };
    let command = incident::Command::Report(Box::new(report));
    let caller = TestApp::caller(Role::CallHandler);
    app.engine.execute::<Incident>(&CASE.stream(), command, &caller, None).await.unwrap();
    app
}

/// The house with a recording that has ended.
async fn recorded() -> TestApp {
    let app = house().await;
    let system = Caller::system();
    let open =
        call::Command::Open { incident: CASE, offer: OfferId(CALL.0), language: Language::En };
    app.engine.execute::<Call>(&CALL.stream(), open, &system, None).await.unwrap();
    let stream = RecordingId::from(CALL).stream();
    let segments = vec![segment()];
    for command in [
        recording::Command::Start { call: CALL, incident: CASE },
        recording::Command::NoteSegments { segments },
        recording::Command::End,
    ] {
        app.engine.execute::<Recording>(&stream, command, &system, None).await.unwrap();
    }
    app
}

fn segment() -> Segment {
    Segment {
        participant: call::Participant::Victim,
        track: "TR_v".into(),
        codec: Codec::Vp8,
        index: 0,
        object: format!("rec/{CALL}/1-0"),
        started_at: START,
        ended_at: At(START.0 + 900_000),
        bytes: 100,
        sha256: "aa".repeat(32),
        meta: Meta {
            slot: START,
            frames: 15,
            payload: 90,
            key_at: Some(START),
            size: Some((320, 240)),
            setup: None,
        },
    }
}

fn home() -> String {
    format!("/incidents/{CASE}/evidence")
}

fn form(recording: Option<RecordingId>) -> Vec<(&'static str, String)> {
    let mut form = vec![
        ("recipient", "prosecutor".to_owned()),
        ("to", "Example Prosecutor".to_owned()),
        ("reason", "Charging decision.".to_owned()),
    ];
    form.extend(recording.map(|recording| ("recordings", recording.to_string())));
    form
}

async fn asked(app: &TestApp, role: Role) -> String {
    let form = form(Some(CALL.into()));
    app.signed_in(role).post(&home(), &form).await.redirect()
}

const NONE: [(&str, &str); 0] = [];

async fn approved(app: &TestApp) -> String {
    let path = asked(app, Role::Responder).await;
    let second = app.signed_in(Role::DataProtection);
    assert_eq!(second.post(&format!("{path}/approve"), &NONE).await.redirect(), path);
    path
}

/// The number and the words that stand on the page of a copy.
async fn drawn(browser: &Browser<'_>, path: &str) -> (String, String) {
    let page = browser.get(&format!("{path}/package")).await.expect(200);
    let between = |from: &str| {
        let start = page.body.find(from).unwrap() + from.len();
        page.body[start..].split('"').next().unwrap().to_owned()
    };
    (between("name=\"number\" value=\""), between("id=\"words\" value=\""))
}

async fn eventually(app: &TestApp, kind: &str) {
    app.eventually(kind, async || app.kinds().await.iter().any(|have| have == kind)).await;
}

#[tokio::test]
async fn the_page_says_what_there_is_and_every_piece_is_compared() {
    let app = recorded().await;
    let officer = app.signed_in(Role::Responder);
    let page = officer.get(&home()).await.expect(200);
    assert!(page.says(&CASE.reference()) && page.says("Nothing was handed on"));
    let check = officer.get(&format!("{}/check", home())).await.expect(200);
    assert!(check.says("One piece is not as it was recorded") && check.says("altered"));
    let empty = officer.get("/exports").await.expect(200);
    assert!(empty.says("Nothing waits"));
    app.refuses_strangers().await;
    let _ = app.signed_in(Role::CallHandler).get(&home()).await.expect(404);
}

#[tokio::test]
async fn a_request_without_receiver_kind_or_reason_keeps_what_was_typed() {
    let app = recorded().await;
    let officer = app.signed_in(Role::Responder);
    let bare = officer.post(&home(), &[("to", "Kept what was typed")]).await.expect(422);
    for words in ["Choose what kind", "Say why", "Kept what was typed"] {
        assert!(bare.says(words), "{words}");
    }
    let foreign = officer.post(&home(), &form(Some(RecordingId(77)))).await.expect(422);
    assert!(foreign.says("recordings of this incident only"));
}

#[tokio::test]
async fn an_incident_of_which_nothing_is_kept_has_nothing_to_export() {
    let app = house().await;
    let officer = app.signed_in(Role::Responder);
    assert!(officer.get(&home()).await.expect(200).says("Nothing to export"));
    let refused = officer.post(&home(), &form(None)).await.expect(422);
    assert!(refused.says("There is nothing to export"));
    let keep = investigation::Command::KeepAccount { text: "He came back.".into() };
    let stream = InvestigationId(CASE.0).stream();
    let caller = TestApp::caller(Role::Responder);
    app.engine.execute::<Investigation>(&stream, keep, &caller, None).await.unwrap();
    officer.post(&home(), &form(None)).await.redirect();
}

#[tokio::test]
async fn one_person_acting_as_two_is_told_the_rule() {
    let app = recorded().await;
    let path = asked(&app, Role::Supervisor).await;
    let chief = app.signed_in(Role::Supervisor);
    let refused = chief.post(&format!("{path}/approve"), &NONE).await.expect(422);
    assert!(refused.says("Rule of two people"));
    let privacy = app.signed_in(Role::DataProtection);
    assert!(privacy.get("/exports").await.expect(200).says("Asked for by"));
    privacy.post(&format!("{path}/approve"), &NONE).await.redirect();
    let twice = privacy.post(&format!("{path}/approve"), &NONE).await.expect(422);
    assert!(twice.says("approved already"));
}

#[tokio::test]
async fn a_copy_is_numbered_sealed_to_words_shown_once_and_on_record_whole() {
    let app = recorded().await;
    let path = approved(&app).await;
    let officer = app.signed_in(Role::Responder);
    let (number, words) = drawn(&officer, &path).await;
    assert_eq!(words.len(), 29);
    let (_, again) = drawn(&officer, &path).await;
    assert!(again != words, "they are drawn for each page");
    let to = format!("{path}/package");
    let wanted = [("number", number.as_str()), ("seal", "passphrase")];
    let file = officer.post(&to, &wanted).await.expect(200);
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, format!("attachment; filename=\"{}-1.age\"", CASE.reference()));
    assert!(file.says(&words), "it is sealed to the words that were shown");
    assert!(file.says("export-begun"), "the copy is in its own custody log");
    eventually(&app, "export.downloaded.v1").await;
    let page = officer.get(&path).await.expect(200);
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&file.bytes);
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(page.says(&digest) && page.says("(copy 1)"));
    for record in app.journal.read_from(journal::Position(0), 1000).await.unwrap() {
        assert!(!record.clear.contains(&words) && !record.clear.contains(&number));
    }
    // Another's number opens nothing, and somebody who is not one of the two takes nothing.
    let second = app.signed_in(Role::DataProtection);
    let other = second.post(&to, &wanted).await.expect(200);
    assert!(!other.says(&words));
    let third = app.signed_in(Role::Supervisor);
    assert_eq!(third.get(&to).await.redirect(), path);
    assert_eq!(third.post(&to, &wanted).await.redirect(), path);
}

#[tokio::test]
async fn a_copy_goes_to_a_key_that_was_pasted_and_to_nothing_else() {
    let app = recorded().await;
    let path = approved(&app).await;
    let officer = app.signed_in(Role::Responder);
    let to = format!("{path}/package");
    let key = |key: &'static str| [("seal", "recipient"), ("key", key)];
    let refused = officer.post(&to, &key("nonsense")).await.expect(422);
    assert!(refused.says("begins with age1") && refused.says("nonsense"));
    let stale = officer.post(&to, &[("seal", "passphrase"), ("number", "x")]).await.expect(422);
    assert!(stale.says("out of date"));
    assert!(officer.post(&to, &key("age1example")).await.expect(200).says("age1example"));
    eventually(&app, "export.downloaded.v1").await;
    let making = officer.get(&format!("{path}/making")).await.expect(200);
    assert!(!making.says("being made"));
}

#[tokio::test]
async fn nobody_approves_or_makes_what_is_past_its_day() {
    let app = recorded().await;
    let path = approved(&app).await;
    app.clock.advance(hours(24 * 32));
    app.engine.trust_clock().unwrap();
    app.engine.forget_expired().await.unwrap();
    let officer = app.signed_in(Role::Responder);
    let (number, _) = drawn(&officer, &path).await;
    let wanted = [("number", number.as_str()), ("seal", "passphrase")];
    let refused = officer.post(&format!("{path}/package"), &wanted).await.expect(422);
    assert!(refused.says("its day has come"));
    let late = officer.post(&home(), &form(Some(CALL.into()))).await.expect(422);
    assert!(late.says("its day has come"));
}

#[tokio::test]
async fn a_request_expires_after_a_week_and_whoever_asked_may_take_one_back() {
    let app = recorded().await;
    let path = asked(&app, Role::Responder).await;
    let officer = app.signed_in(Role::Responder);
    let refuse = format!("{path}/refuse");
    assert!(officer.post(&refuse, &[("reason", "")]).await.expect(422).says("Say why"));
    let other = app.signed_in(Role::DisclosureOfficer);
    let no = [("reason", "A mistake.")];
    assert!(other.post(&refuse, &no).await.expect(422).says("Only the two people"));
    officer.post(&refuse, &no).await.redirect();
    assert!(officer.get(&path).await.expect(200).says("A mistake."));
    let path = asked(&app, Role::Responder).await;
    app.clock.advance(hours(24 * 7));
    eventually(&app, "export.expired.v1").await;
    let chief = app.signed_in(Role::Supervisor);
    let late = chief.post(&format!("{path}/approve"), &NONE).await.expect(422);
    assert!(late.says("Rule of seven days"));
    assert!(chief.get(&path).await.expect(200).says("Nobody approved this in time"));
}

#[tokio::test]
async fn the_custody_log_says_in_words_who_had_it() {
    let app = recorded().await;
    let caller = TestApp::caller(Role::Responder);
    let stream = RecordingId::from(CALL).stream();
    app.engine.consulted(&caller, &stream, "recording-played").await.unwrap();
    let path = asked(&app, Role::Responder).await;
    let _ = app.signed_in(Role::Supervisor).get(&path).await.expect(200);
    let custody = format!("{}/custody", home());
    app.eventually("the log shows it", async || {
        let log = app.signed_in(Role::Supervisor).get(&custody).await.expect(200);
        ["Played it", "Asked for an export", "Read an export", "Read this log"]
            .iter()
            .all(|words| log.says(words))
    })
    .await;
}

/// A copy of an approved export, ordered for this key and made; what left, and how it ended.
async fn made(app: &TestApp, key: &str, taken: bool) -> Vec<bool> {
    let path = approved(app).await;
    let export: ExportId = path.rsplit('/').next().unwrap().parse().unwrap();
    let begin = evidence::Command::Begin {
        found: crate::export::found(&app.engine, export).await.unwrap(),
        sealed_to: evidence::SealedTo::Recipient,
    };
    let caller = TestApp::caller(Role::Responder);
    let stream = export.stream();
    app.engine.execute::<Export>(&stream, begin, &caller, None).await.unwrap();
    let order = Order {
        export,
        copy: 1,
        incident: CASE,
        made_by: String::new(),
        purpose: String::new(),
        seal: Seal::Recipient(key.to_owned()),
        tapes: vec![],
        papers: crate::Papers::default(),
        streams: vec![],
        custody: vec![],
    };
    let slot = crate::making::Making::default().slot(export).unwrap();
    let (out, mut body) = tokio::sync::mpsc::channel(crate::limits::CHUNKS_WAITING);
    if !taken {
        body.close();
    }
    crate::making::make(app.engine.clone(), Arc::new(Plain), order, slot, out).await;
    let mut left = Vec::new();
    while let Some(piece) = body.recv().await {
        left.push(piece.is_ok());
    }
    left
}

#[tokio::test]
async fn a_copy_that_cannot_be_made_is_cut_off_and_on_record_as_broken() {
    let app = recorded().await;
    assert_eq!(made(&app, "age1broken", true).await, [false], "the answer is cut off");
    eventually(&app, "export.broken_off.v1").await;
    assert!(!app.kinds().await.contains(&"export.packaged.v1".to_owned()));
}

#[tokio::test]
async fn a_copy_whose_taker_went_away_is_not_on_record_as_taken() {
    let app = recorded().await;
    assert!(made(&app, "age1example", false).await.is_empty());
    eventually(&app, "export.broken_off.v1").await;
    assert!(!app.kinds().await.contains(&"export.downloaded.v1".to_owned()));
}
