//! Read model: exports and their steps. Codes, counts and hashes in clear; to whom and why sealed
//! under the export's own key.

use crate::limits::{EXPORTS_MAX, STEPS_MAX};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use evidence::{Copy, Event, Export, Stage, State};
use incident::IncidentId;
use kernel::Personal;
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct Lines;

/// An export as it stands.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) stream: String,
    pub(crate) incident: String,
    /// `requested`, `approved`, `refused`, `expired`.
    pub(crate) stage: String,
    pub(crate) recipient: String,
    pub(crate) requested_by: String,
    pub(crate) approved_by: Option<String>,
    pub(crate) requested_at: i64,
    pub(crate) changed_at: i64,
    /// Copies that were taken whole.
    pub(crate) taken: i64,
    /// Copies begun and not ended.
    pub(crate) making: i64,
}

/// One step of its story.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Step {
    pub(crate) at: i64,
    pub(crate) what: String,
    pub(crate) by: Option<String>,
    pub(crate) copy: Option<i64>,
    /// A code that says more: how it was sealed, why it broke off.
    pub(crate) code: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) bytes: Option<i64>,
    pub(crate) members: Option<i64>,
    pub(crate) master: Option<String>,
    /// To whom, and why.
    pub(crate) to: Option<String>,
    pub(crate) reason: Option<String>,
}

#[async_trait]
impl ReadModel for Lines {
    fn name(&self) -> &'static str {
        "evidence_exports"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["evidence_exports", "evidence_steps"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE evidence_exports (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL, stage TEXT NOT NULL,
                recipient TEXT NOT NULL, requested_by TEXT NOT NULL, approved_by TEXT,
                requested_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
                taken INTEGER NOT NULL, making INTEGER NOT NULL) STRICT",
            "CREATE INDEX evidence_exports_by_incident
                ON evidence_exports (incident, requested_at)",
            "CREATE INDEX evidence_exports_by_stage ON evidence_exports (stage, requested_at)",
            "CREATE TABLE evidence_steps (
                stream TEXT NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL,
                what TEXT NOT NULL, who TEXT, copy INTEGER, code TEXT, sha256 TEXT,
                bytes INTEGER, members INTEGER, master TEXT, sealed BLOB,
                PRIMARY KEY (stream, position)) STRICT",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("export.")
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE evidence_steps SET sealed = NULL WHERE stream = $1"]
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (state, _) = engine.state::<Export>(&event.stream).await?;
        stand(event, &state, tx).await?;
        let step = told(event)?;
        let words = (step.to.clone(), step.reason.clone());
        let sealed = match words {
            (None, None) => None,
            words => engine.seal_row(&event.stream, &words).await?,
        };
        sqlx::query(
            "INSERT OR REPLACE INTO evidence_steps
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&event.stream)
        .bind(event.position.0 as i64)
        .bind(step.at)
        .bind(step.what)
        .bind(step.by)
        .bind(step.copy)
        .bind(step.code)
        .bind(step.sha256)
        .bind(step.bytes)
        .bind(step.members)
        .bind(step.master)
        .bind(sealed)
        .execute(tx)
        .await?;
        Ok(())
    }
}

fn told(event: &Opened) -> Result<Step, Fault> {
    let mut step = Step {
        at: event.at.0,
        what: event.kind.trim_end_matches(".v1").replace(['.', '_'], "-"),
        by: event.staff().map(|id| id.to_string()),
        copy: None,
        code: None,
        sha256: None,
        bytes: None,
        members: None,
        master: None,
        to: None,
        reason: None,
    };
    let known = |text: Personal<String>| text.into_known();
    match event.decode()? {
        Event::Requested { recipient, to, reason, .. } => {
            step.code = Some(recipient.code().to_owned());
            (step.to, step.reason) = (known(to), known(reason));
        }
        Event::Refused { reason, .. } => step.reason = known(reason),
        Event::Approved { .. } | Event::Expired {} => {}
        Event::Begun { copy, sealed_to, .. } => {
            (step.copy, step.code) = (Some(copy.into()), Some(sealed_to.code().to_owned()));
        }
        Event::Packaged { copy, by, sha256, bytes, members, master } => {
            (step.copy, step.by) = (Some(copy.into()), Some(by.to_string()));
            (step.sha256, step.master) = (Some(sha256), Some(master));
            (step.bytes, step.members) = (Some(bytes as i64), Some(members.into()));
        }
        Event::Downloaded { copy, by } => {
            (step.copy, step.by) = (Some(copy.into()), Some(by.to_string()));
        }
        Event::BrokenOff { copy, why } => {
            (step.copy, step.code) = (Some(copy.into()), Some(why.code().to_owned()));
        }
    }
    Ok(step)
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::None | Stage::Requested => "requested",
        Stage::Approved => "approved",
        Stage::Refused => "refused",
        Stage::Expired => "expired",
    }
}

