//! What is left when the disk is full, when a commit fails, and when the process is killed.

#![expect(clippy::unwrap_used, reason = "a test's helper is a test")]

use journal::{Append, AppendFault, Expected, Journal, NewEvent, Position, verify};
use journal_sqlite::SqliteJournal;
use kernel::At;
use sqlx::{ConnectOptions, Connection};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use tokio::task::JoinSet;

fn append(key: String) -> Append {
    Append {
        stream: "test/1".into(),
        expected: Expected::Any,
        events: vec![NewEvent {
            kind: "test.happened.v1".into(),
            clear: "{}".into(),
            sealed: Some(vec![7; 900]),
        }],
        at: At(1),
        actor: "system".into(),
        purpose: "test".into(),
        key: Some(key),
    }
}

/// Every acknowledged key is there, at its place; the rest is whole.
async fn all_there(path: &Path, acknowledged: &BTreeMap<String, u64>) -> u64 {
    let journal = SqliteJournal::open(path).await.unwrap();
    for (key, position) in acknowledged {
        let found = journal.find(key).await.unwrap();
        assert_eq!(found.map(|done| done.last), Some(Position(*position)), "{key}");
    }
    let report = verify::verify(&journal, [], |_| None).await.unwrap();
    assert!(report.is_sound(), "{report}");
    journal.close().await;
    report.records
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_unknown_then_stopped_and_loses_nothing_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let journal = Arc::new(SqliteJournal::open_within(&path, Some(60)).await.unwrap());
    let mut running = JoinSet::new();
    for writer in 0..8 {
        let journal = Arc::clone(&journal);
        running.spawn(async move {
            let mut acknowledged = Vec::new();
            loop {
                let key = format!("{writer}-{}", acknowledged.len());
                match journal.append(append(key.clone())).await {
                    Ok(done) => acknowledged.push((key, done.last.0)),
                    Err(fault) => return (acknowledged, fault),
                }
            }
        });
    }
    let ended = running.join_all().await;
    let unknown = ended.iter().filter(|(_, fault)| matches!(fault, AppendFault::Unknown)).count();
    let stopped = ended.iter().filter(|(_, fault)| matches!(fault, AppendFault::Stopped)).count();
    assert!(unknown >= 1, "those of the batch that failed");
    assert_eq!(unknown + stopped, 8);
    assert!(*journal.stopped().borrow());
    let after = journal.append(append("after".into())).await;
    assert!(matches!(after, Err(AppendFault::Stopped)), "{after:?}");
    // What is there can still be read, to answer those who ask.
    assert!(journal.head().await.unwrap().0 >= 8);
    journal.close().await;
    let acknowledged: BTreeMap<_, _> = ended.into_iter().flat_map(|(keys, _)| keys).collect();
    assert!(acknowledged.len() >= 8);
    let records = all_there(&path, &acknowledged).await;
    assert_eq!(records, acknowledged.len() as u64, "here the failed batch was rolled back");
}

#[tokio::test]
async fn a_commit_that_fails_is_unknown_and_the_key_tells_afterwards() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let journal = SqliteJournal::open(&path).await.unwrap();
    journal.append(append("good".into())).await.unwrap();
    // A check that SQLite makes at the commit and not before.
    let deferred = "CREATE TABLE refuse (x INTEGER REFERENCES events (position)
                        DEFERRABLE INITIALLY DEFERRED);
                    CREATE TRIGGER refuse AFTER INSERT ON events
                        BEGIN INSERT INTO refuse VALUES (-1); END";
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut other = options.connect().await.unwrap();
    sqlx::raw_sql(deferred).execute(&mut other).await.unwrap();
    let failed = journal.append(append("bad".into())).await;
    assert!(matches!(failed, Err(AppendFault::Unknown)), "{failed:?}");
    assert!(*journal.stopped().borrow());
    sqlx::raw_sql("DROP TRIGGER refuse").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let after = journal.append(append("after".into())).await;
    assert!(matches!(after, Err(AppendFault::Stopped)), "never tried again: {after:?}");
    journal.close().await;
    let journal = SqliteJournal::open(&path).await.unwrap();
    assert_eq!(journal.find("bad").await.unwrap(), None);
    assert_eq!(journal.append(append("bad".into())).await.unwrap().last, Position(2));
    journal.close().await;
}

/// How the test below tells the process it starts that it is the one to be killed.
const CHILD: &str = "SIGHTLINE_TEST_APPEND_UNTIL_KILLED";

/// Appends from eight writers and prints each acknowledgement, until killed.
async fn append_until_killed(path: PathBuf) {
    let journal = Arc::new(SqliteJournal::open(&path).await.unwrap());
    let round = journal.head().await.unwrap();
    let mut running = JoinSet::new();
    for writer in 0..8 {
        let journal = Arc::clone(&journal);
        running.spawn(async move {
            for n in 0.. {
                let key = format!("{round}-{writer}-{n}");
                let done = journal.append(append(key.clone())).await.unwrap();
                let mut out = std::io::stdout().lock();
                writeln!(out, "\nack {} {key} .", done.last).unwrap();
                out.flush().unwrap();
            }
        });
    }
    running.join_all().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledgement_is_there_after_twenty_kills() {
    if let Some(path) = std::env::var_os(CHILD) {
        return append_until_killed(path.into()).await;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let mut acknowledged = BTreeMap::new();
    let mut luck = 1_u32;
    for _ in 0..20 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "every_acknowledgement_is_there_after_twenty_kills", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Killed after a number of acknowledgements that differs each time, wherever its other
        // writers are then; what it said before it died is read to the end.
        luck = luck.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let enough = 1 + (luck >> 16) as usize % 300;
        let before = acknowledged.len();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            // A line that the kill cut short is no acknowledgement that anybody got.
            let whole = line.strip_prefix("ack ").and_then(|rest| rest.strip_suffix(" ."));
            if let Some((position, key)) = whole.and_then(|rest| rest.split_once(' ')) {
                acknowledged.insert(key.to_owned(), position.parse().unwrap());
                if acknowledged.len() == before + enough {
                    child.kill().unwrap();
                }
            }
        }
        child.wait().unwrap();
        assert!(acknowledged.len() >= before + enough, "the child died before it was killed");
        let records = all_there(&path, &acknowledged).await;
        // Written and not yet said: at most what was in hand when it died.
        assert!(records >= acknowledged.len() as u64);
    }
    println!("{} acknowledgements over 20 kills", acknowledged.len());
}
