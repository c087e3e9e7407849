//! Read model: who holds which promise, and every change of hands. What was said is sealed under
//! the promise's own key.

use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::{At, Personal};
use promise::{About, Event, Holder};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;

/// The read model.
pub(crate) struct Holders;

/// What is sealed in a row.
#[derive(Default, Serialize, Deserialize)]
struct Said {
    words: String,
}

/// One change of hands, or a note.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) about: About,
    pub(crate) incident: Option<String>,
    pub(crate) at: At,
    pub(crate) what: String,
    pub(crate) by: String,
    pub(crate) from: Option<Holder>,
    pub(crate) to: Option<Holder>,
    pub(crate) reason: String,
    /// Nothing when it is gone.
    pub(crate) words: Option<String>,
}

#[async_trait]
impl ReadModel for Holders {
    fn name(&self) -> &'static str {
        "promise_holders"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["promise_holders", "promise_moves"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE promise_holders (
                owner TEXT NOT NULL, stream TEXT NOT NULL, name TEXT NOT NULL,
                holder TEXT NOT NULL, since INTEGER NOT NULL,
                PRIMARY KEY (owner, stream, name)) STRICT",
            "CREATE TABLE promise_moves (
                position INTEGER PRIMARY KEY, key TEXT NOT NULL, owner TEXT NOT NULL,
                stream TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL,
                what TEXT NOT NULL, actor TEXT NOT NULL, from_holder TEXT, to_holder TEXT,
                reason TEXT NOT NULL, sealed BLOB) STRICT",
            "CREATE INDEX promise_moves_by_promise ON promise_moves (owner, stream, name)",
            "CREATE INDEX promise_moves_by_time ON promise_moves (what, at)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE promise_moves SET sealed = NULL WHERE key = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("promise.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (mut reason, mut words) = ("", None);
        let (about, what, from, to) = match event.decode::<Event>()? {
            Event::Taken { about, by, from } => {
                let from = from.map(|team| Holder::Team { team });
                (about, "taken", from, Some(Holder::Person { staff: by }))
            }
            Event::Given { about, to, .. } => (about, "given", None, Some(to)),
            Event::HandedOver { about, from, to, reason: why, words: said, .. } => {
                (reason, words) = (why.code(), said.into_known());
                (about, "handed_over", Some(from), Some(to))
            }
            Event::Noted { about, note, .. } => {
                words = note.into_known();
                (about, "noted", None, None)
            }
        };
        if let Some(to) = &to {
            sqlx::query(
                "INSERT OR REPLACE INTO promise_holders (owner, stream, name, holder, since)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(&about.owner)
            .bind(&about.stream)
            .bind(&about.name)
            .bind(text(to))
            .bind(event.at.0)
            .execute(&mut *tx)
            .await?;
        }
        let sealed = match words {
            Some(words) => Some(engine.seal_row(&event.key, &Said { words }).await?),
            None => None,
        };
        sqlx::query(
            "INSERT OR REPLACE INTO promise_moves
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(event.position.0 as i64)
        .bind(&event.key)
        .bind(&about.owner)
        .bind(&about.stream)
        .bind(&about.name)
        .bind(event.at.0)
        .bind(what)
        .bind(&event.actor)
        .bind(from.as_ref().map(text))
        .bind(to.as_ref().map(text))
        .bind(reason)
        .bind(sealed)
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// `staff/<id>` or `team/<code>`.
pub(crate) fn text(holder: &Holder) -> String {
    match holder {
        Holder::Person { staff } => staff.stream(),
        Holder::Team { team } => format!("team/{team}"),
    }
}

/// Reads it back.
pub(crate) fn of_text(text: &str) -> Option<Holder> {
    match text.strip_prefix("team/") {
        Some(team) => Some(Holder::Team { team: team.to_owned() }),
        None => kernel::id::StaffId::of_stream(text).map(|staff| Holder::Person { staff }),
    }
}

/// What happened to one promise, the latest first. Personal: note the consultation first.
pub(crate) async fn of_promise(engine: &Engine, about: &About) -> Result<Vec<Move>, Fault> {
    let rows = sqlx::query(
        "SELECT m.key, m.owner, m.stream, m.name, m.at, m.what, m.actor, m.from_holder,
            m.to_holder, m.reason, m.sealed, p.incident
         FROM promise_moves m LEFT JOIN engine_promises p
            ON p.owner = m.owner AND p.stream = m.stream AND p.name = m.name
         WHERE m.owner = $1 AND m.stream = $2 AND m.name = $3
         ORDER BY m.position DESC LIMIT $4",
    )
    .bind(&about.owner)
    .bind(&about.stream)
    .bind(&about.name)
    .bind(crate::limits::MOVES_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    opened(engine, rows).await
}

/// What changed hands with a reason between two moments, the earliest first. Personal.
pub(crate) async fn handed_over(engine: &Engine, since: At, until: At) -> Result<Vec<Move>, Fault> {
    let rows = sqlx::query(
        "SELECT m.key, m.owner, m.stream, m.name, m.at, m.what, m.actor, m.from_holder,
            m.to_holder, m.reason, m.sealed, p.incident
         FROM promise_moves m LEFT JOIN engine_promises p
            ON p.owner = m.owner AND p.stream = m.stream AND p.name = m.name
         WHERE m.what = 'handed_over' AND m.at > $1 AND m.at <= $2
         ORDER BY m.position LIMIT $3",
    )
    .bind(since.0)
    .bind(until.0)
    .bind(crate::limits::SHEET_MAX as i64)
    .fetch_all(engine.reads().pool())
    .await?;
    opened(engine, rows).await
}

async fn opened(engine: &Engine, rows: Vec<sqlx::sqlite::SqliteRow>) -> Result<Vec<Move>, Fault> {
    let mut moves = Vec::with_capacity(rows.len());
    for row in rows {
        let holder = |column: usize| -> Option<Holder> {
            of_text(row.get::<Option<String>, _>(column)?.as_str())
        };
        let key: String = row.get(0);
        let sealed: Option<Vec<u8>> = row.get(10);
        let said = engine.open_row::<Said>(&key, sealed.as_deref()).await?;
        moves.push(Move {
            about: About { owner: row.get(1), stream: row.get(2), name: row.get(3) },
            incident: row.get(11),
            at: At(row.get(4)),
            what: row.get(5),
            by: row.get(6),
            from: holder(7),
            to: holder(8),
            reason: row.get(9),
            words: Personal::into_known(said).map(|said| said.words),
        });
    }
    Ok(moves)
}
