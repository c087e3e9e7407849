//! Exhibits: files with their limits, stills by reference, things, hands, and the end of the key.

use super::House;
use crate::files;
use axum::http::Method;
use engine::Caller;
use kernel::Role;
use recording::{Recording, RecordingId, StillId};
use testkit::{Answer, START};

const PDF: &str = "%PDF-1.7 an invented page";

/// A posted form with a file in it.
fn posted(name: &str, file: &str) -> String {
    format!(
        "--x\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\n{name}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"found\"\r\n\r\nSent by her.\r\n\
         --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"her-name.pdf\"\r\n\r\n\
         {file}\r\n--x--\r\n"
    )
}

async fn put(house: &House, name: &str, file: &str) -> Answer {
    let officer = house.app.signed_in(Role::Responder);
    let body = Some(("multipart/form-data; boundary=x", posted(name, file)));
    officer.send(Method::POST, &house.at("exhibits"), body).await
}

/// Every file below the house's folder.
fn on_disk(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(on_disk(&path))
        } else {
            found.push(std::fs::read(path).unwrap())
        }
    }
    found
}

#[tokio::test]
async fn a_file_is_sealed_named_by_its_digest_and_opened_with_a_trace() {
    let house = House::new().await;
    put(&house, "Letter", PDF).await.redirect();
    let page = house.app.signed_in(Role::Responder).get(&house.at("exhibits")).await.expect(200);
    assert!(page.says("Letter") && page.says(&files::digest(PDF)));
    assert!(!page.says("her-name"), "what the browser calls it is kept nowhere");
    let disk = on_disk(house.dir.path());
    assert_eq!(disk.len(), 1);
    assert!(!String::from_utf8_lossy(&disk[0]).contains("invented"), "no plain byte on a disk");
    let before = house.app.consultations().await;
    let opened = house.app.signed_in(Role::Responder).get(&house.at("exhibits/1")).await;
    let opened = opened.expect(200);
    assert_eq!(opened.bytes, PDF.as_bytes());
    let how = opened.headers["content-disposition"].to_str().unwrap();
    assert_eq!(how, "attachment; filename=\"exhibit-1.pdf\"", "a browser runs nothing of it");
    assert_eq!(house.app.consultations().await, before + 1);
    for none in ["exhibits/2", "exhibits/x"] {
        let _ = house.app.signed_in(Role::Responder).get(&house.at(none)).await.expect(404);
    }
}

#[tokio::test]
async fn a_file_of_a_kind_that_is_not_kept_is_refused_by_its_content_and_nothing_is_stored() {
    let house = House::new().await;
    for (name, file, words) in [
        ("Page", "<html><script>", "A file is a picture"),
        ("Page", "", "The file is empty"),
        ("", PDF, "Say what it is"),
    ] {
        let refused = put(&house, name, file).await.expect(422);
        assert!(refused.says(words), "{words}");
        assert!(refused.says("Sent by her."), "nothing typed is lost");
    }
    assert!(on_disk(house.dir.path()).is_empty());
    assert_eq!(house.happened("investigation.exhibit_added.v1").await, 0);
    let officer = house.app.signed_in(Role::Responder);
    let form = officer.post(&house.at("exhibits"), &[("name", "x")]).await;
    assert_eq!(form.status, 415);
    let cut = Some(("multipart/form-data; boundary=x", "--x\r\n".to_owned()));
    assert_eq!(officer.send(Method::POST, &house.at("exhibits"), cut).await.status, 400);
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_in_words() {
    let house = House::new().await;
    let large = format!("{PDF}{}", "a".repeat(investigation::limits::UPLOAD_BYTES_MAX));
    let refused = put(&house, "Letter", &large).await.expect(422);
    assert!(refused.says("larger than 32 megabytes"));
}

#[tokio::test]
async fn a_still_of_the_call_is_an_exhibit_by_reference() {
    let house = House::new().await;
    let call = call::CallId(12);
    let (engine, caller) = (&house.app.engine, Caller::system());
    let offer = incident::OfferId(call.0);
    let (incident, language) = (house.incident, call::Language::En);
    let open = call::Command::Open { incident, offer, language };
    engine.execute::<call::Call>(&call.stream(), open, &caller, None).await.unwrap();
    let stream = RecordingId::from(call).stream();
    let start = recording::Command::Start { call, incident };
    engine.execute::<Recording>(&stream, start, &caller, None).await.unwrap();
    let still = recording::Still {
        still: StillId(10),
        participant: call::Participant::Victim,
        track: "TR_v".into(),
        at: START,
        object: format!("rec/{call}/still-{}", StillId(10)),
        bytes: 12,
        sha256: "ab".repeat(32),
        width: 320,
        height: 240,
        by: kernel::id::StaffId(1),
    };
    let keep = recording::Command::KeepStill { still };
    engine.execute::<Recording>(&stream, keep, &caller, None).await.unwrap();
    let name = format!("{call}/{}", StillId(10));
    house.refused("exhibits/still", &[("still", "x"), ("name", "Her arm")], "one of the").await;
    house.done("exhibits/still", &[("still", &name), ("name", "Her arm")]).await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("exhibits")).await.expect(200);
    assert!(page.says(&"ab".repeat(32)) && page.says(&StillId(10).to_string()));
    assert!(on_disk(house.dir.path()).is_empty(), "it stays with its recording");
    let twice = [("still", name.as_str()), ("name", "Her arm")];
    house.refused("exhibits/still", &twice, "is an exhibit already").await;
}

