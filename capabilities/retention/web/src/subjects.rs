//! Read model: which streams belong to an incident, so that one hold can take them all.
//! Ids only.

use crate::limits::RELATED_MAX;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use serde::Deserialize;
use sqlx::Row;

/// The read model.
pub(crate) struct Subjects;

/// The first events of records that name the incident they belong to.
const BEGINNINGS: &[&str] =
    &["call.opened.v1", "recording.started.v1", "referral.requested.v1", "arrest.requested.v1"];
/// Records of an incident that carry its own id: one of each.
const OF_THE_SAME_ID: &[&str] = &["incident", "investigation", "risk", "safeguarding"];

/// Of any such event, the incident.
#[derive(Deserialize)]
struct Beginning {
    #[serde(default)]
    incident: Option<String>,
}

#[async_trait]
impl ReadModel for Subjects {
    fn name(&self) -> &'static str {
        "retention_subjects"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["retention_subjects"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE retention_subjects (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL) STRICT",
            "CREATE INDEX retention_subjects_by_incident ON retention_subjects (incident)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        BEGINNINGS.contains(&kind)
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Beginning { incident: Some(incident) } = event.decode()? else { return Ok(()) };
        sqlx::query("INSERT OR REPLACE INTO retention_subjects VALUES ($1, $2)")
            .bind(&event.stream)
            .bind(incident)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// The incident that a stream belongs to.
pub(crate) async fn incident_of(engine: &Engine, stream: &str) -> Result<Option<String>, Fault> {
    if let Some((noun, id)) = stream.split_once('/')
        && OF_THE_SAME_ID.contains(&noun)
    {
        return Ok(Some(id.to_owned()));
    }
    let row = sqlx::query("SELECT incident FROM retention_subjects WHERE stream = $1")
        .bind(stream)
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.map(|row| row.get(0)))
}

/// The stream itself, and what else belongs to its incident.
pub(crate) async fn related(engine: &Engine, stream: &str) -> Result<Vec<String>, Fault> {
    let mut streams = vec![stream.to_owned()];
    let Some(incident) = incident_of(engine, stream).await? else { return Ok(streams) };
    let rows = sqlx::query(
        "SELECT stream FROM retention_subjects WHERE incident = $1 ORDER BY stream LIMIT $2",
    )
    .bind(&incident)
    .bind(RELATED_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let same = OF_THE_SAME_ID.iter().map(|noun| format!("{noun}/{incident}"));
    let others = same.chain(rows.iter().map(|row| row.get(0)));
    streams.extend(others.filter(|other: &String| other != stream));
    Ok(streams)
}
