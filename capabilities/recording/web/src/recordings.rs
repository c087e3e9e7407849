//! Read model: recordings, their gaps, stills and silent tracks, in clear: times, ids and causes,
//! nothing personal.

use crate::limits::{LIST_MAX, MARKS_MAX};
use async_trait::async_trait;
use call::{CallId, MatterKind};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::{At, Day};
use recording::{Event, RecordingId, Still, StillId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct Recordings;

/// The first event of every stream that has a key, of which only the epoch matters here.
const KEY_WRAPPED: &str = "key.wrapped.v1";

/// A retention class and the day on which its key is destroyed.
#[derive(Deserialize)]
pub(crate) struct Epoch {
    pub(crate) class: String,
    pub(crate) expires_on: Day,
}

/// One recording.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) call: String,
    pub(crate) incident: String,
    pub(crate) matter: Option<String>,
    matter_kind: Option<String>,
    pub(crate) started_at: i64,
    pub(crate) ended_at: Option<i64>,
    pub(crate) dropped_at: Option<i64>,
    pub(crate) kept_until: i64,
    pub(crate) segments: i64,
    pub(crate) bytes: i64,
    pub(crate) first_at: Option<i64>,
    pub(crate) last_at: Option<i64>,
    pub(crate) gaps: i64,
    pub(crate) stills: i64,
}

impl Line {
    /// Of which kind of matter, where it was no response.
    pub(crate) fn matter_kind(&self) -> Option<MatterKind> {
        let stored = self.matter_kind.as_deref();
        [MatterKind::Disclosure].into_iter().find(|kind| Some(kind.code()) == stored)
    }

    /// The kind of call, as pages name it.
    pub(crate) fn kind(&self) -> &'static str {
        self.matter_kind().map_or("response", MatterKind::code)
    }

    /// How many days it is kept.
    pub(crate) fn keep_days(&self) -> u32 {
        self.matter_kind().map_or(recording::CLASS, MatterKind::recording_class).keep_days
    }
}

/// One gap.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Gap {
    pub(crate) track: String,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) cause: String,
}

#[async_trait]
impl ReadModel for Recordings {
    fn name(&self) -> &'static str {
        "recordings"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["recordings", "recording_gaps", "recording_stills", "recording_silent"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE recordings (
                call TEXT PRIMARY KEY, incident TEXT NOT NULL, matter TEXT, matter_kind TEXT,
                class TEXT NOT NULL, started_at INTEGER NOT NULL,
                ended_at INTEGER, dropped_at INTEGER, expires_on INTEGER NOT NULL,
                segments INTEGER NOT NULL, bytes INTEGER NOT NULL,
                first_at INTEGER, last_at INTEGER) STRICT",
            "CREATE INDEX recordings_by_incident ON recordings (incident, started_at)",
            "CREATE INDEX recordings_by_epoch ON recordings (class, expires_on)",
            "CREATE TABLE recording_gaps (
                call TEXT NOT NULL, track TEXT NOT NULL, from_at INTEGER NOT NULL,
                to_at INTEGER NOT NULL, cause TEXT NOT NULL,
                PRIMARY KEY (call, track, from_at)) STRICT",
            "CREATE TABLE recording_stills (
                still TEXT PRIMARY KEY, call TEXT NOT NULL, at INTEGER NOT NULL,
                body TEXT NOT NULL) STRICT",
            "CREATE INDEX recording_stills_by_call ON recording_stills (call, at)",
            "CREATE TABLE recording_silent (
                call TEXT NOT NULL, track TEXT NOT NULL, since INTEGER NOT NULL,
                PRIMARY KEY (call, track)) STRICT",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("recording.") || kind == KEY_WRAPPED
    }

    async fn apply(&self, _engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(recording) = RecordingId::of_stream(&event.stream) else { return Ok(()) };
        let call = CallId::from(recording).to_string();
        if event.kind == KEY_WRAPPED {
            let epoch: Epoch = event.decode()?;
            return born(&call, &epoch, event.at, tx).await;
        }
        match event.decode()? {
            Event::Started { incident, .. } => {
                started(&call, (&incident.to_string(), None), event.at, tx).await?;
            }
            Event::StartedForMatter { matter, matter_kind, .. } => {
                started(&call, ("", Some((&matter, matter_kind))), event.at, tx).await?;
            }
            Event::SegmentsWritten { segments } => grown(&call, &segments, tx).await?,
            Event::GapNoted { track, from, to, cause } => {
                sqlx::query("INSERT OR REPLACE INTO recording_gaps VALUES ($1, $2, $3, $4, $5)")
                    .bind(&call)
                    .bind(track)
                    .bind(from.0)
                    .bind(to.0)
                    .bind(cause.name())
                    .execute(tx)
                    .await?;
            }
            Event::Silent { track } => {
                sqlx::query("INSERT OR REPLACE INTO recording_silent VALUES ($1, $2, $3)")
                    .bind(&call)
                    .bind(track)
                    .bind(event.at.0)
                    .execute(tx)
                    .await?;
            }
            Event::Sounded { track } => {
                sqlx::query("DELETE FROM recording_silent WHERE call = $1 AND track = $2")
                    .bind(&call)
                    .bind(track)
                    .execute(tx)
                    .await?;
            }
            Event::StillKept { still } => {
                let body = serde_json::to_string(&still).map_err(Fault::Encode)?;
                sqlx::query("INSERT OR REPLACE INTO recording_stills VALUES ($1, $2, $3, $4)")
                    .bind(still.still.to_string())
                    .bind(&call)
                    .bind(still.at.0)
                    .bind(body)
                    .execute(tx)
                    .await?;
            }
            Event::StillFailed { .. } => {}
            Event::Ended {} => {
                sqlx::query("UPDATE recordings SET ended_at = $2 WHERE call = $1")
                    .bind(&call)
                    .bind(event.at.0)
                    .execute(tx)
                    .await?;
            }
            Event::Dropped { .. } => dropped(&call, event.at, tx).await?,
        }
        Ok(())
    }
}

