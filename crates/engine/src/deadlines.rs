//! Time as a cause: what falls due is kept in a read model, and fired once the clock says so.

use crate::{Engine, Fault, Opened, ReadModel, Tx, limits};
use async_trait::async_trait;
use kernel::At;
use sqlx::Row;
use std::sync::Arc;
use std::time::Duration;

/// A deadline that an event set, moved or cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineChange {
    /// The stream it is about.
    pub stream: String,
    /// Its name within the capability, e.g. `invitation_expires`.
    pub name: &'static str,
    /// When it falls due; `None` clears it.
    pub due: Option<At>,
}

/// One capability's deadlines.
#[async_trait]
pub trait Deadlines: Send + Sync + 'static {
    /// The capability.
    fn name(&self) -> &'static str;
    /// Whether it cares for this kind of event.
    fn wants(&self, kind: &str) -> bool;
    /// What an event sets or clears.
    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault>;
    /// Gives the command that is due. A refusal is an answer too: return `Ok`.
    async fn fire(&self, engine: &Engine, stream: &str, name: &str, due: At) -> Result<(), Fault>;
}

/// The read model of everything that will fall due.
pub(crate) struct DueList(pub(crate) Arc<Vec<Arc<dyn Deadlines>>>);

#[async_trait]
impl ReadModel for DueList {
    fn name(&self) -> &'static str {
        "engine_deadlines"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["engine_deadlines"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE engine_deadlines (
                owner TEXT NOT NULL, stream TEXT NOT NULL, name TEXT NOT NULL,
                due_at INTEGER NOT NULL, not_before INTEGER NOT NULL,
                PRIMARY KEY (owner, stream, name)) STRICT",
            "CREATE INDEX engine_deadlines_by_due ON engine_deadlines (not_before)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        self.0.iter().any(|d| d.wants(kind))
    }

    async fn apply(&self, _engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        for owner in self.0.iter().filter(|d| d.wants(&event.kind)) {
            for change in owner.on(event)? {
                let statement = match change.due {
                    Some(_) => {
                        "INSERT OR REPLACE INTO engine_deadlines
                         VALUES ($1, $2, $3, $4, $4)"
                    }
                    None => {
                        "DELETE FROM engine_deadlines
                         WHERE owner = $1 AND stream = $2 AND name = $3"
                    }
                };
                let query =
                    sqlx::query(statement).bind(owner.name()).bind(change.stream).bind(change.name);
                match change.due {
                    Some(due) => query.bind(due.0).execute(&mut *tx).await?,
                    None => query.execute(&mut *tx).await?,
                };
            }
        }
        Ok(())
    }
}

/// Fires what is due. Returns how many were fired.
pub(crate) async fn fire_due(
    engine: &Engine,
    owners: &[Arc<dyn Deadlines>],
) -> Result<usize, Fault> {
    let now = engine.now();
    let writer = engine.reads().writer();
    let rows = sqlx::query(
        "SELECT owner, stream, name, due_at FROM engine_deadlines
         WHERE not_before <= $1 ORDER BY due_at LIMIT 100",
    )
    .bind(now.0)
    .fetch_all(writer)
    .await?;
    for row in &rows {
        let (owner, stream, name): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let due = At(row.get(3));
        let Some(deadlines) = owners.iter().find(|d| d.name() == owner) else { continue };
        let fired = deadlines.fire(engine, &stream, &name, due).await;
        // A row that its own firing moved to a new time must stay.
        let statement = match &fired {
            Ok(()) => {
                "DELETE FROM engine_deadlines
                 WHERE owner = $1 AND stream = $2 AND name = $3 AND due_at = $4"
            }
            Err(_) => {
                "UPDATE engine_deadlines SET not_before = $5
                 WHERE owner = $1 AND stream = $2 AND name = $3 AND due_at = $4"
            }
        };
        let mut query = sqlx::query(statement).bind(&owner).bind(&stream).bind(&name).bind(due.0);
        if let Err(fault) = fired {
            tracing::error!(owner, deadline = name, %fault, "a deadline could not be fired");
            let again: Duration = limits::work_delay(3);
            query = query.bind(now.plus(again).0);
        }
        query.execute(writer).await?;
    }
    Ok(rows.len())
}
