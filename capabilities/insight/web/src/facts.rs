//! Read model: facts for the figures, from the events of whoever has some. It knows kinds by
//! name and reads as little of each as it counts; a kind that nobody writes yet is simply never
//! seen. No person stands in it but for blind marks that tell whether somebody reported before.

use crate::limits::REPEAT_DAYS;
use ::insight::{Fact, Measure};
use async_trait::async_trait;
use call::Event as CallEvent;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::route::Closure;
use incident::screening::Outcome;
use incident::{Event as IncidentEvent, Report};
use kernel::At;
use kernel::time::hours;
use sqlx::Row as _;

/// The read model.
pub(crate) struct Facts;

#[async_trait]
impl ReadModel for Facts {
    fn name(&self) -> &'static str {
        "insight_facts"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["insight_facts", "insight_starts", "insight_people"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE insight_facts (
                measure TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
                at INTEGER NOT NULL, span INTEGER,
                PRIMARY KEY (measure, stream, seq)) STRICT, WITHOUT ROWID",
            "CREATE INDEX insight_facts_by_time ON insight_facts (at)",
            "CREATE TABLE insight_starts (
                stream TEXT PRIMARY KEY, at INTEGER NOT NULL, incident TEXT,
                faced_at INTEGER, attended INTEGER NOT NULL DEFAULT 0) STRICT",
            "CREATE INDEX insight_starts_by_incident ON insight_starts (incident)",
            "CREATE TABLE insight_people (
                mark BLOB NOT NULL, stream TEXT NOT NULL, at INTEGER NOT NULL,
                PRIMARY KEY (mark, stream)) STRICT, WITHOUT ROWID",
            "CREATE INDEX insight_people_by_stream ON insight_people (stream)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM insight_people WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        ["incident.", "referral.", "arrest.", "review."].iter().any(|noun| kind.starts_with(noun))
            || matches!(kind, "call.opened.v1" | "call.face_to_face.v1" | "call.finished.v1")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.noun() {
            "incident" => incident(engine, event, tx).await,
            "call" => call(event, tx).await,
            _ => casework(event, tx).await,
        }
    }
}

async fn incident(engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let stream = event.stream.as_str();
    let simple = match event.decode::<IncidentEvent>()? {
        IncidentEvent::Reported { report } => {
            return reported(engine, event, &report, tx).await;
        }
        IncidentEvent::ScreeningAnswered { .. } => Measure::Asked,
        IncidentEvent::Screened { outcome: Outcome::Eligible { .. } } => Measure::Eligible,
        IncidentEvent::Offered { .. } => Measure::Offered,
        IncidentEvent::OfferAccepted { .. } => Measure::Accepted,
        IncidentEvent::OfferDeclined { .. } => Measure::Declined,
        IncidentEvent::OfferLost { .. } => Measure::Lost,
        IncidentEvent::CallBackCounted { .. } => {
            let seq = event.position.0 as i64;
            return fact(Measure::CallBack, stream, seq, event.at, None, tx).await;
        }
        IncidentEvent::PatrolAttended { attended_at } => {
            sqlx::query("UPDATE insight_starts SET attended = 1 WHERE stream = $1")
                .bind(stream)
                .execute(&mut *tx)
                .await?;
            not_released(stream, tx).await?;
            return faced(stream, attended_at, tx).await;
        }
        IncidentEvent::Closed { outcome: Closure::VideoResponse, .. } => {
            return released(stream, event.at, tx).await;
        }
        IncidentEvent::Reopened { .. } => return not_released(stream, tx).await,
        _ => return Ok(()),
    };
    fact(simple, stream, 0, event.at, None, tx).await
}

