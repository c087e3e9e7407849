//! Read model: every request, its clocks in clear, what was said sealed under its own key.
//! Personal: note the consultation before showing any of what was said.

use crate::limits;
use arrest::{Arrest, ArrestId, Event};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

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
    #[serde(default)]
    pub(crate) wishes: String,
}

/// One request as boards show it: nobody stands here.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) incident: String,
    pub(crate) reference: String,
    pub(crate) at: i64,
    pub(crate) risk: Option<String>,
    pub(crate) stage: String,
    pub(crate) team: Option<String>,
    pub(crate) holder: Option<String>,
    pub(crate) attempts: i64,
    pub(crate) attempt_due: Option<i64>,
    pub(crate) circulated: bool,
    pub(crate) outcome: Option<String>,
    pub(crate) tell_by: Option<i64>,
    pub(crate) asked: bool,
    pub(crate) changed_at: i64,
}

/// The same with what was said, for the panel.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    #[serde(flatten)]
    pub(crate) row: Row,
    #[serde(flatten)]
    pub(crate) said: Option<Said>,
}

/// A statement over the list, with the columns that `row` reads.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT stream, incident, at, risk, stage, team, holder, attempts, attempt_due,
                circulated, outcome, tell_by, asked, changed_at, sealed FROM arrest_list ",
            $rest
        )
    };
}

fn row(row: &SqliteRow) -> Row {
    let stream: String = row.get(0);
    let incident: String = row.get(1);
    let reference = incident.parse::<IncidentId>().map(|id| id.reference()).unwrap_or_default();
    Row {
        id: stream.trim_start_matches("arrest/").to_owned(),
        incident,
        reference,
        at: row.get(2),
        risk: row.get(3),
        stage: row.get(4),
        team: row.get(5),
        holder: row.get(6),
        attempts: row.get(7),
        attempt_due: row.get(8),
        circulated: row.get(9),
        outcome: row.get(10),
        tell_by: row.get(11),
        asked: row.get(12),
        changed_at: row.get(13),
    }
}

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "arrest_list"
    }

    fn version(&self) -> u32 {
        3
    }

    fn tables(&self) -> &'static [&'static str] {
        &["arrest_list"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE arrest_list (
                stream TEXT PRIMARY KEY, incident TEXT NOT NULL, at INTEGER NOT NULL,
                reported_at INTEGER, risk TEXT, stage TEXT NOT NULL, team TEXT, holder TEXT,
                attempts INTEGER NOT NULL, attempt_due INTEGER, circulated INTEGER NOT NULL,
                arrested_at INTEGER, attended_at INTEGER, outcome TEXT, tell_by INTEGER,
                asked INTEGER NOT NULL, changed_at INTEGER NOT NULL, mark BLOB,
                sealed BLOB) STRICT",
            "CREATE INDEX arrest_list_by_incident ON arrest_list (incident, at)",
            "CREATE INDEX arrest_list_by_stage ON arrest_list (stage, risk, at)",
            "CREATE INDEX arrest_list_by_time ON arrest_list (at)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["UPDATE arrest_list SET sealed = NULL, mark = NULL WHERE stream = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("arrest.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        if let Event::Requested { .. } = event.decode()? {
            insert(engine, event, tx).await?;
        }
        // The row is the state as it stands: an event that follows writes it once more.
        let (state, _) = engine.state::<Arrest>(&event.stream).await?;
        sqlx::query(
            "UPDATE arrest_list SET risk = $2, stage = $3, team = $4, holder = $5, attempts = $6,
                attempt_due = $7, circulated = $8, arrested_at = $9, attended_at = $10,
                outcome = $11, tell_by = $12, asked = $13, changed_at = $14 WHERE stream = $1",
        )
        .bind(&event.stream)
        .bind(state.risk.map(arrest::RiskGrade::code))
        .bind(state.stage.code())
        .bind(state.team)
        .bind(state.holder.map(|holder| holder.stream()))
        .bind(i64::from(state.attempts))
        .bind(state.attempt_due.map(|at| at.0))
        .bind(state.circulated)
        .bind(state.arrested_at.map(|at| at.0))
        .bind(state.attended_at.map(|at| at.0))
        .bind(state.outcome)
        .bind(state.tell_by.map(|at| at.0))
        .bind(state.withdrawal.is_some())
        .bind(event.at.0)
        .execute(tx)
        .await?;
        Ok(())
    }
}

