//! Read model: where each incident's case stands, and its open enquiries: codes, times and ids.
//! Nobody stands here, and nothing that was said.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use investigation::state::Stands;
use investigation::{Classified, Event, Investigation, InvestigationId, State, Tables};
use kernel::At;
use serde::Serialize;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use std::sync::Arc;

/// The read model.
pub(crate) struct List(pub(crate) Arc<Tables>);

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "investigation_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["investigation_list", "investigation_enquiries"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE investigation_list (
                incident TEXT PRIMARY KEY, due_at INTEGER NOT NULL, decision TEXT,
                coded INTEGER NOT NULL, missed INTEGER NOT NULL, statement TEXT NOT NULL,
                statement_at INTEGER, handed_due INTEGER) STRICT",
            "CREATE INDEX investigation_list_by_due ON investigation_list (decision, due_at)",
            "CREATE INDEX investigation_list_by_statement
                ON investigation_list (statement, statement_at)",
            "CREATE INDEX investigation_list_by_hand_off ON investigation_list (handed_due)",
            "CREATE TABLE investigation_enquiries (
                incident TEXT NOT NULL, number INTEGER NOT NULL, due_at INTEGER NOT NULL,
                owner TEXT, open INTEGER NOT NULL, PRIMARY KEY (incident, number)) STRICT",
            "CREATE INDEX investigation_enquiries_by_due
                ON investigation_enquiries (open, due_at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "incident.reported.v1" || kind.starts_with("investigation.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        if let Some(incident) = IncidentId::of_stream(&event.stream) {
            sqlx::query(
                "INSERT OR IGNORE INTO investigation_list
                 VALUES ($1, $2, NULL, 0, 0, 'none', NULL, NULL)",
            )
            .bind(incident.to_string())
            .bind(recording_due(&self.0, event)?.0)
            .execute(tx)
            .await?;
            return Ok(());
        }
        let Some(id) = InvestigationId::of_stream(&event.stream) else { return Ok(()) };
        let incident = IncidentId::from(id).to_string();
        enquiry(&incident, &event.decode()?, tx).await?;
        // The row is the state as it stands: an event that follows writes it once more.
        let (state, _) = engine.state::<Investigation>(&event.stream).await?;
        update(&incident, &state, tx).await
    }
}

/// By when somebody decides whether it is a crime.
//= Home Office Crime Recording Rules, general rules: recorded within 24 hours of the report
pub(crate) fn recording_due(tables: &Tables, reported: &Opened) -> Result<At, Fault> {
    let incident::Event::Reported { report } = reported.decode()? else {
        return Ok(reported.at.plus(tables.policy.recording()));
    };
    // What is written down later than it was said was reported when it was said.
    Ok(report.called_at.min(reported.at).plus(tables.policy.recording()))
}

async fn update(incident: &str, state: &State, tx: &mut Tx) -> Result<(), Fault> {
    let (decision, coded) = match &state.classified {
        None => (None, false),
        Some(Classified::Crime { code, .. }) => (Some("crime"), code.is_some()),
        Some(Classified::NonCrime { .. }) => (Some("non_crime"), true),
    };
    let waiting = state.hand_offs.last().filter(|one| one.taken_in.is_none());
    sqlx::query(
        "UPDATE investigation_list SET decision = $2, coded = $3, missed = $4, statement = $5,
            statement_at = $6, handed_due = $7 WHERE incident = $1",
    )
    .bind(incident)
    .bind(decision)
    .bind(coded)
    .bind(state.missed.is_some())
    .bind(statement(state))
    .bind(state.statement.kept_at.map(|at| at.0))
    .bind(waiting.map(|one| one.due.0))
    .execute(tx)
    .await?;
    Ok(())
}

/// How the statement stands, by a code.
pub(crate) fn statement(state: &State) -> &'static str {
    match state.statement.versions.last().map(|last| &last.stands) {
        _ if state.statement.text().is_empty() => "none",
        Some(Stands::Offered) => "offered",
        Some(Stands::Acknowledged(_)) => "acknowledged",
        Some(Stands::Disputed(..)) => "disputed",
        Some(Stands::Voided { .. }) => "voided",
        Some(Stands::TakenBack) | None => "draft",
    }
}

