//! Read model: the instants an officer named in a call; the words sealed under the call's key.

use crate::limits::MARKS_MAX;
use async_trait::async_trait;
use call::{CallId, Event, Marker};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use sqlx::Row;

/// The read model.
pub(crate) struct Markers;

/// One instant.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    pub(crate) at: i64,
    pub(crate) marker: String,
    pub(crate) label: String,
}

#[async_trait]
impl ReadModel for Markers {
    fn name(&self) -> &'static str {
        "recording_markers"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["recording_markers"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE recording_markers (
            call TEXT NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL,
            marker TEXT NOT NULL, label BLOB, PRIMARY KEY (call, position)) STRICT"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE recording_markers SET label = NULL WHERE 'call/' || call = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.marker_set.v1"
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let Event::MarkerSet { at, label, marker } = event.decode()? else { return Ok(()) };
        let sealed = engine.seal_row(&event.stream, &label.known()).await?;
        sqlx::query("INSERT OR REPLACE INTO recording_markers VALUES ($1, $2, $3, $4, $5)")
            .bind(call.to_string())
            .bind(event.position.0 as i64)
            .bind(at.0)
            .bind(code(marker))
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

const fn code(marker: Marker) -> &'static str {
    match marker {
        Marker::Account => "account",
        Marker::Injury => "injury",
        Marker::Scene => "scene",
        Marker::Safety => "safety",
        Marker::Other => "other",
    }
}

/// The markers of a call, in order of the time they name.
pub(crate) async fn all(engine: &Engine, call: CallId) -> Result<Vec<Marked>, Fault> {
    let rows = sqlx::query(
        "SELECT at, marker, label FROM recording_markers WHERE call = $1 ORDER BY at LIMIT $2",
    )
    .bind(call.to_string())
    .bind(MARKS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut marked = Vec::with_capacity(rows.len());
    for row in rows {
        let sealed: Option<Vec<u8>> = row.get(2);
        let label = engine.open_row::<Option<String>>(&call.stream(), sealed.as_deref()).await?;
        let label = label.into_known().flatten().unwrap_or_default();
        marked.push(Marked { at: row.get(0), marker: row.get(1), label });
    }
    Ok(marked)
}
