//! Read model: the trail in clear: who, what kind of thing, which one, when, why. No name, and
//! nothing of what was seen.

use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct Entries;

#[derive(Deserialize)]
struct Consulted {
    subject: String,
    page: String,
}

/// One entry.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) position: i64,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) purpose: String,
    /// `consulted`, or the stored name of what happened to an account.
    pub(crate) what: String,
    pub(crate) subject: String,
    /// What people call the subject, where it has a name of its own that is not personal.
    pub(crate) reference: String,
    pub(crate) page: String,
}

/// What to look for. Empty means everything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) actor: String,
    pub(crate) subject: String,
    pub(crate) from: Option<i64>,
    pub(crate) to: Option<i64>,
    /// Older than this position.
    pub(crate) before: Option<i64>,
}

const ACCOUNT: &[&str] = &[
    "staff.account_created.v1",
    "staff.password_set.v1",
    "staff.code_enrolled.v1",
    "staff.roles_changed.v1",
    "staff.disabled.v1",
    "staff.enabled.v1",
    "staff.session_started.v1",
    "staff.session_ended.v1",
    "staff.sign_in_failed.v1",
];

#[async_trait]
impl ReadModel for Entries {
    fn name(&self) -> &'static str {
        "audit_entries"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["audit_entries"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE audit_entries (
                position INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,
                purpose TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL,
                reference TEXT NOT NULL, page TEXT NOT NULL) STRICT",
            "CREATE INDEX audit_entries_by_actor ON audit_entries (actor, position)",
            "CREATE INDEX audit_entries_by_subject ON audit_entries (subject, position)",
            "CREATE INDEX audit_entries_by_reference ON audit_entries (reference, position)",
            "CREATE INDEX audit_entries_by_time ON audit_entries (at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == engine::trail::CONSULTED || ACCOUNT.contains(&kind)
    }

    async fn apply(&self, _engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (what, subject, page) = if event.kind == engine::trail::CONSULTED {
            let consulted: Consulted = event.decode()?;
            ("consulted".to_owned(), consulted.subject, consulted.page)
        } else {
            let name = event.kind.trim_start_matches("staff.").trim_end_matches(".v1");
            (name.to_owned(), event.stream.clone(), String::new())
        };
        let incident = IncidentId::of_stream(&subject);
        sqlx::query("INSERT OR REPLACE INTO audit_entries VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(event.position.0 as i64)
            .bind(event.at.0)
            .bind(&event.actor)
            .bind(&event.purpose)
            .bind(what)
            .bind(&subject)
            .bind(incident.map(|id| id.reference()).unwrap_or_default())
            .bind(page)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// Entries that match, newest first.
pub(crate) async fn find(
    engine: &Engine,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Entry>, Fault> {
    let rows = sqlx::query(
        "SELECT position, at, actor, purpose, what, subject, reference, page FROM audit_entries
         WHERE ($1 = '' OR actor = $1 OR subject = $1)
           AND ($2 = '' OR subject = $2 OR reference = $2)
           AND at >= $3 AND at < $4 AND position < $5
         ORDER BY position DESC LIMIT $6",
    )
    .bind(&filter.actor)
    .bind(&filter.subject)
    .bind(filter.from.unwrap_or(i64::MIN))
    .bind(filter.to.unwrap_or(i64::MAX))
    .bind(filter.before.unwrap_or(i64::MAX))
    .bind(limit)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(read).collect())
}

fn read(row: &SqliteRow) -> Entry {
    Entry {
        position: row.get(0),
        at: row.get(1),
        actor: row.get(2),
        purpose: row.get(3),
        what: row.get(4),
        subject: row.get(5),
        reference: row.get(6),
        page: row.get(7),
    }
}

/// Members of staff who are in the trail, as the journal writes them.
pub(crate) async fn staff(engine: &Engine) -> Result<Vec<String>, Fault> {
    let rows =
        sqlx::query("SELECT DISTINCT actor FROM audit_entries WHERE actor LIKE 'staff/%' LIMIT $1")
            .bind(audit::limits::STAFF)
            .fetch_all(engine.reads().pool())
            .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