async fn stand(event: &Opened, state: &State, tx: &mut Tx) -> Result<(), Fault> {
    let counted = |of: fn(&Copy) -> bool| state.copies.values().filter(|c| of(c)).count() as i64;
    sqlx::query(
        "INSERT OR REPLACE INTO evidence_exports
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&event.stream)
    .bind(state.incident.map(|id| id.to_string()).unwrap_or_default())
    .bind(word(state.stage))
    .bind(state.recipient.map_or("", evidence::Recipient::code))
    .bind(state.requested_by.map(|id| id.to_string()).unwrap_or_default())
    .bind(state.approved_by.map(|id| id.to_string()))
    .bind(state.requested_at.0)
    .bind(event.at.0)
    .bind(counted(|copy| *copy == Copy::Taken))
    .bind(counted(|copy| matches!(copy, Copy::Making(_) | Copy::Made(_))))
    .execute(tx)
    .await?;
    Ok(())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT stream, incident, stage, recipient, requested_by, approved_by, requested_at,
                changed_at, taken, making FROM evidence_exports ",
            $rest
        )
    };
}

fn line(row: &SqliteRow) -> Line {
    Line {
        stream: row.get(0),
        incident: row.get(1),
        stage: row.get(2),
        recipient: row.get(3),
        requested_by: row.get(4),
        approved_by: row.get(5),
        requested_at: row.get(6),
        changed_at: row.get(7),
        taken: row.get(8),
        making: row.get(9),
    }
}

/// One export.
pub(crate) async fn one(engine: &Engine, stream: &str) -> Result<Option<Line>, Fault> {
    let row = sqlx::query(select!("WHERE stream = $1"))
        .bind(stream)
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.as_ref().map(line))
}

/// The exports of an incident, newest first.
pub(crate) async fn of(engine: &Engine, incident: IncidentId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("WHERE incident = $1 ORDER BY requested_at DESC LIMIT $2"))
        .bind(incident.to_string())
        .bind(EXPORTS_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(line).collect())
}

/// What waits for a second person, oldest first.
pub(crate) async fn waiting(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("WHERE stage = 'requested' ORDER BY requested_at LIMIT $1"))
        .bind(EXPORTS_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(line).collect())
}

/// What was answered, newest first.
pub(crate) async fn answered(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("WHERE stage <> 'requested' ORDER BY changed_at DESC LIMIT $1"))
        .bind(EXPORTS_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(line).collect())
}

/// Its story, oldest first. Personal: note the consultation before showing any of it.
pub(crate) async fn steps(engine: &Engine, stream: &str) -> Result<Vec<Step>, Fault> {
    let rows = sqlx::query(
        "SELECT at, what, who, copy, code, sha256, bytes, members, master, sealed
         FROM evidence_steps WHERE stream = $1 ORDER BY position LIMIT $2",
    )
    .bind(stream)
    .bind(STEPS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        let sealed: Option<Vec<u8>> = row.get(9);
        type Words = (Option<String>, Option<String>);
        let words = engine.open_row::<Words>(stream, sealed.as_deref()).await?;
        let (to, reason) = words.into_known().unwrap_or_default();
        steps.push(Step {
            at: row.get(0),
            what: row.get(1),
            by: row.get(2),
            copy: row.get(3),
            code: row.get(4),
            sha256: row.get(5),
            bytes: row.get(6),
            members: row.get(7),
            master: row.get(8),
            to,
            reason,
        });
    }
    Ok(steps)
}