async fn enquiry(incident: &str, event: &Event, tx: &mut Tx) -> Result<(), Fault> {
    let query = match event {
        Event::EnquiryOpened { number, owner, due, .. }
        | Event::EnquiryMoved { number, owner, due } => {
            let put = "INSERT OR REPLACE INTO investigation_enquiries VALUES ($1, $2, $3, $4, 1)";
            let owner = owner.map(|owner| owner.stream());
            sqlx::query(put).bind(incident).bind(*number).bind(due.0).bind(owner)
        }
        Event::EnquiryFinished { number, .. } | Event::EnquiryDropped { number, .. } => {
            let end = "UPDATE investigation_enquiries SET open = 0
                WHERE incident = $1 AND number = $2";
            sqlx::query(end).bind(incident).bind(*number)
        }
        _ => return Ok(()),
    };
    query.execute(tx).await?;
    Ok(())
}

/// A case as the page of all cases shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) incident: String,
    pub(crate) reference: String,
    /// When it is due, or since when it stands so.
    pub(crate) at: i64,
    pub(crate) missed: bool,
    pub(crate) statement: String,
    /// Of an enquiry: which, and whose.
    pub(crate) number: Option<i64>,
    pub(crate) owner: Option<String>,
}

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Nobody has decided whether it is a crime.
    Undecided,
    /// A crime that is named in words alone.
    Uncoded,
    /// A line of enquiry is open.
    Enquiries,
    /// A statement that her word does not cover.
    Statements,
    /// The records system has not taken it in.
    HandOffs,
}

impl Lane {
    /// Every lane, in the order of the page.
    pub(crate) const ALL: [Self; 5] =
        [Self::Undecided, Self::Uncoded, Self::Enquiries, Self::Statements, Self::HandOffs];

    /// Its code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Uncoded => "uncoded",
            Self::Enquiries => "enquiries",
            Self::Statements => "statements",
            Self::HandOffs => "hand-offs",
        }
    }

    const fn statements(self) -> (&'static str, &'static str) {
        match self {
            Self::Undecided => (
                "SELECT incident, due_at, missed, statement, NULL, NULL FROM investigation_list
                 WHERE decision IS NULL ORDER BY due_at LIMIT $1",
                "SELECT COUNT(*) FROM investigation_list WHERE decision IS NULL",
            ),
            Self::Uncoded => (
                "SELECT incident, due_at, missed, statement, NULL, NULL FROM investigation_list
                 WHERE decision = 'crime' AND NOT coded ORDER BY due_at LIMIT $1",
                "SELECT COUNT(*) FROM investigation_list WHERE decision = 'crime' AND NOT coded",
            ),
            Self::Enquiries => (
                "SELECT incident, due_at, 0, '', number, owner FROM investigation_enquiries
                 WHERE open ORDER BY due_at LIMIT $1",
                "SELECT COUNT(*) FROM investigation_enquiries WHERE open",
            ),
            Self::Statements => (
                "SELECT incident, statement_at, missed, statement, NULL, NULL
                 FROM investigation_list
                 WHERE statement IN ('draft', 'offered', 'disputed', 'voided')
                 ORDER BY statement_at LIMIT $1",
                "SELECT COUNT(*) FROM investigation_list
                 WHERE statement IN ('draft', 'offered', 'disputed', 'voided')",
            ),
            Self::HandOffs => (
                "SELECT incident, handed_due, missed, statement, NULL, NULL
                 FROM investigation_list WHERE handed_due IS NOT NULL
                 ORDER BY handed_due LIMIT $1",
                "SELECT COUNT(*) FROM investigation_list WHERE handed_due IS NOT NULL",
            ),
        }
    }
}

/// Rows of a lane, the most pressing first, and how many there are.
pub(crate) async fn lane(engine: &Engine, lane: Lane) -> Result<(Vec<Row>, i64), Fault> {
    let (rows, count) = lane.statements();
    let pool = engine.reads().pool();
    let found = sqlx::query(rows).bind(limits::LANE_MAX).fetch_all(pool).await?;
    let all = sqlx::query_scalar(count).fetch_one(pool).await?;
    Ok((found.iter().map(row).collect(), all))
}

fn row(row: &SqliteRow) -> Row {
    let incident: String = row.get(0);
    let reference = incident.parse::<IncidentId>().map(|id| id.reference()).unwrap_or_default();
    Row {
        incident,
        reference,
        at: row.get::<Option<i64>, _>(1).unwrap_or_default(),
        missed: row.get(2),
        statement: row.get(3),
        number: row.get(4),
        owner: row.get(5),
    }
}

/// By when it must be decided whether this incident is a crime.
pub(crate) async fn due(engine: &Engine, incident: IncidentId) -> Result<Option<i64>, Fault> {
    let due = sqlx::query_scalar("SELECT due_at FROM investigation_list WHERE incident = $1")
        .bind(incident.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(due)
}
