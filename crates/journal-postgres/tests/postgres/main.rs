//! The contract, kept by the journal in PostgreSQL, and what only PostgreSQL can show: several
//! processes, a server that goes away, a commit that fails.

#![expect(clippy::unwrap_used, reason = "a test's helper is a test")]

mod cluster;

use async_trait::async_trait;
use cluster::Cluster;
use journal::contract::{self, Field, Rig};
use journal::{Append, AppendFault, Expected, Journal, NewEvent, Position, verify};
use journal_postgres::{OpenFault, PostgresJournal};
use kernel::At;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// A schema of its own in the shared cluster.
struct Schema {
    cluster: Arc<Cluster>,
    name: String,
    journal: Mutex<Option<Arc<PostgresJournal>>>,
}

static SCHEMAS: AtomicU32 = AtomicU32::new(0);

impl Schema {
    fn new() -> Self {
        let number = SCHEMAS.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        Self { cluster: Cluster::shared(), name, journal: Mutex::default() }
    }

    async fn journal(&self) -> PostgresJournal {
        PostgresJournal::open(self.cluster.url(), &self.name).await.unwrap()
    }

    async fn connect(&self) -> PgConnection {
        let options: PgConnectOptions = self.cluster.url().parse().unwrap();
        options.options([("search_path", &self.name)]).connect().await.unwrap()
    }

    async fn run(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let mut connection = self.connect().await;
        let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
        connection.close().await.unwrap();
        done.map(|done| done.rows_affected())
    }
}

fn blob(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("decode('{hex}', 'hex')")
}

#[async_trait]
impl Rig for Schema {
    async fn open(&self) -> Arc<dyn Journal> {
        let journal = Arc::new(self.journal().await);
        *self.journal.lock().unwrap() = Some(Arc::clone(&journal));
        journal
    }

    async fn close(&self) {
        let journal = self.journal.lock().unwrap().take().unwrap();
        journal.close().await;
    }

    async fn tamper(&self, position: Position, field: Field) {
        self.run("ALTER TABLE events DISABLE TRIGGER ALL").await.unwrap();
        assert_eq!(self.run(&field.sql(position, blob)).await.unwrap(), 1);
        self.run("ALTER TABLE events ENABLE TRIGGER ALL").await.unwrap();
    }

    async fn guards_let_through(&self, position: Position, field: Field) -> bool {
        self.run(&field.sql(position, blob)).await.is_ok()
    }

    async fn delete_sealed(&self, position: Position) {
        let sql = format!("UPDATE events SET sealed = NULL WHERE position = {position}");
        assert_eq!(self.run(&sql).await.unwrap(), 1);
    }
}

fn append(stream: &str) -> Append {
    Append {
        stream: stream.into(),
        expected: Expected::Any,
        events: vec![NewEvent { kind: "t.v1".into(), clear: "{}".into(), sealed: None }],
        at: At(1),
        actor: "system".into(),
        purpose: "test".into(),
        key: None,
    }
}