async fn insert(engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let Event::Requested {
        incident,
        suspect,
        grounds,
        necessity,
        necessity_words,
        whereabouts,
        risks,
        wishes,
        reported_at,
        ..
    } = event.decode()?
    else {
        return Ok(());
    };
    let known = |one: Personal<String>| one.into_known().unwrap_or_default();
    let said = Said {
        suspect: known(suspect),
        grounds: known(grounds),
        necessity: necessity.iter().map(|one| one.code().to_owned()).collect(),
        necessity_words: known(necessity_words),
        whereabouts: known(whereabouts),
        risks: known(risks),
        wishes: wishes.map(known).unwrap_or_default(),
    };
    let sealed = engine.seal_row(&event.key, &said).await?;
    let mark = sealed.as_ref().map(|_| mark(engine, incident, &said.suspect));
    sqlx::query(
        "INSERT OR REPLACE INTO arrest_list (stream, incident, at, reported_at, stage, attempts,
            circulated, asked, changed_at, mark, sealed)
         VALUES ($1, $2, $3, $4, 'requested', 0, 0, 0, $3, $5, $6)",
    )
    .bind(&event.stream)
    .bind(incident.to_string())
    .bind(event.at.0)
    .bind(reported_at.map(|at| at.0))
    .bind(mark)
    .bind(sealed)
    .execute(tx)
    .await?;
    Ok(())
}

/// The blind index of a suspect within one incident: letters and digits alone count.
fn mark(engine: &Engine, incident: IncidentId, suspect: &str) -> Vec<u8> {
    engine.blind(&format!("arrest/{incident}"), &names::name(suspect)).to_vec()
}

/// Whether there is an open request for this person in this incident, and how many requests the
/// incident has had.
pub(crate) async fn standing(
    engine: &Engine,
    incident: IncidentId,
    suspect: &str,
) -> Result<(bool, i64), Fault> {
    let found = sqlx::query(
        "SELECT COUNT(*), COALESCE(SUM(mark IS $2 AND stage NOT IN ('closed', 'withdrawn')), 0)
         FROM arrest_list WHERE incident = $1",
    )
    .bind(incident.to_string())
    .bind(mark(engine, incident, suspect))
    .fetch_one(engine.reads().pool())
    .await?;
    Ok((found.get::<i64, _>(1) > 0, found.get(0)))
}

/// Those of one incident, oldest first, with what was said.
pub(crate) async fn of_incident(engine: &Engine, incident: IncidentId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(select!("WHERE incident = $1 ORDER BY at LIMIT $2"))
        .bind(incident.to_string())
        .bind(limits::OF_INCIDENT_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for one in &rows {
        lines.push(line(engine, one).await?);
    }
    Ok(lines)
}

/// One, with what was said.
pub(crate) async fn one(engine: &Engine, id: ArrestId) -> Result<Option<Line>, Fault> {
    let found = sqlx::query(select!("WHERE stream = $1"))
        .bind(id.stream())
        .fetch_optional(engine.reads().pool())
        .await?;
    match found {
        Some(found) => line(engine, &found).await.map(Some),
        None => Ok(None),
    }
}

async fn line(engine: &Engine, found: &SqliteRow) -> Result<Line, Fault> {
    let (stream, sealed): (String, Option<Vec<u8>>) = (found.get(0), found.get(14));
    let said = engine.open_row::<Said>(&stream, sealed.as_deref()).await?;
    Ok(Line { row: row(found), said: said.into_known() })
}

/// One lane of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// She is still to be told.
    Tell,
    /// He is wanted, at this risk; nothing: nobody has graded it.
    Wanted(Option<arrest::RiskGrade>),
    /// Arrested or attended, and not put away.
    After,
}

