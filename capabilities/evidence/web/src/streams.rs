//! Read model: which streams belong to an incident. Ids only.

use crate::limits::STREAMS_MAX;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use serde::Deserialize;
use sqlx::Row;

/// The read model.
pub(crate) struct Streams;

/// The first events of records that name the incident they belong to.
const BEGINNINGS: &[&str] = &[
    "call.opened.v1",
    "recording.started.v1",
    "referral.requested.v1",
    "arrest.requested.v1",
    "export.requested.v1",
];
/// Records of an incident that carry its own id: one of each.
const OF_THE_SAME_ID: &[&str] = &["incident", "investigation", "risk", "safeguarding"];

#[derive(Deserialize)]
struct Beginning {
    #[serde(default)]
    incident: Option<String>,
}

#[async_trait]
impl ReadModel for Streams {
    fn name(&self) -> &'static str {
        "evidence_streams"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["evidence_streams"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE evidence_streams (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL,
                position INTEGER NOT NULL) STRICT",
            "CREATE INDEX evidence_streams_by_incident ON evidence_streams (incident, position)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        BEGINNINGS.contains(&kind)
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Beginning { incident: Some(incident) } = event.decode()? else { return Ok(()) };
        sqlx::query("INSERT OR IGNORE INTO evidence_streams VALUES ($1, $2, $3)")
            .bind(&event.stream)
            .bind(incident)
            .bind(event.position.0 as i64)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// The streams of an incident that have an id of their own, oldest first.
pub(crate) async fn others(engine: &Engine, incident: IncidentId) -> Result<Vec<String>, Fault> {
    let rows = sqlx::query(
        "SELECT stream FROM evidence_streams WHERE incident = $1 ORDER BY position LIMIT $2",
    )
    .bind(incident.to_string())
    .bind(STREAMS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// All streams of an incident.
pub(crate) async fn all(engine: &Engine, incident: IncidentId) -> Result<Vec<String>, Fault> {
    let mut all: Vec<_> = OF_THE_SAME_ID.iter().map(|noun| format!("{noun}/{incident}")).collect();
    all.extend(others(engine, incident).await?);
    Ok(all)
}
