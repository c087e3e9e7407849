//! Read model: which calls were opened for which application. Ids and times alone.

use ::call::{CallId, Event};
use ::disclosure::DisclosureId;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use sqlx::Row;

/// The read model.
pub(crate) struct CallList;

#[async_trait]
impl ReadModel for CallList {
    fn name(&self) -> &'static str {
        "disclosure_calls"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["disclosure_calls"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE disclosure_calls (
                call TEXT PRIMARY KEY, disclosure TEXT NOT NULL, opened_at INTEGER NOT NULL,
                finished_at INTEGER) STRICT",
            "CREATE INDEX disclosure_calls_by_matter ON disclosure_calls (disclosure, opened_at)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.opened_for_matter.v1" | "call.finished.v1")
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        match event.decode()? {
            Event::OpenedForMatter { matter, .. } => {
                let Some(id) = DisclosureId::of_stream(&matter) else { return Ok(()) };
                sqlx::query("INSERT OR REPLACE INTO disclosure_calls VALUES ($1, $2, $3, NULL)")
                    .bind(call.to_string())
                    .bind(id.to_string())
                    .bind(event.at.0)
                    .execute(tx)
                    .await?;
            }
            Event::Finished { .. } => {
                sqlx::query("UPDATE disclosure_calls SET finished_at = $2 WHERE call = $1")
                    .bind(call.to_string())
                    .bind(event.at.0)
                    .execute(tx)
                    .await?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// How many there were, and the last one with its end.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Calls {
    pub(crate) count: i64,
    pub(crate) last: Option<(CallId, Option<i64>)>,
}

pub(crate) async fn all(engine: &Engine, id: DisclosureId) -> Result<Calls, Fault> {
    let row = sqlx::query(
        "SELECT call, finished_at, (SELECT COUNT(*) FROM disclosure_calls WHERE disclosure = $1)
         FROM disclosure_calls WHERE disclosure = $1 ORDER BY opened_at DESC, call DESC LIMIT 1",
    )
    .bind(id.to_string())
    .fetch_optional(engine.reads().pool())
    .await?;
    let Some(row) = row else { return Ok(Calls::default()) };
    let call = row.get::<String, _>(0).parse::<CallId>().ok();
    Ok(Calls { count: row.get(2), last: call.map(|call| (call, row.get(1))) })
}

/// The call that goes on, if one does.
pub(crate) async fn open(engine: &Engine, id: DisclosureId) -> Result<Option<CallId>, Fault> {
    let last = all(engine, id).await?.last;
    Ok(last.filter(|(_, finished)| finished.is_none()).map(|(call, _)| call))
}
