//! Read model: every referral, where it stands and by when what is owed; codes and times in
//! clear, her words sealed under its own key. Personal: note the consultation before showing any
//! of what is sealed.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::Personal;
use referral::{AgencyId, Event, Step};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct List;

/// What is sealed in a row.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) override_reason: Option<String>,
    pub(crate) summary: String,
}

/// One row, without anything personal.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) incident: String,
    pub(crate) kind: String,
    pub(crate) basis: String,
    pub(crate) agency: Option<String>,
    pub(crate) step: String,
    pub(crate) at: i64,
    pub(crate) due_at: i64,
    pub(crate) acknowledge_by: Option<i64>,
    pub(crate) sent_at: Option<i64>,
    pub(crate) chased_at: Option<i64>,
    pub(crate) escalated_at: Option<i64>,
    pub(crate) escalations: i64,
    pub(crate) question: bool,
    pub(crate) engaged_at: Option<i64>,
    pub(crate) ended_at: Option<i64>,
    /// By when the next thing is owed; nothing once she was spoken with.
    pub(crate) next_at: Option<i64>,
}

/// A row with what is sealed in it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Full {
    #[serde(flatten)]
    pub(crate) line: Line,
    #[serde(flatten)]
    pub(crate) said: Option<Said>,
}

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "referral_list"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["referral_list"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE referral_list (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL, kind TEXT NOT NULL,
                basis TEXT NOT NULL, agency TEXT, step TEXT NOT NULL, at INTEGER NOT NULL,
                due_at INTEGER NOT NULL, acknowledge_by INTEGER, sent_at INTEGER,
                chased_at INTEGER, escalated_at INTEGER, escalations INTEGER NOT NULL DEFAULT 0,
                question INTEGER NOT NULL DEFAULT 0, engaged_at INTEGER, ended_at INTEGER,
                sealed BLOB) STRICT",
            "CREATE INDEX referral_list_by_incident ON referral_list (incident, at)",
            "CREATE INDEX referral_list_by_agency ON referral_list (agency, ended_at, at)",
            "CREATE INDEX referral_list_open ON referral_list (due_at) WHERE ended_at IS NULL",
            "CREATE INDEX referral_list_ended ON referral_list (ended_at)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE referral_list SET sealed = NULL WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("referral.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.decode::<Event>()? {
            requested @ Event::Requested { .. } => insert(engine, event, requested, tx).await,
            Event::Sent { to, acknowledge_by, .. } => {
                sqlx::query(
                    "UPDATE referral_list SET step = 'sent', agency = $2, acknowledge_by = $3,
                        sent_at = $4, chased_at = NULL, question = 0 WHERE stream = $1",
                )
                .bind(&event.stream)
                .bind(to.to_string())
                .bind(acknowledge_by.0)
                .bind(event.at.0)
                .execute(tx)
                .await?;
                Ok(())
            }
            other => step(event, &other, tx).await,
        }
    }
}

async fn insert(
    engine: &Engine,
    event: &Opened,
    requested: Event,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let Event::Requested {
        incident,
        agency,
        basis,
        override_reason,
        summary,
        due_at,
        acknowledge_by,
        ..
    } = requested
    else {
        return Ok(());
    };
    let said = Said {
        override_reason: override_reason.and_then(Personal::into_known),
        summary: summary.into_known().unwrap_or_default(),
    };
    let sealed = engine.seal_row(&event.key, &said).await?;
    sqlx::query(
        "INSERT OR REPLACE INTO referral_list
            (stream, incident, kind, basis, step, at, due_at, acknowledge_by, sealed)
         VALUES ($1, $2, $3, $4, 'requested', $5, $6, $7, $8)",
    )
    .bind(&event.stream)
    .bind(incident.to_string())
    .bind(agency.text())
    .bind(basis.code())
    .bind(event.at.0)
    .bind(due_at.0)
    .bind(acknowledge_by.map(|by| by.0))
    .bind(sealed)
    .execute(tx)
    .await?;
    Ok(())
}

