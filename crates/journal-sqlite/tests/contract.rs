//! The contract, kept by the journal in a file.

#![expect(clippy::unwrap_used, reason = "a test's helper is a test")]

use async_trait::async_trait;
use journal::contract::{self, Field, Rig};
use journal::{Journal, Position};
use journal_sqlite::SqliteJournal;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

struct File {
    dir: TempDir,
    journal: Mutex<Option<Arc<SqliteJournal>>>,
}

impl File {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), journal: Mutex::default() }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("journal.db")
    }

    async fn connect(&self) -> SqliteConnection {
        SqliteConnectOptions::new().filename(self.path()).connect().await.unwrap()
    }
}

fn blob(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("X'{hex}'")
}

#[async_trait]
impl Rig for File {
    async fn open(&self) -> Arc<dyn Journal> {
        let journal = Arc::new(SqliteJournal::open(&self.path()).await.unwrap());
        *self.journal.lock().unwrap() = Some(Arc::clone(&journal));
        journal
    }

    async fn close(&self) {
        let journal = self.journal.lock().unwrap().take().unwrap();
        journal.close().await;
    }

    async fn tamper(&self, position: Position, field: Field) {
        let mut connection = self.connect().await;
        let off = "DROP TRIGGER events_stand; DROP TRIGGER events_stay;";
        sqlx::raw_sql(off).execute(&mut connection).await.unwrap();
        let sql = AssertSqlSafe(field.sql(position, blob));
        let done = sqlx::query(sql).execute(&mut connection).await.unwrap();
        assert_eq!(done.rows_affected(), 1);
        connection.close().await.unwrap();
    }

    async fn guards_let_through(&self, position: Position, field: Field) -> bool {
        let mut connection = self.connect().await;
        let sql = AssertSqlSafe(field.sql(position, blob));
        let done = sqlx::query(sql).execute(&mut connection).await;
        connection.close().await.unwrap();
        done.is_ok()
    }

    async fn delete_sealed(&self, position: Position) {
        let mut connection = self.connect().await;
        let sql = "UPDATE events SET sealed = NULL WHERE position = $1";
        let query = sqlx::query(sql).bind(position.0 as i64);
        assert_eq!(query.execute(&mut connection).await.unwrap().rows_affected(), 1);
        connection.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_in_a_file_keeps_the_contract() {
    contract::run(async || File::new()).await;
}

#[tokio::test]
async fn nothing_replaces_an_event_or_a_key_or_slips_one_in() {
    let rig = File::new();
    let journal = rig.open().await;
    let append = journal::Append {
        stream: "a/1".into(),
        expected: journal::Expected::Any,
        events: vec![journal::NewEvent { kind: "t.v1".into(), clear: "{}".into(), sealed: None }],
        at: kernel::At(1),
        actor: "system".into(),
        purpose: "test".into(),
        key: Some("once".into()),
    };
    journal.append(append).await.unwrap();
    let mut connection = rig.connect().await;
    let values = |position, version, prev: &str| {
        format!(
            "INSERT OR REPLACE INTO events \
             (position, stream, version, kind, at, actor, purpose, clear, prev, hash) VALUES \
             ({position}, 'a/1', {version}, 'x', 1, '', '', '', {prev}, zeroblob(32))"
        )
    };
    let last = "(SELECT hash FROM events ORDER BY position DESC LIMIT 1)";
    let forged = [
        values(1, 1, "zeroblob(32)"),
        values(2, 1, last),
        values(3, 2, last),
        values(2, 3, last),
        values(2, 2, "zeroblob(32)"),
        "UPDATE OR REPLACE events SET position = 1".into(),
        "INSERT OR REPLACE INTO appends VALUES ('once', 9, 9, 9)".into(),
        "UPDATE appends SET first = 9".into(),
        "DELETE FROM appends".into(),
        "DELETE FROM events".into(),
    ];
    for sql in forged {
        let done = sqlx::query(AssertSqlSafe(sql.clone())).execute(&mut connection).await;
        assert!(done.is_err(), "{sql}");
    }
    connection.close().await.unwrap();
    rig.close().await;
}