/// Rows of a lane, the oldest first (of tellings: the first due), and how many there are.
/// `team`: that team's alone; empty: every team's.
pub(crate) async fn lane(
    engine: &Engine,
    lane: Lane,
    team: &str,
) -> Result<(Vec<Row>, i64), Fault> {
    let (rows, count) = match lane {
        Lane::Tell => (
            select!(
                "WHERE tell_by IS NOT NULL AND ($1 = '' OR team = $1)
                AND $2 IS NULL ORDER BY tell_by LIMIT $3"
            ),
            "SELECT COUNT(*) FROM arrest_list
             WHERE tell_by IS NOT NULL AND ($1 = '' OR team = $1) AND $2 IS NULL",
        ),
        Lane::Wanted(_) => (
            select!(
                "WHERE stage IN ('requested', 'assigned', 'taken') AND ($1 = '' OR team = $1)
                AND risk IS $2 ORDER BY at LIMIT $3"
            ),
            "SELECT COUNT(*) FROM arrest_list
             WHERE stage IN ('requested', 'assigned', 'taken') AND ($1 = '' OR team = $1)
                AND risk IS $2",
        ),
        Lane::After => (
            select!(
                "WHERE stage IN ('arrested', 'attended') AND tell_by IS NULL
                AND ($1 = '' OR team = $1) AND $2 IS NULL ORDER BY at LIMIT $3"
            ),
            "SELECT COUNT(*) FROM arrest_list
             WHERE stage IN ('arrested', 'attended') AND tell_by IS NULL
                AND ($1 = '' OR team = $1) AND $2 IS NULL",
        ),
    };
    let risk = match lane {
        Lane::Wanted(risk) => risk.map(arrest::RiskGrade::code),
        Lane::Tell | Lane::After => None,
    };
    let pool = engine.reads().pool();
    let found = sqlx::query(rows).bind(team).bind(risk).bind(limits::LANE_MAX);
    let found = found.fetch_all(pool).await?;
    let all: i64 = sqlx::query_scalar(count).bind(team).bind(risk).fetch_one(pool).await?;
    Ok((found.iter().map(row).collect(), all))
}

/// Whether she is still to be told of something in this incident, leaving one stream out.
pub(crate) async fn owed_but(
    engine: &Engine,
    incident: IncidentId,
    but: &str,
) -> Result<bool, Fault> {
    let owed: i64 = sqlx::query_scalar(
        "SELECT (SELECT COUNT(*) FROM arrest_list
            WHERE incident = $1 AND stream <> $2 AND tell_by IS NOT NULL)
         + (SELECT COUNT(*) FROM order_list
            WHERE incident = $1 AND stream <> $2 AND tell_by IS NOT NULL)",
    )
    .bind(incident.to_string())
    .bind(but)
    .fetch_one(engine.reads().pool())
    .await?;
    Ok(owed > 0)
}

/// The same as what stands against closing an incident.
//= Code of Practice for Victims of Crime in England and Wales 2021, right 6: she is told, so a
//=  case is not put away while she waits to hear
pub(crate) fn against_closing(engine: Engine, incident: String) -> ui::Why {
    Box::pin(async move {
        let Some(incident) = IncidentId::of_stream(&incident) else { return Ok(None) };
        let owed = owed_but(&engine, incident, "").await?;
        Ok(owed.then(|| arrest::Refusal::TellHerFirst.to_string()))
    })
}

/// Of one request, what is counted.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) risk: Option<String>,
    pub(crate) since: At,
    pub(crate) arrested_at: Option<At>,
    pub(crate) attended: bool,
    pub(crate) withdrawn: bool,
}

/// What was asked since `from`.
pub(crate) async fn counted(engine: &Engine, from: At) -> Result<Vec<Counted>, Fault> {
    let rows = sqlx::query(
        "SELECT risk, COALESCE(reported_at, at), arrested_at, attended_at IS NOT NULL,
            stage = 'withdrawn' FROM arrest_list WHERE at >= $1 ORDER BY at DESC LIMIT $2",
    )
    .bind(from.0)
    .bind(limits::COUNTED_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let read = |row: &SqliteRow| Counted {
        risk: row.get(0),
        since: At(row.get(1)),
        arrested_at: row.get::<Option<i64>, _>(2).map(At),
        attended: row.get(3),
        withdrawn: row.get(4),
    };
    Ok(rows.iter().map(read).collect())
}
