//! Read model: where each assessment stands, in codes and times. Nobody stands here.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use risk::{Event, Grade, Risk, RiskId};
use serde::Serialize;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

/// The read model.
pub(crate) struct List;

/// One assessment, as the board shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) grade: Option<String>,
    pub(crate) second: Option<String>,
    pub(crate) second_due: Option<i64>,
    pub(crate) reassess_due: Option<i64>,
    pub(crate) causes: Vec<String>,
    pub(crate) visit_at: Option<i64>,
    pub(crate) disagreed_at: Option<i64>,
}

#[async_trait]
impl ReadModel for List {
    fn name(&self) -> &'static str {
        "risk_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["risk_list"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE risk_list (
                stream TEXT PRIMARY KEY, grade TEXT, second TEXT, second_due INTEGER,
                reassess_due INTEGER, causes TEXT NOT NULL, unseen INTEGER NOT NULL,
                visit_at INTEGER, disagreed_at INTEGER) STRICT",
            "CREATE INDEX risk_list_second ON risk_list (second_due)
             WHERE second_due IS NOT NULL",
            "CREATE INDEX risk_list_again ON risk_list (reassess_due)
             WHERE reassess_due IS NOT NULL",
            "CREATE INDEX risk_list_differ ON risk_list (disagreed_at)
             WHERE disagreed_at IS NOT NULL",
            "CREATE INDEX risk_list_unseen ON risk_list (stream) WHERE unseen",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("risk.")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        // The row is the state as it stands: an event that follows writes it once more.
        let (state, _) = engine.state::<Risk>(&event.stream).await?;
        let Some(known) = state.assessment() else { return Ok(()) };
        let disagreed = matches!(event.decode()?, Event::SecondGraded { agrees: false, .. });
        let causes = known.reassess.iter().flat_map(|owed| owed.causes.keys());
        let causes: Vec<_> = causes.map(|cause| cause.code()).collect();
        sqlx::query(
            "INSERT INTO risk_list VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (stream) DO UPDATE SET grade = $2, second = $3, second_due = $4,
                reassess_due = $5, causes = $6, unseen = $7, visit_at = $8,
                disagreed_at = COALESCE($9, disagreed_at)",
        )
        .bind(&event.stream)
        .bind(known.graded.as_ref().map(|graded| graded.grade.code()))
        .bind(known.second.as_ref().map(|second| second.grade).map(Grade::code))
        .bind(known.second_due.map(|due| due.0))
        .bind(known.reassess.as_ref().map(|owed| owed.due.0))
        .bind(causes.join(" "))
        .bind(state.against_closing().is_some())
        .bind(known.visit.as_ref().map(|visit| visit.at.0))
        .bind(disagreed.then_some(event.at.0))
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// A statement over the list, with the columns that `row` reads.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT stream, grade, second, second_due, reassess_due, causes, visit_at,
                disagreed_at FROM risk_list ",
            $rest
        )
    };
}

fn row(row: &SqliteRow) -> Option<Row> {
    let risk = RiskId::of_stream(row.get(0))?;
    let causes: String = row.get(5);
    Some(Row {
        id: risk.to_string(),
        reference: IncidentId::from(risk).reference(),
        grade: row.get(1),
        second: row.get(2),
        second_due: row.get(3),
        reassess_due: row.get(4),
        causes: causes.split_whitespace().map(str::to_owned).collect(),
        visit_at: row.get(6),
        disagreed_at: row.get(7),
    })
}

/// Which part of the board.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    /// A second grade is owed.
    Second,
    /// A new assessment is owed.
    Again,
    /// Nobody saw her, and nobody has allowed the close.
    Unseen,
    /// The two who graded it differed, newest first.
    Differ,
}

/// The rows of a part, the first due first.
pub(crate) async fn part(engine: &Engine, part: Part) -> Result<Vec<Row>, Fault> {
    let (statement, most) = match part {
        Part::Second => (
            select!("WHERE second_due IS NOT NULL ORDER BY second_due LIMIT $1"),
            limits::BOARD_MAX,
        ),
        Part::Again => (
            select!("WHERE reassess_due IS NOT NULL ORDER BY reassess_due LIMIT $1"),
            limits::BOARD_MAX,
        ),
        Part::Unseen => (select!("WHERE unseen ORDER BY stream LIMIT $1"), limits::BOARD_MAX),
        Part::Differ => (
            select!("WHERE disagreed_at IS NOT NULL ORDER BY disagreed_at DESC LIMIT $1"),
            limits::DISAGREEMENTS_MAX,
        ),
    };
    let pool = engine.reads().pool();
    let rows = sqlx::query(statement).bind(most).fetch_all(pool).await?;
    Ok(rows.iter().filter_map(row).collect())
}
