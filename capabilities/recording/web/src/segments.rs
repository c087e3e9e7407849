//! Read model: every sealed segment, in clear: who, when, where it lies, and what a player's file
//! needs. Nothing personal: no picture, no sound, no name.

use crate::limits::SEGMENTS_MAX;
use async_trait::async_trait;
use call::CallId;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::At;
use recording::{Codec, Event, Meta, RecordingId, Segment};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeSet;

/// The read model.
pub(crate) struct Segments;

#[async_trait]
impl ReadModel for Segments {
    fn name(&self) -> &'static str {
        "recording_segments"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["recording_segments"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE recording_segments (
                object TEXT PRIMARY KEY, call TEXT NOT NULL, participant TEXT NOT NULL,
                track TEXT NOT NULL, codec TEXT NOT NULL, number INTEGER NOT NULL,
                started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, bytes INTEGER NOT NULL,
                sha256 TEXT NOT NULL, meta TEXT NOT NULL) STRICT",
            "CREATE INDEX recording_segments_by_time ON recording_segments (call, started_at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "recording.segments_written.v1" | "recording.dropped.v1")
    }

    async fn apply(&self, _engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(recording) = RecordingId::of_stream(&event.stream) else { return Ok(()) };
        let call = CallId::from(recording).to_string();
        match event.decode()? {
            Event::SegmentsWritten { segments } => {
                for segment in segments {
                    insert(&call, &segment, tx).await?;
                }
            }
            Event::Dropped { .. } => {
                sqlx::query("DELETE FROM recording_segments WHERE call = $1")
                    .bind(&call)
                    .execute(&mut *tx)
                    .await?;
            }
            _ => {}
        }
        Ok(())
    }
}

async fn insert(call: &str, segment: &Segment, tx: &mut Tx) -> Result<(), Fault> {
    let meta = serde_json::to_string(&segment.meta).map_err(Fault::Encode)?;
    sqlx::query(
        "INSERT OR IGNORE INTO recording_segments
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&segment.object)
    .bind(call)
    .bind(segment.participant.to_string())
    .bind(&segment.track)
    .bind(segment.codec.name())
    .bind(segment.index as i64)
    .bind(segment.started_at.0)
    .bind(segment.ended_at.0)
    .bind(segment.bytes as i64)
    .bind(&segment.sha256)
    .bind(meta)
    .execute(tx)
    .await?;
    Ok(())
}

/// The segments of a call in order of time, as far as `until`.
pub(crate) async fn all(
    engine: &Engine,
    call: CallId,
    until: Option<At>,
) -> Result<Vec<Segment>, Fault> {
    let rows = sqlx::query(
        "SELECT object, participant, track, codec, number, started_at, ended_at, bytes, sha256,
                meta
         FROM recording_segments WHERE call = $1 AND ended_at <= $2
         ORDER BY started_at, object LIMIT $3",
    )
    .bind(call.to_string())
    .bind(until.map_or(i64::MAX, |until| until.0))
    .bind(SEGMENTS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().filter_map(read).collect())
}

fn read(row: &SqliteRow) -> Option<Segment> {
    let meta: Meta = serde_json::from_str(row.get(9)).ok()?;
    let codec = match row.get(3) {
        "vp8" => Codec::Vp8,
        "h264" => Codec::H264,
        _ => Codec::Opus,
    };
    Some(Segment {
        participant: row.get::<&str, _>(1).parse().ok()?,
        track: row.get(2),
        codec,
        index: row.get::<i64, _>(4) as u64,
        object: row.get(0),
        started_at: At(row.get(5)),
        ended_at: At(row.get(6)),
        bytes: row.get::<i64, _>(7) as u64,
        sha256: row.get(8),
        meta,
    })
}

/// The names of a call's segments.
pub(crate) async fn objects(engine: &Engine, call: CallId) -> Result<BTreeSet<String>, Fault> {
    let rows = sqlx::query("SELECT object FROM recording_segments WHERE call = $1 LIMIT $2")
        .bind(call.to_string())
        .bind(SEGMENTS_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// The track of somebody's camera, as last recorded: what a still is taken of.
pub async fn camera_of(
    engine: &Engine,
    call: CallId,
    participant: call::Participant,
) -> Result<Option<String>, Fault> {
    let row = sqlx::query(
        "SELECT track FROM recording_segments
         WHERE call = $1 AND participant = $2 AND codec <> 'opus'
         ORDER BY started_at DESC LIMIT 1",
    )
    .bind(call.to_string())
    .bind(participant.to_string())
    .fetch_optional(engine.reads().pool())
    .await?;
    Ok(row.map(|row| row.get(0)))
}
