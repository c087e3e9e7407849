//! The denominator: how many were asked, eligible, offered, accepted, and lost because nobody
//! was free. One row an incident, nothing personal.

use async_trait::async_trait;
use axum::extract::State;
use axum::response::Response;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::At;
use serde::Serialize;
use sqlx::Row as _;
use ui::{App, Serde, View, context};

/// The read model.
pub(crate) struct Figures;

/// A statement that counts an incident in one column.
macro_rules! count {
    ($column:literal) => {
        concat!("UPDATE incident_figures SET ", $column, " = 1 WHERE stream = $1")
    };
}

/// Kind of event, and the column that it sets.
const COLUMNS: [(&str, &str); 8] = [
    ("incident.screening_answered.v1", count!("asked")),
    ("incident.screened.v1", count!("screened")),
    ("incident.offered.v1", count!("offered")),
    ("incident.offer_accepted.v1", count!("accepted")),
    ("incident.offer_declined.v1", count!("declined")),
    ("incident.offer_lost.v1", count!("lost")),
    ("incident.line_cleared.v1", count!("faced")),
    ("incident.target_missed.v1", count!("missed")),
];

#[async_trait]
impl ReadModel for Figures {
    fn name(&self) -> &'static str {
        "incident_figures"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["incident_figures"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE incident_figures (
                stream TEXT PRIMARY KEY, reported_at INTEGER NOT NULL,
                asked INTEGER NOT NULL DEFAULT 0, screened INTEGER NOT NULL DEFAULT 0,
                eligible INTEGER NOT NULL DEFAULT 0, offered INTEGER NOT NULL DEFAULT 0,
                accepted INTEGER NOT NULL DEFAULT 0, declined INTEGER NOT NULL DEFAULT 0,
                lost INTEGER NOT NULL DEFAULT 0, faced INTEGER NOT NULL DEFAULT 0,
                missed INTEGER NOT NULL DEFAULT 0) STRICT",
            "CREATE INDEX incident_figures_by_time ON incident_figures (reported_at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "incident.reported.v1" || COLUMNS.iter().any(|(known, _)| *known == kind)
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        if event.kind == "incident.reported.v1" {
            let insert =
                "INSERT OR IGNORE INTO incident_figures (stream, reported_at) VALUES ($1, $2)";
            sqlx::query(insert).bind(&event.stream).bind(event.at.0).execute(&mut *tx).await?;
        }
        for (_, statement) in COLUMNS.iter().filter(|(kind, _)| *kind == event.kind) {
            set(statement, &event.stream, tx).await?;
        }
        if event.kind == "incident.screened.v1"
            && let incident::Event::Screened { outcome } = event.decode()?
            && matches!(outcome, incident::screening::Outcome::Eligible { .. })
        {
            set(count!("eligible"), &event.stream, tx).await?;
        }
        Ok(())
    }
}

async fn set(statement: &'static str, stream: &str, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query(statement).bind(stream).execute(tx).await?;
    Ok(())
}

/// The counts since an instant. Each incident counts once in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    pub(crate) reported: i64,
    pub(crate) asked: i64,
    pub(crate) eligible: i64,
    pub(crate) offered: i64,
    pub(crate) accepted: i64,
    pub(crate) lost: i64,
    pub(crate) missed: i64,
}

/// Counts what was reported since `from`.
pub(crate) async fn since(engine: &Engine, from: At) -> Result<Counts, Fault> {
    let row = sqlx::query(
        "SELECT COUNT(*), COALESCE(SUM(asked), 0), COALESCE(SUM(eligible), 0),
            COALESCE(SUM(offered), 0), COALESCE(SUM(accepted), 0), COALESCE(SUM(lost), 0),
            COALESCE(SUM(missed), 0)
         FROM incident_figures WHERE reported_at >= $1",
    )
    .bind(from.0)
    .fetch_one(engine.reads().pool())
    .await?;
    Ok(Counts {
        reported: row.get(0),
        asked: row.get(1),
        eligible: row.get(2),
        offered: row.get(3),
        accepted: row.get(4),
        lost: row.get(5),
        missed: row.get(6),
    })
}

/// The last day, as a fragment.
pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    let from = app.engine().now().minus(kernel::time::hours(24));
    match since(app.engine(), from).await {
        Ok(counts) => view.page("incident/figures.html", context! { counts => Serde(&counts) }),
        Err(fault) => view.fault(&fault),
    }
}
