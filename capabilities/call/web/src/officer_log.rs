//! Read model: what was written, marked and said of her place in a call, one row a thing, sealed
//! under the call's key. Personal: note the consultation before showing any of it.

use async_trait::async_trait;
use call::{CallId, Event, Location};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// Rows shown at once: `call::limits` let a call have a few times as many.
const ROWS_MAX: i64 = 2000;

/// The read model.
pub(crate) struct OfficerLog;

/// What a row says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum What {
    /// Somebody wrote.
    Said { by: String, text: String },
    /// The officer named an instant.
    Marked { at: At, marker: String, label: String },
    /// A picture was asked for.
    Still {},
    /// Where she is.
    Place { location: Location },
    /// Something happened, by its code.
    Note { code: String, who: String },
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) at: i64,
    #[serde(flatten)]
    pub(crate) what: What,
}

#[async_trait]
impl ReadModel for OfficerLog {
    fn name(&self) -> &'static str {
        "call_officer_log"
    }

    fn version(&self) -> u32 {
        3
    }

    fn tables(&self) -> &'static [&'static str] {
        &["call_officer_log"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE call_officer_log (
            call TEXT NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL,
            place INTEGER NOT NULL, key TEXT NOT NULL, sealed BLOB,
            PRIMARY KEY (call, position)) STRICT"]
    }

    // Where she was and what was written go sooner than the rest, and their rows with them.
    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM call_officer_log WHERE key = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("call.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        // A danger signal may bring her place with it: two rows from one event.
        for (place, what) in rows(event.decode()?).into_iter().enumerate() {
            let is_place = matches!(what, What::Place { .. });
            let sealed = engine.seal_row(&event.key, &what).await?;
            let position = event.position.0 as i64 * 2 + place as i64;
            sqlx::query("INSERT OR REPLACE INTO call_officer_log VALUES ($1, $2, $3, $4, $5, $6)")
                .bind(call.to_string())
                .bind(position)
                .bind(event.at.0)
                .bind(is_place)
                .bind(&event.key)
                .bind(sealed)
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    }
}

fn rows(event: Event) -> Vec<What> {
    let note = |code: &str, who: String| What::Note { code: code.to_owned(), who };
    let place = |location: Option<Personal<Location>>| {
        location.and_then(Personal::into_known).map(|location| What::Place { location })
    };
    match event {
        Event::Said { by, text } => {
            let text = text.into_known().unwrap_or_default();
            vec![What::Said { by: by.to_string(), text }]
        }
        Event::MarkerSet { at, label, marker } => {
            let label = label.into_known().unwrap_or_default();
            vec![What::Marked { at, marker: marker_code(marker).to_owned(), label }]
        }
        Event::StillRequested { .. } => vec![What::Still {}],
        Event::LocationShared { location, .. } => place(Some(location)).into_iter().collect(),
        Event::DangerSignalled { location, .. } => {
            [Some(note("danger", String::new())), place(location)].into_iter().flatten().collect()
        }
        Event::OffenderReturned { location, by, .. } => {
            // An officer who says it passes her last place on: that is no news of hers.
            let hers = location.filter(|_| !by.starts_with("staff/"));
            [Some(note("returned", by)), place(hers)].into_iter().flatten().collect()
        }
        Event::MatterInDanger { cause: call::Danger::Signal, location, .. } => {
            [Some(note("danger", String::new())), place(location)].into_iter().flatten().collect()
        }
        Event::MatterInDanger { location, by, .. } => {
            let hers = location.filter(|_| !by.starts_with("staff/"));
            [Some(note("returned", by)), place(hers)].into_iter().flatten().collect()
        }
        Event::Joined { participant } => vec![note("joined", participant.to_string())],
        Event::ParticipantLost { participant } => vec![note("lost", participant.to_string())],
        Event::ParticipantReturned { participant } => vec![note("back", participant.to_string())],
        Event::AudioOnly { participant, on } => {
            vec![note(if on { "audio_only" } else { "picture_back" }, participant.to_string())]
        }
        Event::SafetyAnswered { safe, .. } => {
            vec![note(if safe { "safe" } else { "not_safe" }, String::new())]
        }
        Event::SafetyAsked { .. } => vec![note("safety_asked", String::new())],
        Event::FaceToFace {} => vec![note("face_to_face", String::new())],
        Event::HandedOver { to, .. } => vec![note("handed_over", format!("staff-{to}"))],
        Event::LeftByExit { .. } => vec![note("left_by_exit", String::new())],
        Event::Finished { outcome, .. } => vec![note("finished", outcome.code().to_owned())],
        _ => vec![],
    }
}

/// The stored code of a marker.
pub(crate) const fn marker_code(marker: call::Marker) -> &'static str {
    match marker {
        call::Marker::Account => "account",
        call::Marker::Injury => "injury",
        call::Marker::Scene => "scene",
        call::Marker::Safety => "safety",
        call::Marker::Other => "other",
    }
}

/// How many rows a call has: a page that shows fewer asks again.
pub(crate) async fn count(engine: &Engine, call: CallId) -> Result<i64, Fault> {
    let row = sqlx::query("SELECT count(*) FROM call_officer_log WHERE call = $1")
        .bind(call.to_string())
        .fetch_one(engine.reads().pool())
        .await?;
    Ok(row.get(0))
}

/// The rows of a call, oldest first; what was erased is left out.
pub(crate) async fn all(engine: &Engine, call: CallId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT at, key, sealed FROM call_officer_log WHERE call = $1 ORDER BY position LIMIT $2",
    )
    .bind(call.to_string())
    .bind(ROWS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let (key, sealed): (String, Option<Vec<u8>>) = (row.get(1), row.get(2));
        let opened = engine.open_row::<What>(&key, sealed.as_deref()).await?;
        if let Personal::Known(what) = opened {
            lines.push(Line { at: row.get(0), what });
        }
    }
    Ok(lines)
}

/// Where she said last that she is.
pub(crate) async fn last_place(engine: &Engine, call: CallId) -> Result<Option<Location>, Fault> {
    let row = sqlx::query(
        "SELECT key, sealed FROM call_officer_log WHERE call = $1 AND place = 1
         ORDER BY position DESC LIMIT 1",
    )
    .bind(call.to_string())
    .fetch_optional(engine.reads().pool())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (key, sealed): (String, Option<Vec<u8>>) = (row.get(0), row.get(1));
    let opened = engine.open_row::<What>(&key, sealed.as_deref()).await?;
    Ok(match opened.into_known() {
        Some(What::Place { location }) => Some(location),
        Some(_) | None => None,
    })
}