async fn reported(
    engine: &Engine,
    event: &Opened,
    report: &Report,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let (stream, at) = (event.stream.as_str(), report.called_at);
    start(stream, at, Some(stream), tx).await?;
    fact(Measure::Reported, stream, 0, at, None, tx).await?;
    let since = at.minus(hours(u64::from(REPEAT_DAYS) * 24));
    let mut before = false;
    for mark in marks(report) {
        let mark = engine.blind("insight/person", &mark).to_vec();
        let found = sqlx::query(
            "SELECT 1 FROM insight_people
             WHERE mark = $1 AND stream <> $2 AND at >= $3 AND at <= $4 LIMIT 1",
        )
        .bind(&mark)
        .bind(stream)
        .bind(since.0)
        .bind(at.0)
        .fetch_optional(&mut *tx)
        .await?;
        before |= found.is_some();
        sqlx::query("INSERT OR IGNORE INTO insight_people VALUES ($1, $2, $3)")
            .bind(mark)
            .bind(stream)
            .bind(at.0)
            .execute(&mut *tx)
            .await?;
    }
    match before {
        true => fact(Measure::Repeat, stream, 0, at, None, tx).await,
        false => Ok(()),
    }
}

/// By what the person who reports is known again: her number, or her name with her birthday.
fn marks(report: &Report) -> Vec<String> {
    let Some(person) = report.person.known() else { return vec![] };
    let born = person.date_of_birth.as_deref().unwrap_or_default();
    let phone = names::number(&person.phone).map(|number| format!("phone {number}"));
    let named = names::person(&person.name, born).map(|named| format!("name {named}"));
    phone.into_iter().chain(named).collect()
}

/// A video response, not a call about another matter: that one has no start here.
async fn call(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let stream = event.stream.as_str();
    match event.decode::<CallEvent>()? {
        CallEvent::Opened { incident, .. } => {
            start(stream, event.at, Some(&incident.stream()), tx).await
        }
        CallEvent::FaceToFace {} => {
            let Some(Start { incident: Some(incident), .. }) = started(stream, tx).await? else {
                return Ok(());
            };
            sqlx::query(
                "UPDATE insight_starts SET faced_at = coalesce(faced_at, $2) WHERE stream = $1",
            )
            .bind(stream)
            .bind(event.at.0)
            .execute(&mut *tx)
            .await?;
            faced(&incident, event.at, tx).await
        }
        CallEvent::Finished { .. } => {
            let Some(start) = started(stream, tx).await? else { return Ok(()) };
            let Some(faced_at) = start.faced_at else { return Ok(()) };
            let span = Some(event.at.since(faced_at).as_secs());
            fact(Measure::Called, stream, 0, event.at, span, tx).await
        }
        _ => Ok(()),
    }
}

/// Kinds that end a review.
const REVIEWED: [&str; 5] = ["closed", "concluded", "decided", "completed", "reviewed"];

/// Referral, arrest and review, read by name: where they belong and when, and nothing else.
async fn casework(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let body: serde_json::Value = event.decode()?;
    let id = body["incident"].as_str().and_then(|id| id.parse::<incident::IncidentId>().ok());
    let incident = id.map(|id| id.stream());
    let (stream, at) = (event.stream.as_str(), event.at);
    let first = started(stream, tx).await?;
    let first = match first {
        Some(first) => first,
        None => {
            start(stream, at, incident.as_deref(), tx).await?;
            Start { at, incident, faced_at: None, attended: false }
        }
    };
    let told = |field: &str| body[field].as_i64().map_or(at, At);
    let (noun, what) = split(&event.kind);
    let (measure, at, since) = match (noun, what) {
        ("referral", "requested") => (Measure::Referred, at, None),
        ("referral", "engaged") => (Measure::Engaged, told("contacted_at"), Some(first.at)),
        ("arrest", "requested") => (Measure::ArrestRequested, at, None),
        ("arrest", "carried_out") => {
            (Measure::Arrested, told("arrested_at"), report_of(&first, tx).await?)
        }
        ("arrest", "attended_voluntarily") => {
            (Measure::Arrested, told("attended_at"), report_of(&first, tx).await?)
        }
        ("review", what) if REVIEWED.contains(&what) => (Measure::Reviewed, at, Some(first.at)),
        ("review", _) => (Measure::ReviewOpened, first.at, None),
        _ => return Ok(()),
    };
    let span = since.map(|since| at.since(since).as_secs());
    fact(measure, stream, 0, at, span, tx).await
}

