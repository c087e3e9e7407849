//! Read model: who is told something in a call about a matter, sealed under the call's key.
//! Personal: note the consultation before showing it.

use async_trait::async_trait;
use call::{CallId, Event};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use sqlx::Row;

/// The read model.
pub(crate) struct OfficerMatters;

#[async_trait]
impl ReadModel for OfficerMatters {
    fn name(&self) -> &'static str {
        "call_officer_matters"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["call_officer_matters"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE call_officer_matters (call TEXT PRIMARY KEY, sealed BLOB) STRICT"]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM call_officer_matters WHERE 'call/' || call = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.opened_for_matter.v1"
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Some(call) = CallId::of_stream(&event.stream) else { return Ok(()) };
        let Event::OpenedForMatter { name, .. } = event.decode()? else { return Ok(()) };
        let name = name.and_then(kernel::Personal::into_known).unwrap_or_default();
        let sealed = engine.seal_row(&event.stream, &name).await?;
        sqlx::query("INSERT OR REPLACE INTO call_officer_matters VALUES ($1, $2)")
            .bind(call.to_string())
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// Her name; empty where none was given or it is erased.
pub(crate) async fn name(engine: &Engine, call: CallId) -> Result<String, Fault> {
    let row = sqlx::query("SELECT sealed FROM call_officer_matters WHERE call = $1")
        .bind(call.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    let sealed: Option<Vec<u8>> = row.and_then(|row| row.get(0));
    let opened = engine.open_row::<String>(&call.stream(), sealed.as_deref()).await?;
    Ok(opened.into_known().unwrap_or_default())
}
