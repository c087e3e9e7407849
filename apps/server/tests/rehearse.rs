//! The whole service, proved from outside: the shipped binary rehearses a call on a fresh
//! service of its own, from the report to a recording that plays and a journal that verifies.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed"
)]

use serde_json::Value;
use std::process::Command;

fn rehearse(arguments: &[&str]) -> (bool, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sightline"));
    let done = program.arg("rehearse").args(arguments).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    eprintln!("{}", String::from_utf8_lossy(&done.stderr));
    (done.status.success(), said)
}

#[test]
fn two_calls_go_from_report_to_outcome_and_everything_that_must_hold_holds() {
    let (passed, said) = rehearse(&["--calls", "2", "--seconds", "5", "--json"]);
    let report: Value = serde_json::from_str(&said).expect("one JSON object and nothing else");
    assert!(passed, "{said}");
    for name in ["calls", "answered", "finished", "recordings", "recordings_playable"] {
        assert_eq!(report[name], 2, "{name}: {said}");
    }
    assert_eq!(report["journal_verified"], true);
    assert!(report.get("disclosures").is_none(), "only where some were asked for");
    assert!(report["events"].as_u64().is_some_and(|events| events > 40));
    assert!(report["time_to_face_ms"]["p99"].as_u64().is_some_and(|ms| ms < 30_000));
    assert!(report["rss_mib"].as_f64().is_some_and(|mib| mib > 1.0));
}

#[test]
fn two_disclosures_are_made_in_time_and_their_recordings_are_forgotten_with_proof() {
    let plan = ["--calls", "1", "--seconds", "4", "--disclosures", "2", "--json"];
    let (passed, said) = rehearse(&plan);
    let report: Value = serde_json::from_str(&said).expect("one JSON object and nothing else");
    assert!(passed, "{said}");
    for name in ["disclosures", "within_28_days", "dropped_within_30_days"] {
        assert_eq!(report[name], 2, "{name}: {said}");
    }
    assert_eq!(report["without_disclosure"], 1, "{said}");
    assert_eq!(report["certificates_verified"], report["certificates"]);
    assert!(report["certificates_verified"].as_u64().is_some_and(|count| count > 0));
    assert_eq!(report["residue_found"], 0);
    assert_eq!(report["journal_verified"], true);
}

#[test]
fn nobody_elses_clock_is_moved() {
    let (passed, said) = rehearse(&["--disclosures", "1", "--against", "http://127.0.0.1:9"]);
    assert!(!passed && said.is_empty());
}

#[test]
fn a_service_that_is_not_there_is_said_in_words_and_fails() {
    let (passed, said) =
        rehearse(&["--calls", "1", "--seconds", "4", "--against", "http://127.0.0.1:9", "--json"]);
    assert!(!passed && said.is_empty());
}
