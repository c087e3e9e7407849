//! What only the file can show: that it is private, and that syncs are shared.

use journal::{Append, Expected, Journal, NewEvent, Position};
use journal_sqlite::SqliteJournal;
use kernel::At;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

fn append(stream: &str, key: Option<String>) -> Append {
    Append {
        stream: stream.into(),
        expected: Expected::Any,
        events: vec![NewEvent {
            kind: "test.happened.v1".into(),
            clear: "{}".into(),
            sealed: Some(vec![7; 200]),
        }],
        at: At(1),
        actor: "system".into(),
        purpose: "test".into(),
        key,
    }
}

#[tokio::test]
async fn the_file_and_its_log_are_for_their_owner_only() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let journal = SqliteJournal::open(&path).await.unwrap();
    journal.append(append("test/1", None)).await.unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
    }
    journal.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_writers_share_their_syncs() {
    let dir = tempfile::tempdir().unwrap();
    let journal = Arc::new(SqliteJournal::open(&dir.path().join("journal.db")).await.unwrap());
    let writers = (0..64).map(|n| {
        let journal = Arc::clone(&journal);
        tokio::spawn(async move {
            for _ in 0..20 {
                journal.append(append(&format!("test/{n}"), None)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let counts = journal.counts();
    println!("{counts:?}");
    assert_eq!(counts.appends, 64 * 20);
    assert!(counts.commits * 8 <= counts.appends, "at least eight share a sync: {counts:?}");
    assert_eq!(journal.head().await.unwrap(), Position(64 * 20));
    journal.close().await;
}
