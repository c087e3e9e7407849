//! A certificate and a package, checked by the shipped binary as on another machine: from an
//! empty folder, without configuration or data directory.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/attest/samples").join(name)
}

fn key() -> String {
    std::fs::read_to_string(sample("key.txt")).unwrap().trim().to_owned()
}

/// Whether it ended well, and what it said.
fn sightline(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sightline"));
    let done = program.args(arguments).current_dir(folder).output().unwrap();
    (done.status.success(), String::from_utf8(done.stdout).unwrap())
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn a_certificate_is_verified_with_nothing_but_the_file_and_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("certificate.json").display().to_string();
    let (passed, said) = sightline(folder.path(), &["retention", "verify", &file, "--key", &key()]);
    assert!(passed && said.contains("Proved:") && said.contains("Not proved:"), "{said}");
    assert!(!said.contains("--key"), "{said}");
    let (passed, said) = sightline(folder.path(), &["retention", "verify", &file]);
    assert!(passed && said.contains("Whose key signed it"), "{said}");
    assert_eq!(files(folder.path()), 0, "it leaves nothing behind");
}

#[test]
fn a_tampered_certificate_fails_and_the_rule_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(sample("certificate.json")).unwrap();
    let file = folder.path().join("tampered.json");
    std::fs::write(&file, text.replace("\"objects\": 90", "\"objects\": 91")).unwrap();
    let file = file.display().to_string();
    let (passed, said) = sightline(folder.path(), &["retention", "verify", &file]);
    assert!(!passed && said.starts_with("Not verified. signature:"), "{said}");
}

#[test]
fn a_package_is_verified_and_opened_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (file, words) = (sample("package.age"), sample("passphrase.txt"));
    let (file, words) = (file.display().to_string(), words.display().to_string());
    let with = |more: &[&str]| {
        let key = key();
        let all = [more, &[&file, "--key", &key, "--passphrase-file", &words]].concat();
        sightline(folder.path(), &all)
    };
    let (passed, said) = with(&["evidence", "verify"]);
    assert!(passed && said.contains("All 3 members are there"), "{said}");
    assert_eq!(files(folder.path()), 0);
    let (passed, said) = with(&["evidence", "open", "--to", "case"]);
    assert!(passed, "{said}");
    assert!(folder.path().join("case/chat.json").exists());
    let (passed, said) = with(&["evidence", "open", "--to", "case"]);
    assert!(!passed && said.contains("could not be written out"), "{said}");
}

#[test]
fn a_truncated_package_fails_and_the_place_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = std::fs::read(sample("package.age")).unwrap();
    let file = folder.path().join("cut.age");
    std::fs::write(&file, &bytes[..bytes.len() - 100]).unwrap();
    let (file, words) = (file.display().to_string(), sample("passphrase.txt"));
    let words = words.display().to_string();
    let arguments = ["evidence", "verify", &file, "--passphrase-file", &words];
    let (passed, said) = sightline(folder.path(), &arguments);
    assert!(!passed && said.starts_with("Not verified."), "{said}");
}
