//! The read model behind the board: one row an incident, nothing personal. What a call is doing
//! stands beside it, so that the control room sees each link open and each face appear.

use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Grade, Incident, IncidentId, Offer, OfferId, Patrol};
use serde::Serialize;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct Board;

/// One incident as the board shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) incident: String,
    pub(crate) reference: String,
    pub(crate) source: String,
    pub(crate) grade: Option<String>,
    pub(crate) step: String,
    pub(crate) reported_at: i64,
    pub(crate) target_at: Option<i64>,
    pub(crate) answered: bool,
    pub(crate) missed: bool,
    pub(crate) call_state: Option<String>,
    pub(crate) in_person: bool,
    pub(crate) patrol: String,
    pub(crate) call_backs: i64,
    pub(crate) closed: Option<String>,
    pub(crate) ever_immediate: bool,
    pub(crate) children: bool,
}

/// A statement over the board, with the columns that `row` reads.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT stream, reference, source, grade, step, reported_at, target_at, answered,
                missed, call_state, in_person, patrol, call_backs, closed, ever_immediate,
                children FROM incident_board ",
            $rest
        )
    };
}

fn row(row: &SqliteRow) -> Row {
    let stream: String = row.get(0);
    Row {
        incident: stream.trim_start_matches("incident/").to_owned(),
        reference: row.get(1),
        source: row.get(2),
        grade: row.get(3),
        step: row.get(4),
        reported_at: row.get(5),
        target_at: row.get(6),
        answered: row.get(7),
        missed: row.get(8),
        call_state: row.get(9),
        in_person: row.get(10),
        patrol: row.get(11),
        call_backs: row.get(12),
        closed: row.get(13),
        ever_immediate: row.get(14),
        children: row.get(15),
    }
}

/// What an event of a call says on the board, and how far along it is: a later event of an
/// interpreter's link never takes a face back.
const CALL_STATES: [(&str, &str, i64); 10] = [
    ("call.opened.v1", "link", 1),
    ("call.message_accepted.v1", "sent", 2),
    ("call.message_delivered.v1", "delivered", 3),
    ("call.message_failed.v1", "failed", 3),
    ("call.invitation_opened.v1", "opened", 4),
    ("call.invitation_expired.v1", "expired", 4),
    ("call.guest_ready.v1", "ready", 5),
    ("call.picked_up.v1", "officer", 6),
    ("call.face_to_face.v1", "face", 7),
    ("call.finished.v1", "finished", 8),
];

#[async_trait]
impl ReadModel for Board {
    fn name(&self) -> &'static str {
        "incident_board"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["incident_board"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE incident_board (
                stream TEXT PRIMARY KEY, reference TEXT NOT NULL, source TEXT NOT NULL,
                grade TEXT, step TEXT NOT NULL, reported_at INTEGER NOT NULL,
                target_at INTEGER, answered INTEGER NOT NULL, missed INTEGER NOT NULL,
                offer TEXT, call_state TEXT, call_rank INTEGER NOT NULL DEFAULT 0,
                in_person INTEGER NOT NULL, patrol TEXT NOT NULL, call_backs INTEGER NOT NULL,
                closed TEXT, changed_at INTEGER NOT NULL, ever_immediate INTEGER NOT NULL,
                children INTEGER NOT NULL) STRICT",
            "CREATE INDEX incident_board_open ON incident_board (closed, grade, target_at)",
            "CREATE INDEX incident_board_offer ON incident_board (offer)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("incident.") || CALL_STATES.iter().any(|(known, ..)| *known == kind)
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match IncidentId::of_stream(&event.stream) {
            Some(id) => follow_incident(engine, id, event, tx).await,
            None => follow_call(event, tx).await,
        }
    }
}

async fn follow_call(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let known = CALL_STATES.iter().find(|(kind, ..)| *kind == event.kind);
    let (Some((_, state, rank)), Some(offer)) = (known, event.stream.strip_prefix("call/")) else {
        return Ok(());
    };
    sqlx::query(
        "UPDATE incident_board SET call_state = $2, call_rank = $3, changed_at = $4
         WHERE offer = $1 AND call_rank <= $3",
    )
    .bind(offer)
    .bind(state)
    .bind(rank)
    .bind(event.at.0)
    .execute(tx)
    .await?;
    Ok(())
}

