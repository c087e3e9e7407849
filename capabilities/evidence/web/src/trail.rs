//! Read model: who had the evidence: every playing, still and export that was looked at, from the
//! trail. In clear, as the trail is; no name, and nothing of what was seen.

use crate::limits::CUSTODY_MAX;
use crate::streams;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// The read model.
pub(crate) struct Trail;

#[derive(Deserialize)]
struct Consulted {
    subject: String,
    page: String,
}

/// One entry of the custody log.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// Its place in the journal, where anyone can have it proved.
    pub(crate) position: i64,
    pub(crate) at: i64,
    /// Who, as the journal writes it.
    pub(crate) actor: String,
    pub(crate) purpose: String,
    /// What was done, as a code.
    pub(crate) did: String,
    /// To what.
    pub(crate) subject: String,
    /// Which working copy, where it was one.
    pub(crate) copy: Option<i64>,
}

#[async_trait]
impl ReadModel for Trail {
    fn name(&self) -> &'static str {
        "evidence_trail"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["evidence_trail"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE evidence_trail (
                position INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,
                purpose TEXT NOT NULL, did TEXT NOT NULL, subject TEXT NOT NULL,
                copy INTEGER) STRICT",
            "CREATE INDEX evidence_trail_by_subject ON evidence_trail (subject, position)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == engine::trail::CONSULTED || kind.starts_with("export.")
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (did, subject, copy) = if event.kind == engine::trail::CONSULTED {
            let Consulted { subject, page } = event.decode()?;
            if !concerns(&subject, &page) {
                return Ok(());
            }
            (page, subject, None)
        } else {
            let copy = event.decode::<Numbered>()?.copy;
            let did = event.kind.trim_end_matches(".v1").replace(['.', '_'], "-");
            (did, event.stream.clone(), copy)
        };
        sqlx::query("INSERT OR REPLACE INTO evidence_trail VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(event.position.0 as i64)
            .bind(event.at.0)
            .bind(&event.actor)
            .bind(&event.purpose)
            .bind(did)
            .bind(subject)
            .bind(copy)
            .execute(tx)
            .await?;
        Ok(())
    }
}

#[derive(Deserialize)]
struct Numbered {
    #[serde(default)]
    copy: Option<i64>,
}

/// Whether a look at this is one at evidence.
fn concerns(subject: &str, page: &str) -> bool {
    subject.starts_with("recording/")
        || subject.starts_with("export/")
        || (subject.starts_with("incident/") && page.starts_with("evidence"))
}

/// The custody log of an incident, oldest first; the newest of a log that is too long.
pub(crate) async fn of(engine: &Engine, incident: IncidentId) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    for stream in streams::all(engine, incident).await? {
        let rows = sqlx::query(
            "SELECT position, at, actor, purpose, did, subject, copy FROM evidence_trail
             WHERE subject = $1 ORDER BY position DESC LIMIT $2",
        )
        .bind(stream)
        .bind(CUSTODY_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
        entries.extend(rows.iter().map(|row| Entry {
            position: row.get(0),
            at: row.get(1),
            actor: row.get(2),
            purpose: row.get(3),
            did: row.get(4),
            subject: row.get(5),
            copy: row.get(6),
        }));
    }
    entries.sort_by_key(|entry| entry.position);
    let more = entries.len().saturating_sub(CUSTODY_MAX as usize);
    Ok(entries.split_off(more))
}