/// `("arrest", "carried_out")` of `arrest.carried_out.v1`.
fn split(kind: &str) -> (&str, &str) {
    let mut parts = kind.split('.');
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// When it was reported what this belongs to.
async fn report_of(first: &Start, tx: &mut Tx) -> Result<Option<At>, Fault> {
    let Some(incident) = &first.incident else { return Ok(None) };
    Ok(started(incident, tx).await?.map(|start| start.at))
}

/// Where something began.
struct Start {
    at: At,
    incident: Option<String>,
    faced_at: Option<At>,
    attended: bool,
}

async fn start(stream: &str, at: At, incident: Option<&str>, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("INSERT OR IGNORE INTO insight_starts (stream, at, incident) VALUES ($1, $2, $3)")
        .bind(stream)
        .bind(at.0)
        .bind(incident)
        .execute(tx)
        .await?;
    Ok(())
}

async fn started(stream: &str, tx: &mut Tx) -> Result<Option<Start>, Fault> {
    let select = "SELECT at, incident, faced_at, attended FROM insight_starts WHERE stream = $1";
    let row = sqlx::query(select).bind(stream).fetch_optional(tx).await?;
    Ok(row.map(|row| Start {
        at: At(row.get(0)),
        incident: row.get(1),
        faced_at: row.get::<Option<i64>, _>(2).map(At),
        attended: row.get(3),
    }))
}

async fn fact(
    measure: Measure,
    stream: &str,
    seq: i64,
    at: At,
    span: Option<u64>,
    tx: &mut Tx,
) -> Result<(), Fault> {
    sqlx::query("INSERT OR IGNORE INTO insight_facts VALUES ($1, $2, $3, $4, $5)")
        .bind(measure.code())
        .bind(stream)
        .bind(seq)
        .bind(at.0)
        .bind(span.map(|span| span as i64))
        .execute(tx)
        .await?;
    Ok(())
}

/// Somebody was face to face with her, by whichever route was first.
async fn faced(incident: &str, at: At, tx: &mut Tx) -> Result<(), Fault> {
    let Some(start) = started(incident, tx).await? else { return Ok(()) };
    let span = Some(at.since(start.at).as_secs());
    fact(Measure::Faced, incident, 0, start.at, span, tx).await
}

/// Closed as a response by video, and nobody had to go.
async fn released(incident: &str, at: At, tx: &mut Tx) -> Result<(), Fault> {
    if started(incident, tx).await?.is_none_or(|start| start.attended) {
        return Ok(());
    }
    let row = sqlx::query(
        "SELECT SUM(f.span) FROM insight_facts f JOIN insight_starts s ON s.stream = f.stream
         WHERE f.measure = 'called' AND s.incident = $1",
    )
    .bind(incident)
    .fetch_one(&mut *tx)
    .await?;
    let span = row.get::<Option<i64>, _>(0).map(|span| span as u64);
    match span {
        Some(span) => fact(Measure::Released, incident, 0, at, Some(span), tx).await,
        None => Ok(()),
    }
}

/// Somebody went after all, or it is open again.
async fn not_released(incident: &str, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("DELETE FROM insight_facts WHERE measure = 'released' AND stream = $1")
        .bind(incident)
        .execute(tx)
        .await?;
    Ok(())
}

/// Every fact between two moments.
pub(crate) async fn between(engine: &Engine, from: At, until: At) -> Result<Vec<Fact>, Fault> {
    let rows = sqlx::query(
        "SELECT measure, at, span FROM insight_facts WHERE at >= $1 AND at < $2 LIMIT $3",
    )
    .bind(from.0)
    .bind(until.0)
    .bind(crate::limits::FACTS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        let measure = Measure::of(row.get(0))?;
        let span = row.get::<Option<i64>, _>(2).map(|span| span as u64);
        Some(Fact { measure, at: At(row.get(1)), span })
    };
    Ok(rows.iter().filter_map(read).collect())
}