/// Events that change a row by their time alone.
async fn step(event: &Opened, what: &Event, tx: &mut Tx) -> Result<(), Fault> {
    let at = match what {
        Event::Engaged { contacted_at, .. } => *contacted_at,
        _ => event.at,
    };
    let statement = match what {
        Event::Requested { .. } | Event::Sent { .. } | Event::ContactTried { .. } => return Ok(()),
        Event::Seen {} => "UPDATE referral_list SET step = 'seen' WHERE stream = $1",
        Event::Accepted { .. } => {
            "UPDATE referral_list SET step = 'accepted', chased_at = NULL WHERE stream = $1"
        }
        Event::Declined { .. } => "UPDATE referral_list SET step = 'declined' WHERE stream = $1",
        Event::QuestionAsked { .. } => "UPDATE referral_list SET question = 1 WHERE stream = $1",
        Event::QuestionAnswered { .. } => "UPDATE referral_list SET question = 0 WHERE stream = $1",
        Event::Engaged { .. } => {
            "UPDATE referral_list SET step = 'engaged', engaged_at = $2 WHERE stream = $1"
        }
        Event::Closed { .. } => {
            "UPDATE referral_list SET step = 'closed', ended_at = $2 WHERE stream = $1"
        }
        Event::Withdrawn { .. } => {
            "UPDATE referral_list SET step = 'withdrawn', ended_at = $2 WHERE stream = $1"
        }
        Event::Chased { .. } => "UPDATE referral_list SET chased_at = $2 WHERE stream = $1",
        Event::Escalated { .. } => {
            "UPDATE referral_list SET escalated_at = $2, escalations = escalations + 1
             WHERE stream = $1"
        }
    };
    let mut query = sqlx::query(statement).bind(&event.stream);
    if statement.contains("$2") {
        query = query.bind(at.0);
    }
    query.execute(tx).await?;
    Ok(())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT stream, incident, kind, basis, agency, step, at, due_at, acknowledge_by,
                sent_at, chased_at, escalated_at, escalations, question, engaged_at, ended_at,
                sealed FROM referral_list WHERE ",
            $rest
        )
    };
}

fn line(row: &SqliteRow) -> Line {
    let (stream, step): (String, String) = (row.get(0), row.get(5));
    let (due_at, acknowledge_by): (i64, Option<i64>) = (row.get(7), row.get(8));
    let early = [Step::Requested, Step::Sent, Step::Seen].map(Step::code);
    let owed = !matches!(step.as_str(), "engaged" | "closed" | "withdrawn");
    let next = if early.contains(&step.as_str()) { acknowledge_by } else { None };
    Line {
        id: stream.trim_start_matches("referral/").to_owned(),
        incident: row.get(1),
        kind: row.get(2),
        basis: row.get(3),
        agency: row.get(4),
        step,
        at: row.get(6),
        due_at,
        acknowledge_by,
        sent_at: row.get(9),
        chased_at: row.get(10),
        escalated_at: row.get(11),
        escalations: row.get(12),
        question: row.get(13),
        engaged_at: row.get(14),
        ended_at: row.get(15),
        next_at: owed.then(|| next.unwrap_or(due_at)),
    }
}

/// Those of one incident, oldest first.
pub(crate) async fn of_incident(engine: &Engine, incident: IncidentId) -> Result<Vec<Full>, Fault> {
    let rows = sqlx::query(select!("incident = $1 ORDER BY at LIMIT $2"))
        .bind(incident.to_string())
        .bind(limits::OF_INCIDENT_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let stream: String = row.get(0);
        let sealed: Option<Vec<u8>> = row.get(16);
        let said = engine.open_row::<Said>(&stream, sealed.as_deref()).await?;
        lines.push(Full { line: line(&row), said: said.into_known() });
    }
    Ok(lines)
}

/// Everything open, what is owed first on top; of one kind, when one is given.
pub(crate) async fn open(engine: &Engine) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("ended_at IS NULL ORDER BY due_at LIMIT $1"))
        .bind(limits::OPEN_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(by_time(rows.iter().map(line).collect()))
}

/// What one agency has now.
pub(crate) async fn open_of(engine: &Engine, agency: AgencyId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("agency = $1 AND ended_at IS NULL ORDER BY due_at LIMIT $2"))
        .bind(agency.to_string())
        .bind(limits::OPEN_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    let lines = rows.iter().map(line).filter(|line| line.step != "declined");
    Ok(by_time(lines.collect()))
}

/// What one agency had lately.
pub(crate) async fn ended_of(engine: &Engine, agency: AgencyId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!(
        "agency = $1 AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT $2"
    ))
    .bind(agency.to_string())
    .bind(limits::ENDED_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(line).collect())
}

/// A page of what one agency has or had, in the order in which it was asked for.
pub(crate) async fn page_of(
    engine: &Engine,
    agency: AgencyId,
    after: &str,
) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("agency = $1 AND stream > $2 ORDER BY stream LIMIT $3"))
        .bind(agency.to_string())
        .bind(format!("referral/{after}"))
        .bind(limits::PAGE_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(line).collect())
}

/// Everything that was asked for since, for the figures.
pub(crate) async fn since(engine: &Engine, from: i64) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("at >= $1 ORDER BY at DESC LIMIT $2"))
        .bind(from)
        .bind(limits::FIGURES_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    Ok(rows.iter().map(line).collect())
}

fn by_time(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_key(|line| (line.next_at.unwrap_or(i64::MAX), line.at, line.id.clone()));
    lines
}