#[tokio::test]
async fn hands_and_a_withdrawal_are_written_down() {
    let house = House::new().await;
    house.done("exhibits/thing", &[("name", "A knife"), ("found", "Kitchen.")]).await;
    house.refused("exhibits/moved", &[("number", "1"), ("reason", "x")], "to whom").await;
    let moved = [("number", "1"), ("to", "The property store"), ("reason", "Kept there.")];
    house.done("exhibits/moved", &moved).await;
    house.done("exhibits/withdrawn", &[("number", "1"), ("reason", "Another house.")]).await;
    house.refused("exhibits/moved", &moved, "was withdrawn").await;
    let page = house.app.signed_in(Role::Responder).get(&house.at("exhibits")).await.expect(200);
    for said in ["The property store", "Kept there.", "Another house."] {
        assert!(page.says(said), "{said}");
    }
}

#[tokio::test]
async fn when_the_key_is_gone_so_are_the_files_the_words_and_the_pack() {
    let house = House::new().await;
    put(&house, "Letter", PDF).await.redirect();
    house.done("investigation", &[("account", "He came at one.")]).await;
    house.done("statement", &[("section_events", "He came at one.")]).await;
    house.done("parties", &[("role", "witness"), ("name", "Nobody Example")]).await;
    assert_eq!(on_disk(house.dir.path()).len(), 1);
    let days = kernel::retention::CASEWORK.keep_days + 1;
    house.app.clock.advance(kernel::time::hours(24 * u64::from(days)));
    house.app.engine.forget_expired().await.unwrap();
    assert!(on_disk(house.dir.path()).is_empty(), "the file is gone");
    assert_eq!(house.happened("investigation.files_gone.v1").await, 1);
    house.app.engine.forget_expired().await.unwrap();
    assert_eq!(house.happened("investigation.files_gone.v1").await, 1, "it goes once");
    let officer = house.app.signed_in(Role::Responder);
    let _ = officer.get(&house.at("exhibits/1")).await.expect(404);
    for page in ["investigation", "statement", "parties", "exhibits"] {
        let shown = officer.get(&house.at(page)).await.expect(200);
        for said in ["He came", "Nobody Example", "Letter"] {
            assert!(!shown.says(said), "{page} still says {said}");
        }
    }
    assert!(officer.get(&house.at("exhibits")).await.says("The file is gone with its key."));
    let _ = officer.get(&house.at("pack.pdf")).await.expect(200);
}
