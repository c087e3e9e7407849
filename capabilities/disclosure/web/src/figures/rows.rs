//! Read model: one row an application, by route, day and end. Nothing of a person; the rows
//! outlive the applications, since a force is asked for years that are over.

use ::disclosure::figures::{Ending, Row as Counted};
use ::disclosure::{Channel, ClosureReason, Event, Route};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::At;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Rows read at once: more applications than all forces of the country together have in a
/// decade.
const ROWS_MAX: i64 = 1_000_000;

/// The read model.
pub(crate) struct Rows;

#[async_trait]
impl ReadModel for Rows {
    fn name(&self) -> &'static str {
        "disclosure_figures"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["disclosure_figures"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE disclosure_figures (
            stream TEXT PRIMARY KEY, route TEXT NOT NULL, applied_at INTEGER NOT NULL,
            ending TEXT NOT NULL, told_at INTEGER, channel TEXT) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "disclosure.applied.v1"
                | "disclosure.left_for_emergency.v1"
                | "disclosure.made.v1"
                | "disclosure.closed.v1"
        )
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let stream = &event.stream;
        match event.decode()? {
            Event::Applied { route, .. } => begins(stream, route, event.at, Ending::Open, tx).await,
            Event::LeftForEmergency { route, .. } => {
                begins(stream, route, event.at, Ending::Emergency, tx).await
            }
            Event::Made { channel, told_at, .. } => {
                ends(stream, Ending::Disclosed, Some((told_at, channel)), tx).await
            }
            Event::Closed { reason, .. } => ends(stream, ending(reason), None, tx).await,
            _ => Ok(()),
        }
    }
}

const fn ending(reason: ClosureReason) -> Ending {
    match reason {
        ClosureReason::Decided | ClosureReason::UndertakingRefused => Ending::NotDisclosed,
        ClosureReason::Emergency => Ending::Emergency,
        ClosureReason::Withdrawn
        | ClosureReason::NotInScheme
        | ClosureReason::Unreachable
        | ClosureReason::Duplicate => Ending::EndedOtherwise,
    }
}

async fn begins(
    stream: &str,
    route: Route,
    at: At,
    ending: Ending,
    tx: &mut Tx,
) -> Result<(), Fault> {
    sqlx::query(
        "INSERT OR REPLACE INTO disclosure_figures (stream, route, applied_at, ending)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(stream)
    .bind(route.code())
    .bind(at.0)
    .bind(ending.code())
    .execute(tx)
    .await?;
    Ok(())
}

async fn ends(
    stream: &str,
    ending: Ending,
    told: Option<(At, Channel)>,
    tx: &mut Tx,
) -> Result<(), Fault> {
    sqlx::query(
        "UPDATE disclosure_figures SET ending = $2, told_at = $3, channel = $4 WHERE stream = $1",
    )
    .bind(stream)
    .bind(ending.code())
    .bind(told.map(|(at, _)| at.0))
    .bind(told.map(|(_, channel)| channel.code()))
    .execute(tx)
    .await?;
    Ok(())
}

/// Every application there ever was.
pub(crate) async fn all(engine: &Engine) -> Result<Vec<Counted>, Fault> {
    let rows = sqlx::query(
        "SELECT route, applied_at, ending, told_at, channel FROM disclosure_figures
         ORDER BY applied_at LIMIT $1",
    )
    .bind(ROWS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().filter_map(read).collect())
}

fn read(row: &SqliteRow) -> Option<Counted> {
    let told_at = row.get::<Option<i64>, _>(3).map(At);
    let channel = row.get::<Option<String>, _>(4);
    let channel = channel.and_then(|code| Channel::of_code(&code));
    Some(Counted {
        route: Route::of_code(row.get(0))?,
        applied_at: At(row.get(1)),
        ending: Ending::of_code(row.get(2))?,
        told: told_at.zip(channel),
    })
}
