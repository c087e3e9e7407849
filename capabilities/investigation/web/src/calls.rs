//! Read model: the calls of each incident, what was marked and pictured in them, and whether
//! their recording can still be played. Labels are sealed under the call's own key.

use crate::limits;
use async_trait::async_trait;
use call::{CallId, Marker};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::At;
use recording::{RecordingId, StillId};
use serde::Serialize;
use sqlx::Row as _;

/// The read model.
pub(crate) struct Calls;

#[async_trait]
impl ReadModel for Calls {
    fn name(&self) -> &'static str {
        "investigation_calls"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["investigation_calls", "investigation_marks", "investigation_stills"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE investigation_calls (
                call TEXT PRIMARY KEY, incident TEXT NOT NULL, at INTEGER NOT NULL,
                finished INTEGER NOT NULL, recorded_at INTEGER, ended_at INTEGER,
                gone INTEGER NOT NULL) STRICT",
            "CREATE INDEX investigation_calls_by_incident ON investigation_calls (incident, at)",
            "CREATE TABLE investigation_marks (
                position INTEGER PRIMARY KEY, call TEXT NOT NULL, at INTEGER NOT NULL,
                marker TEXT NOT NULL, label BLOB) STRICT",
            "CREATE INDEX investigation_marks_by_call ON investigation_marks (call, at)",
            "CREATE TABLE investigation_stills (
                still TEXT PRIMARY KEY, call TEXT NOT NULL, at INTEGER NOT NULL,
                sha256 TEXT NOT NULL) STRICT",
            "CREATE INDEX investigation_stills_by_call ON investigation_stills (call, at)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE investigation_marks SET label = NULL WHERE 'call/' || call = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "call.opened.v1"
                | "call.finished.v1"
                | "call.marker_set.v1"
                | "recording.started.v1"
                | "recording.still_kept.v1"
                | "recording.ended.v1"
                | "recording.dropped.v1"
        )
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match CallId::of_stream(&event.stream) {
            Some(call) => of_call(engine, event, call, tx).await,
            None => match RecordingId::of_stream(&event.stream) {
                Some(recording) => of_recording(event, recording.into(), tx).await,
                None => Ok(()),
            },
        }
    }
}

async fn of_call(engine: &Engine, event: &Opened, call: CallId, tx: &mut Tx) -> Result<(), Fault> {
    let call = call.to_string();
    let query = match event.decode()? {
        call::Event::Opened { incident, .. } => {
            let insert = "INSERT OR REPLACE INTO investigation_calls
                VALUES ($1, $3, $2, 0, NULL, NULL, 0)";
            sqlx::query(insert).bind(call).bind(event.at.0).bind(incident.to_string())
        }
        call::Event::Finished { .. } => {
            sqlx::query("UPDATE investigation_calls SET finished = 1 WHERE call = $1").bind(call)
        }
        call::Event::MarkerSet { at, label, marker } => {
            let sealed = engine.seal_row(&event.key, &label.known()).await?;
            sqlx::query("INSERT OR REPLACE INTO investigation_marks VALUES ($1, $2, $3, $4, $5)")
                .bind(event.position.0 as i64)
                .bind(call)
                .bind(at.0)
                .bind(code(marker))
                .bind(sealed)
        }
        _ => return Ok(()),
    };
    query.execute(tx).await?;
    Ok(())
}