async fn born(call: &str, epoch: &Epoch, at: At, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query(
        "INSERT OR IGNORE INTO recordings
         (call, incident, started_at, expires_on, class, segments, bytes)
         VALUES ($1, '', $2, $3, $4, 0, 0)",
    )
    .bind(call)
    .bind(at.0)
    .bind(epoch.expires_on.0)
    .bind(&epoch.class)
    .execute(tx)
    .await?;
    Ok(())
}

/// The recorder is in the room: of an incident's call, or of a matter's.
async fn started(
    call: &str,
    (incident, matter): (&str, Option<(&str, MatterKind)>),
    at: At,
    tx: &mut Tx,
) -> Result<(), Fault> {
    sqlx::query(
        "UPDATE recordings SET incident = $2, matter = $3, matter_kind = $4, started_at = $5
         WHERE call = $1",
    )
    .bind(call)
    .bind(incident)
    .bind(matter.map(|(matter, _)| matter))
    .bind(matter.map(|(_, kind)| kind.code()))
    .bind(at.0)
    .execute(tx)
    .await?;
    Ok(())
}

async fn grown(call: &str, segments: &[recording::Segment], tx: &mut Tx) -> Result<(), Fault> {
    let bytes: u64 = segments.iter().map(|segment| segment.bytes).sum();
    let first = segments.iter().map(|segment| segment.started_at.0).min();
    let last = segments.iter().map(|segment| segment.ended_at.0).max();
    sqlx::query(
        "UPDATE recordings SET segments = segments + $2, bytes = bytes + $3,
            first_at = min(coalesce(first_at, $4), $4), last_at = max(coalesce(last_at, $5), $5)
         WHERE call = $1",
    )
    .bind(call)
    .bind(segments.len() as i64)
    .bind(bytes as i64)
    .bind(first)
    .bind(last)
    .execute(tx)
    .await?;
    Ok(())
}

async fn dropped(call: &str, at: At, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("UPDATE recordings SET dropped_at = $2 WHERE call = $1")
        .bind(call)
        .bind(at.0)
        .execute(&mut *tx)
        .await?;
    for statement in [
        "DELETE FROM recording_stills WHERE call = $1",
        "DELETE FROM recording_silent WHERE call = $1",
        "DELETE FROM recording_gaps WHERE call = $1",
    ] {
        sqlx::query(statement).bind(call).execute(&mut *tx).await?;
    }
    Ok(())
}