/// The row is the state as it stands: an event that follows writes it once more.
async fn follow_incident(
    engine: &Engine,
    id: IncidentId,
    event: &Opened,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let (state, _) = engine.state::<Incident>(&event.stream).await?;
    let Some(report) = &state.report else { return Ok(()) };
    let offer = match &state.offer {
        Offer::Made { offer, .. } | Offer::Accepted { offer, .. } | Offer::Ended { offer, .. } => {
            Some(offer.to_string())
        }
        Offer::None | Offer::Declined { .. } | Offer::Lost { .. } | Offer::TakenBack { .. } => None,
    };
    let patrol = match state.patrol {
        Patrol::None => "none",
        Patrol::Requested { .. } => "requested",
        Patrol::Attended { .. } => "attended",
    };
    let immediate = state.grade() == Some(Grade::Immediate);
    sqlx::query(
        "INSERT INTO incident_board (stream, reference, source, grade, step, reported_at,
            target_at, answered, missed, offer, in_person, patrol, call_backs, closed,
            changed_at, ever_immediate, children)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (stream) DO UPDATE SET
            grade = $4, step = $5, target_at = $7, answered = $8, missed = $9,
            call_state = CASE WHEN offer IS $10 THEN call_state END,
            call_rank = CASE WHEN offer IS $10 THEN call_rank ELSE 0 END,
            offer = $10, in_person = $11, patrol = $12, call_backs = $13, closed = $14,
            changed_at = $15, ever_immediate = MAX(ever_immediate, $16)",
    )
    .bind(&event.stream)
    .bind(id.reference())
    .bind(report.source.code())
    .bind(state.grade().map(Grade::code))
    .bind(state.step().code())
    .bind(report.called_at.0)
    .bind(state.graded.as_ref().map(|graded| graded.target_at.0))
    .bind(state.answered())
    .bind(state.graded.as_ref().is_some_and(|graded| graded.missed))
    .bind(offer)
    .bind(state.in_person.is_some())
    .bind(patrol)
    .bind(i64::from(state.call_backs))
    .bind(state.closed.map(incident::route::Closure::code))
    .bind(event.at.0)
    .bind(immediate)
    .bind(report.children)
    .execute(tx)
    .await?;
    Ok(())
}

/// Open incidents of one grade (`None`: not graded yet), the most urgent first; and how many
/// there are in all.
pub(crate) async fn lane(
    engine: &Engine,
    grade: Option<Grade>,
    limit: i64,
) -> Result<(Vec<Row>, i64), Fault> {
    let select = select!(
        "WHERE closed IS NULL AND grade IS $1 ORDER BY answered, target_at, reported_at LIMIT $2"
    );
    let rows = sqlx::query(select)
        .bind(grade.map(Grade::code))
        .bind(limit)
        .fetch_all(engine.reads().pool())
        .await?;
    let count = "SELECT COUNT(*) FROM incident_board WHERE closed IS NULL AND grade IS $1";
    let all: i64 = sqlx::query_scalar(count)
        .bind(grade.map(Grade::code))
        .fetch_one(engine.reads().pool())
        .await?;
    Ok((rows.iter().map(row).collect(), all))
}

/// The incidents closed last.
pub(crate) async fn closed(engine: &Engine, limit: i64) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query(select!("WHERE closed IS NOT NULL ORDER BY changed_at DESC LIMIT $1"))
        .bind(limit)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(row).collect())
}

/// One row.
pub(crate) async fn one(engine: &Engine, stream: &str) -> Result<Option<Row>, Fault> {
    let found = sqlx::query(select!("WHERE stream = $1"))
        .bind(stream)
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(found.as_ref().map(row))
}

/// How many said yes and have no officer yet, leaving one offer out.
pub(crate) async fn waiting(engine: &Engine, but: Option<OfferId>) -> Result<u32, Fault> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM incident_board
         WHERE step = 'call' AND call_rank < 6 AND offer IS NOT $1",
    )
    .bind(but.map(|offer| offer.to_string()))
    .fetch_one(engine.reads().pool())
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