async fn of_recording(event: &Opened, call: CallId, tx: &mut Tx) -> Result<(), Fault> {
    let call = call.to_string();
    let query = match event.decode()? {
        recording::Event::Started { .. } => {
            let update = "UPDATE investigation_calls
                SET recorded_at = coalesce(recorded_at, $2) WHERE call = $1";
            sqlx::query(update).bind(call).bind(event.at.0)
        }
        recording::Event::Ended {} => {
            let update = "UPDATE investigation_calls SET ended_at = $2 WHERE call = $1";
            sqlx::query(update).bind(call).bind(event.at.0)
        }
        recording::Event::Dropped { .. } => {
            sqlx::query("UPDATE investigation_calls SET gone = 1 WHERE call = $1").bind(call)
        }
        recording::Event::StillKept { still } => {
            sqlx::query("INSERT OR REPLACE INTO investigation_stills VALUES ($1, $2, $3, $4)")
                .bind(still.still.to_string())
                .bind(call)
                .bind(still.at.0)
                .bind(still.sha256)
        }
        _ => return Ok(()),
    };
    query.execute(tx).await?;
    Ok(())
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

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct One {
    pub(crate) call: CallId,
    pub(crate) finished: bool,
    recorded_at: Option<i64>,
    ended_at: Option<i64>,
    gone: bool,
}

impl One {
    /// The address of an instant in its recording, where it has that instant.
    pub(crate) fn second(&self, at: At) -> Option<String> {
        let from = self.recorded_at.filter(|_| !self.gone)?;
        let until = self.ended_at.unwrap_or(i64::MAX);
        let within = (from..=until).contains(&at.0);
        within.then(|| format!("/calls/{}/recording#at={}", self.call, at.0))
    }
}

/// The calls of an incident, oldest first.
pub(crate) async fn of_incident(engine: &Engine, incident: IncidentId) -> Result<Vec<One>, Fault> {
    let rows = sqlx::query(
        "SELECT call, finished, recorded_at, ended_at, gone FROM investigation_calls
         WHERE incident = $1 ORDER BY at LIMIT $2",
    )
    .bind(incident.to_string())
    .bind(limits::CALLS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        Some(One {
            call: row.get::<String, _>(0).parse().ok()?,
            finished: row.get(1),
            recorded_at: row.get(2),
            ended_at: row.get(3),
            gone: row.get(4),
        })
    };
    Ok(rows.iter().filter_map(read).collect())
}

/// The address of an instant in whichever recording has it.
pub(crate) fn second(calls: &[One], at: At) -> Option<String> {
    calls.iter().rev().find_map(|one| one.second(at))
}

/// An instant that an officer named in a call.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Mark {
    pub(crate) at: i64,
    pub(crate) marker: String,
    pub(crate) label: String,
    /// Where it can be played.
    pub(crate) second: Option<String>,
}

/// What was marked in these calls, in order of time.
pub(crate) async fn marks(engine: &Engine, calls: &[One]) -> Result<Vec<Mark>, Fault> {
    let mut marks = vec![];
    for one in calls {
        let rows = sqlx::query(
            "SELECT at, marker, label FROM investigation_marks WHERE call = $1
             ORDER BY at LIMIT $2",
        )
        .bind(one.call.to_string())
        .bind(limits::MARKS_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
        for row in rows {
            let sealed: Option<Vec<u8>> = row.get(2);
            let label = engine.open_row::<String>(&one.call.stream(), sealed.as_deref()).await?;
            let at: i64 = row.get(0);
            marks.push(Mark {
                at,
                marker: row.get(1),
                label: label.into_known().unwrap_or_default(),
                second: one.second(At(at)),
            });
        }
    }
    Ok(marks)
}

/// A picture taken in a call.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Still {
    /// `<call>/<still>`, as a form names it.
    pub(crate) name: String,
    pub(crate) at: i64,
    #[serde(skip)]
    pub(crate) call: CallId,
    #[serde(skip)]
    pub(crate) still: StillId,
    #[serde(skip)]
    pub(crate) sha256: String,
}

/// The pictures of these calls, in order of time; none of a recording that is gone.
pub(crate) async fn stills(engine: &Engine, calls: &[One]) -> Result<Vec<Still>, Fault> {
    let mut stills = vec![];
    for one in calls.iter().filter(|one| !one.gone) {
        let rows = sqlx::query(
            "SELECT still, at, sha256 FROM investigation_stills WHERE call = $1
             ORDER BY at LIMIT $2",
        )
        .bind(one.call.to_string())
        .bind(limits::STILLS_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
        for row in rows {
            let Ok(still) = row.get::<String, _>(0).parse::<StillId>() else { continue };
            let name = format!("{}/{still}", one.call);
            let (at, sha256) = (row.get(1), row.get(2));
            stills.push(Still { name, at, call: one.call, still, sha256 });
        }
    }
    Ok(stills)
}
