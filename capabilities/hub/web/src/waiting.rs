//! The read model of calls as the hub counts them: who waits, who is answered. Nothing here is
//! about a person.

use async_trait::async_trait;
use call::Event;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use sqlx::Row;

/// Calls that are not finished.
pub(crate) struct Calls;

#[async_trait]
impl ReadModel for Calls {
    fn name(&self) -> &'static str {
        "hub_calls"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["hub_calls"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE hub_calls (
            stream TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, officer TEXT) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "call.opened.v1" | "call.picked_up.v1" | "call.handed_over.v1" | "call.finished.v1"
        )
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let (statement, officer) = match event.decode::<Event>()? {
            Event::Opened { .. } => ("INSERT INTO hub_calls VALUES ($1, $2, $3)", None),
            Event::PickedUp { by } => (OFFICER, Some(by)),
            Event::HandedOver { to, .. } => (OFFICER, Some(to)),
            Event::Finished { .. } => {
                sqlx::query("DELETE FROM hub_calls WHERE stream = $1")
                    .bind(&event.stream)
                    .execute(tx)
                    .await?;
                return Ok(());
            }
            _ => return Ok(()),
        };
        sqlx::query(statement)
            .bind(&event.stream)
            .bind(event.at.0)
            .bind(officer.map(|id| id.to_string()))
            .execute(tx)
            .await?;
        Ok(())
    }
}

const OFFICER: &str = "UPDATE hub_calls SET officer = $3 WHERE stream = $1 AND $2 IS NOT NULL";

/// People who said yes and whom nobody answers yet: how many, and since when the longest.
pub(crate) async fn waiting(engine: &Engine) -> Result<(u32, Option<i64>), Fault> {
    let row = sqlx::query("SELECT count(*), min(opened_at) FROM hub_calls WHERE officer IS NULL")
        .fetch_one(engine.reads().pool())
        .await?;
    Ok((row.get::<i64, _>(0) as u32, row.get(1)))
}
