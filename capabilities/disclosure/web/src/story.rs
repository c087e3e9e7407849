//! Everything that happened to one application, as it was said: each event sealed under the key
//! it was sealed under in the journal. Personal: note the consultation before showing any of it.

use crate::limits::STORY_MAX;
use async_trait::async_trait;
use disclosure::{DisclosureId, Event};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::At;
use sqlx::Row;

/// The read model.
pub(crate) struct Story;

#[async_trait]
impl ReadModel for Story {
    fn name(&self) -> &'static str {
        "disclosure_story"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["disclosure_story"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE disclosure_story (
                position INTEGER PRIMARY KEY, stream TEXT NOT NULL, at INTEGER NOT NULL,
                actor TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, sealed BLOB) STRICT",
            "CREATE INDEX disclosure_story_by_stream ON disclosure_story (stream, position)",
            "CREATE INDEX disclosure_story_by_key ON disclosure_story (key)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("disclosure.")
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE disclosure_story SET sealed = NULL WHERE key = $1"]
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let what: Event = event.decode()?;
        let sealed = engine.seal_row(&event.key, &what).await?;
        sqlx::query("INSERT OR REPLACE INTO disclosure_story VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(event.position.0 as i64)
            .bind(&event.stream)
            .bind(event.at.0)
            .bind(&event.actor)
            .bind(&event.kind)
            .bind(&event.key)
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// One thing that happened.
pub(crate) struct Happened {
    pub(crate) at: At,
    pub(crate) actor: String,
    /// The stored name, without its version, with dashes: `check-asked`.
    pub(crate) what: String,
    /// As long as its key is there.
    pub(crate) event: Option<Event>,
}

/// All of it, oldest first.
pub(crate) async fn of(engine: &Engine, id: DisclosureId) -> Result<Vec<Happened>, Fault> {
    let rows = sqlx::query(
        "SELECT at, actor, kind, key, sealed FROM disclosure_story WHERE stream = $1
         ORDER BY position LIMIT $2",
    )
    .bind(id.stream())
    .bind(STORY_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let (kind, key): (String, String) = (row.get(2), row.get(3));
        let sealed: Option<Vec<u8>> = row.get(4);
        let event = engine.open_row::<Event>(&key, sealed.as_deref()).await?;
        let what = kind.trim_start_matches("disclosure.").trim_end_matches(".v1");
        all.push(Happened {
            at: At(row.get(0)),
            actor: row.get(1),
            what: what.replace('_', "-"),
            event: event.into_known(),
        });
    }
    Ok(all)
}
