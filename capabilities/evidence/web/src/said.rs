//! Read model: what was written in a call and what its officer marked, sealed under the key that
//! the words were said under, so that they go with it.

use crate::limits::SAID_MAX;
use async_trait::async_trait;
use call::{CallId, Event, Marker};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use serde::Serialize;
use sqlx::Row;

/// The read model.
pub(crate) struct Said;

/// One message or marker.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    /// When, in microseconds since 1970; of a marker, the instant that it names.
    pub(crate) at: i64,
    /// Whose message; what sort of marker.
    pub(crate) of: String,
    /// The words; nothing once their day has come.
    pub(crate) text: Option<String>,
}

#[async_trait]
impl ReadModel for Said {
    fn name(&self) -> &'static str {
        "evidence_said"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["evidence_said"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE evidence_said (
                position INTEGER PRIMARY KEY, call TEXT NOT NULL, marker INTEGER NOT NULL,
                at INTEGER NOT NULL, of TEXT NOT NULL, key TEXT NOT NULL, sealed BLOB) STRICT",
            "CREATE INDEX evidence_said_by_call ON evidence_said (call, marker, at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.said.v1" | "call.marker_set.v1")
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE evidence_said SET sealed = NULL WHERE key = $1"]
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let (marker, at, of, text) = match event.decode()? {
            Event::Said { by, text } => (false, event.at, by.to_string(), text),
            Event::MarkerSet { at, label, marker } => (true, at, code(marker).to_owned(), label),
            _ => return Ok(()),
        };
        let sealed = match text.known() {
            Some(text) => engine.seal_row(&event.key, text).await?,
            None => None,
        };
        sqlx::query("INSERT OR REPLACE INTO evidence_said VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(event.position.0 as i64)
            .bind(call.to_string())
            .bind(marker)
            .bind(at.0)
            .bind(of)
            .bind(&event.key)
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

/// What was written in a call, in order.
pub(crate) async fn chat(engine: &Engine, call: CallId) -> Result<Vec<Line>, Fault> {
    lines(engine, call, false).await
}

/// What was marked in a call, in order of the instants named.
pub(crate) async fn markers(engine: &Engine, call: CallId) -> Result<Vec<Line>, Fault> {
    lines(engine, call, true).await
}

async fn lines(engine: &Engine, call: CallId, marker: bool) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT at, of, key, sealed FROM evidence_said WHERE call = $1 AND marker = $2
         ORDER BY at, position LIMIT $3",
    )
    .bind(call.to_string())
    .bind(marker)
    .bind(SAID_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let (key, sealed): (String, Option<Vec<u8>>) = (row.get(2), row.get(3));
        let text = engine.open_row::<String>(&key, sealed.as_deref()).await?.into_known();
        lines.push(Line { at: row.get(0), of: row.get(1), text });
    }
    Ok(lines)
}
