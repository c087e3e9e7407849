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

#[tokio::test]
async fn what_is_erased_is_in_no_file_any_more() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let journal = SqliteJournal::open(&path).await.unwrap();
    let marked = |mark: &[u8], times| NewEvent {
        kind: "test.happened.v1".into(),
        clear: "{}".into(),
        sealed: Some(mark.repeat(times)),
    };
    // Some fit in their row, some spill over many pages.
    for round in 0..40 {
        let times = if round % 2 == 0 { 8 } else { 4000 };
        let events = vec![marked(b"goes-away", times), marked(b"stays-put", times)];
        journal.append(Append { events, ..append("test/1", None) }).await.unwrap();
    }
    let holds = |mark: &[u8]| {
        let files = std::fs::read_dir(dir.path()).unwrap();
        let whole = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        whole.filter(|bytes| bytes.windows(mark.len()).any(|window| window == mark)).count()
    };
    assert!(holds(b"goes-away") > 0);
    let gone: Vec<_> = (0..40).map(|round| Position(round * 2 + 1)).collect();
    assert_eq!(journal.erase(&gone).await.unwrap(), 40);
    assert_eq!(holds(b"goes-away"), 0, "neither in the file nor in its log");
    assert!(holds(b"stays-put") > 0);
    assert_eq!(std::fs::metadata(dir.path().join("journal.db-wal")).unwrap().len(), 0);
    let report = journal::verify::verify(&journal, [], |_| None).await.unwrap();
    assert!(report.is_sound(), "{report}");
    assert_eq!((report.sealed, report.deleted), (40, 40));
    journal.close().await;
}

#[tokio::test]
async fn a_reader_in_the_way_is_told_of_and_the_next_asking_cleans_up() {
    use sqlx::{ConnectOptions, Connection, Executor};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.db");
    let journal = SqliteJournal::open(&path).await.unwrap();
    journal.append(append("test/1", None)).await.unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut reader = options.connect().await.unwrap();
    reader.execute("BEGIN; SELECT count(*) FROM events").await.unwrap();
    let erased = journal.erase(&[Position(1)]).await;
    assert!(matches!(erased, Err(journal::EraseFault::Lingers { erased: 1 })), "{erased:?}");
    assert!(!*journal.stopped().borrow(), "that is no reason to stop");
    journal.append(append("test/1", None)).await.unwrap();
    reader.close().await.unwrap();
    assert_eq!(journal.erase(&[Position(1)]).await.unwrap(), 0);
    assert_eq!(std::fs::metadata(dir.path().join("journal.db-wal")).unwrap().len(), 0);
    journal.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_taken_among_appends_is_a_journal_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let journal = Arc::new(SqliteJournal::open(&dir.path().join("journal.db")).await.unwrap());
    for n in 0..1500 {
        journal.append(append("test/1", (n % 2 == 0).then(|| format!("key {n}")))).await.unwrap();
    }
    journal.erase(&[Position(7)]).await.unwrap();
    let writing = {
        let journal = Arc::clone(&journal);
        tokio::spawn(async move {
            for n in 0..200 {
                journal.append(append("test/2", Some(format!("later {n}")))).await.unwrap();
            }
        })
    };
    let path = dir.path().join("copy.db");
    let head = journal_sqlite::copy(&*journal, vec![], &path, |_, _| {}).await.unwrap();
    writing.await.unwrap();
    assert!(head.size >= 1500);
    let names = std::fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().file_name());
    assert!(!names.into_iter().any(|name| name.to_string_lossy().starts_with("copy.db-")));
    let copy = SqliteJournal::open(&path).await.unwrap();
    let report = journal::verify::verify(&copy, [head], |_| None).await.unwrap();
    assert!(report.is_sound(), "{report}");
    assert_eq!((report.records, report.deleted, report.checkpoints), (head.size, 1, 1));
    let original = journal.read_from(Position(0), 1000).await.unwrap();
    assert_eq!(copy.read_from(Position(0), 1000).await.unwrap(), original);
    let done = copy.append(append("test/1", Some("key 8".into()))).await.unwrap();
    assert_eq!((done.first, done.repeated), (Position(9), true));
    let done = copy.append(append("test/1", Some("new".into()))).await.unwrap();
    assert_eq!(done.first, Position(head.size + 1));
    // Its keys are those of its records and no others.
    let keys = copy.keys("later", 1000).await.unwrap();
    assert_eq!(
        keys.iter().filter(|(name, _)| name.starts_with("later")).count() as u64,
        head.size - 1500
    );
    assert!(
        journal_sqlite::copy(&*journal, vec![], &path, |_, _| {}).await.is_err(),
        "never over another"
    );
    copy.close().await;
    journal.close().await;
}
