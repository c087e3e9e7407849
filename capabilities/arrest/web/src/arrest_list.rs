//! Read model: every arrest of an incident, sealed under its own key. Personal: note the
//! consultation before showing any of it.

use arrest::Event;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::Personal;
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// Shown at once; nobody makes as many for one incident.
const ROWS_MAX: i64 = 100;

/// The read model.
pub(crate) struct List;

/// What is sealed in a row.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) suspect: String,
    pub(crate) grounds: String,
    pub(crate) necessity: Vec<String>,
    pub(crate) necessity_words: String,
    pub(crate) whereabouts: String,
    pub(crate) risks: String,
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) at: i64,
    pub(crate) withdrawn_at: Option<i64>,
    #[serde(flatten)]
    pub(crate) said: Option<Said>,
}

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "arrest_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["arrest_list"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE arrest_list (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL, at INTEGER NOT NULL,
                withdrawn_at INTEGER, sealed BLOB) STRICT",
            "CREATE INDEX arrest_list_by_incident ON arrest_list (incident, at)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE arrest_list SET sealed = NULL WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("arrest.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.decode::<Event>()? {
            Event::Requested {
                incident,
                suspect,
                grounds,
                necessity,
                necessity_words,
                whereabouts,
                risks,
            } => {
                let known = |one: Personal<String>| one.into_known().unwrap_or_default();
                let said = Said {
                    suspect: known(suspect),
                    grounds: known(grounds),
                    necessity: necessity.iter().map(|one| one.code().to_owned()).collect(),
                    necessity_words: known(necessity_words),
                    whereabouts: known(whereabouts),
                    risks: known(risks),
                };
                let sealed = engine.seal_row(&event.stream, &said).await?;
                sqlx::query("INSERT OR REPLACE INTO arrest_list VALUES ($1, $2, $3, NULL, $4)")
                    .bind(&event.stream)
                    .bind(incident.to_string())
                    .bind(event.at.0)
                    .bind(sealed)
                    .execute(tx)
                    .await?;
            }
            Event::Withdrawn { .. } => {
                sqlx::query("UPDATE arrest_list SET withdrawn_at = $2 WHERE stream = $1")
                    .bind(&event.stream)
                    .bind(event.at.0)
                    .execute(tx)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Those of one incident, oldest first.
pub(crate) async fn of_incident(engine: &Engine, incident: IncidentId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT stream, at, withdrawn_at, sealed FROM arrest_list WHERE incident = $1
         ORDER BY at LIMIT $2",
    )
    .bind(incident.to_string())
    .bind(ROWS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let stream: String = row.get(0);
        let sealed: Option<Vec<u8>> = row.get(3);
        let said = engine.open_row::<Said>(&stream, sealed.as_deref()).await?;
        lines.push(Line {
            id: stream.trim_start_matches("arrest/").to_owned(),
            at: row.get(1),
            withdrawn_at: row.get(2),
            said: said.into_known(),
        });
    }
    Ok(lines)
}