/// The columns of a line, in the order that `line` reads them.
macro_rules! columns {
    () => {
        "call, incident, started_at, ended_at, dropped_at, expires_on, segments, bytes,
         first_at, last_at, matter, matter_kind,
         (SELECT count(*) FROM recording_gaps g WHERE g.call = recordings.call),
         (SELECT count(*) FROM recording_stills s WHERE s.call = recordings.call)"
    };
}

fn line(row: &SqliteRow) -> Line {
    Line {
        call: row.get(0),
        incident: row.get(1),
        started_at: row.get(2),
        ended_at: row.get(3),
        dropped_at: row.get(4),
        kept_until: Day(row.get::<i64, _>(5) as i32).start().0,
        segments: row.get(6),
        bytes: row.get(7),
        first_at: row.get(8),
        last_at: row.get(9),
        matter: row.get(10),
        matter_kind: row.get(11),
        gaps: row.get(12),
        stills: row.get(13),
    }
}

/// The recording of a call.
pub(crate) async fn of_call(engine: &Engine, call: CallId) -> Result<Option<Line>, Fault> {
    let row = sqlx::query(concat!("SELECT ", columns!(), " FROM recordings WHERE call = $1"))
        .bind(call.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.as_ref().map(line))
}

/// The recordings of an incident, newest first.
pub(crate) async fn of_incident(engine: &Engine, incident: IncidentId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(concat!(
        "SELECT ",
        columns!(),
        " FROM recordings WHERE incident = $1 ORDER BY started_at DESC LIMIT $2"
    ))
    .bind(incident.to_string())
    .bind(LIST_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(line).collect())
}

/// Calls whose recording has not ended.
pub(crate) async fn running(engine: &Engine, limit: i64) -> Result<Vec<CallId>, Fault> {
    let rows = sqlx::query(
        "SELECT call FROM recordings WHERE ended_at IS NULL AND dropped_at IS NULL
         ORDER BY started_at LIMIT $1",
    )
    .bind(limit)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().filter_map(|row| row.get::<&str, _>(0).parse().ok()).collect())
}

/// The gaps of a call, in order.
pub(crate) async fn gaps(engine: &Engine, call: CallId) -> Result<Vec<Gap>, Fault> {
    let rows = sqlx::query(
        "SELECT track, from_at, to_at, cause FROM recording_gaps WHERE call = $1
         ORDER BY from_at, track LIMIT $2",
    )
    .bind(call.to_string())
    .bind(MARKS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let gap = |row: &SqliteRow| Gap {
        track: row.get(0),
        from: row.get(1),
        to: row.get(2),
        cause: row.get(3),
    };
    Ok(rows.iter().map(gap).collect())
}

/// The stills of a call, in order.
pub(crate) async fn stills(engine: &Engine, call: CallId) -> Result<Vec<Still>, Fault> {
    let rows = sqlx::query(
        "SELECT body FROM recording_stills WHERE call = $1 ORDER BY at, still LIMIT $2",
    )
    .bind(call.to_string())
    .bind(MARKS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().filter_map(|row| serde_json::from_str(row.get(0)).ok()).collect())
}

/// One still of a call.
pub(crate) async fn still(
    engine: &Engine,
    call: CallId,
    still: StillId,
) -> Result<Option<Still>, Fault> {
    let row = sqlx::query("SELECT body FROM recording_stills WHERE still = $1 AND call = $2")
        .bind(still.to_string())
        .bind(call.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.and_then(|row| serde_json::from_str(row.get(0)).ok()))
}

/// How many tracks of a call brought nothing.
pub(crate) async fn silent(engine: &Engine, call: CallId) -> Result<i64, Fault> {
    let row = sqlx::query("SELECT count(*) FROM recording_silent WHERE call = $1")
        .bind(call.to_string())
        .fetch_one(engine.reads().pool())
        .await?;
    Ok(row.get(0))
}