fn keyed(stream: &str, key: &str) -> Append {
    Append { key: Some(key.into()), ..append(stream) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_in_postgresql_keeps_the_contract() {
    // Held, so that it is started once for all parts.
    let _cluster = Cluster::shared();
    contract::run(async || Schema::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_writers_share_their_syncs() {
    let schema = Schema::new();
    let journal = Arc::new(schema.journal().await);
    let writers = (0..64).map(|n| {
        let journal = Arc::clone(&journal);
        tokio::spawn(async move {
            for _ in 0..20 {
                journal.append(append(&format!("test/{n}"))).await.unwrap();
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
    journal.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_write_one_order_and_hear_each_other() {
    let schema = Schema::new();
    let (one, two) = (Arc::new(schema.journal().await), Arc::new(schema.journal().await));
    let mut heard = two.subscribe();
    let first = one.append(keyed("a/1", "once")).await.unwrap();
    heard.wait_for(|head| *head >= first.last).await.unwrap();
    assert_eq!(two.read_from(Position(0), 10).await.unwrap().len(), 1);
    assert!(two.append(keyed("a/1", "once")).await.unwrap().repeated);
    let rival = Append { expected: Expected::Version(0), ..append("a/1") };
    let lost = two.append(rival).await;
    assert!(matches!(lost, Err(AppendFault::Conflict { actual: 1 })), "{lost:?}");
    let writers = (0..32).map(|n| {
        let journal = Arc::clone(if n % 2 == 0 { &one } else { &two });
        tokio::spawn(async move {
            for _ in 0..10 {
                journal.append(append("shared/1")).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let report = verify::verify(&*one, [], |_| None).await.unwrap();
    assert!(report.is_sound(), "{report}");
    assert_eq!(report.records, 1 + 320);
    // Also when the word itself is lost: by looking.
    two.subscribe().wait_for(|head| *head == Position(321)).await.unwrap();
    one.close().await;
    two.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_was_cut_between_appends_costs_nothing() {
    let schema = Schema::new();
    let journal = schema.journal().await;
    for round in 0..3 {
        journal.append(append("a/1")).await.unwrap();
        let cut = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE application_name = 'sightline {}'",
            schema.name
        );
        schema.run(&cut).await.unwrap();
        let done = journal.append(append("a/1")).await.unwrap();
        assert_eq!(done.last, Position(round * 2 + 2));
    }
    assert!(!*journal.stopped().borrow());
    journal.close().await;
}

#[tokio::test]
async fn a_commit_that_fails_is_unknown_and_stops_the_journal() {
    let schema = Schema::new();
    let journal = schema.journal().await;
    journal.append(append("a/1")).await.unwrap();
    // A check that the server makes at the commit and not before.
    let deferred = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE EXCEPTION 'no'; END $$;
                    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON events
                        DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION refuse()";
    schema.run(deferred).await.unwrap();
    let failed = journal.append(keyed("a/1", "once")).await;
    assert!(matches!(failed, Err(AppendFault::Unknown)), "{failed:?}");
    assert!(*journal.stopped().borrow());
    schema.run("DROP TRIGGER refuse ON events").await.unwrap();
    let after = journal.append(append("a/1")).await;
    assert!(matches!(after, Err(AppendFault::Stopped)), "never tried again: {after:?}");
    journal.close().await;
    // The next process finds out by the key, and goes on.
    let journal = schema.journal().await;
    assert_eq!(journal.find("once").await.unwrap(), None);
    assert_eq!(journal.append(keyed("a/1", "once")).await.unwrap().last, Position(2));
    journal.close().await;
}

#[tokio::test]
async fn nothing_truncates_replaces_or_slips_in() {
    let schema = Schema::new();
    let journal = schema.journal().await;
    journal.append(keyed("a/1", "once")).await.unwrap();
    let values = |position, version| {
        format!(
            "INSERT INTO events \
             (position, stream, version, kind, at, actor, purpose, clear, prev, hash) SELECT \
             {position}, 'a/1', {version}, 'x', 1, '', '', '', hash, hash FROM events"
        )
    };
    for sql in [
        "TRUNCATE events",
        "TRUNCATE appends",
        "DELETE FROM appends",
        "UPDATE appends SET first = 9",
        "DELETE FROM events",
        &values(3, 2),
        &values(2, 3),
        &format!("{} ON CONFLICT (position) DO UPDATE SET clear = 'x'", values(1, 1)),
    ] {
        assert!(schema.run(sql).await.is_err(), "{sql}");
    }
    journal.close().await;
}

#[tokio::test]
async fn a_schema_by_another_name_than_a_plain_one_is_refused() {
    let cluster = Cluster::shared();
    for name in ["", "1a", "a-b", "a b", "A", "a\"b", "a;drop", &"a".repeat(41)] {
        let opened = PostgresJournal::open(cluster.url(), name).await.map(|_| ());
        assert!(matches!(opened, Err(OpenFault::Name)), "{name:?}: {opened:?}");
    }
    let opened = PostgresJournal::open("not an address", "a").await.map(|_| ());
    assert!(matches!(opened, Err(OpenFault::Address(_))), "{opened:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_taken_into_an_empty_schema_whole_or_not_at_all() {
    let (from, to) = (Schema::new(), Schema::new());
    let original = from.journal().await;
    for n in 0..30 {
        let event = NewEvent { kind: "t.v1".into(), clear: "{}".into(), sealed: Some(vec![n; 9]) };
        let key = (n % 2 == 0).then(|| format!("key {n}"));
        let append = Append { events: vec![event; 50], key, ..append("a/1") };
        original.append(append).await.unwrap();
    }
    assert_eq!(original.erase(&[Position(3)]).await.unwrap(), 1);
    let url = to.cluster.url();
    let root = PostgresJournal::take_in(url, &to.name, &original).await.unwrap();
    let again = PostgresJournal::take_in(url, &to.name, &original).await;
    assert!(matches!(again, Err(journal_postgres::TakeInFault::NotEmpty)), "{again:?}");
    let copy = to.journal().await;
    let report = verify::verify(&copy, [], |_| None).await.unwrap();
    assert!(report.is_sound(), "{report}");
    assert_eq!((report.records, report.deleted, report.root), (1500, 1, root));
    assert!(copy.append(keyed("a/1", "key 4")).await.unwrap().repeated);
    assert_eq!(copy.append(append("a/1")).await.unwrap().last, Position(1501));
    original.close().await;
    copy.close().await;
}
