//! What is owed to somebody, and by when. Each capability says which of its events make, move,
//! keep or end a promise; one read model holds them all, so that one board can show them by the
//! time that is left. Codes, times and streams only: nothing personal.

use crate::{Engine, Fault, Opened, ReadModel, Tx};
use async_trait::async_trait;
use kernel::At;
use std::sync::Arc;

/// What an event does to a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promised {
    /// It is owed by then; made again, it moves there.
    Made {
        /// By when.
        due: At,
        /// The stream of the incident it belongs to, where it belongs to one.
        incident: Option<String>,
    },
    /// It was kept; whether in time, its row says.
    Kept,
    /// It is not owed any more, and was not kept: withdrawn, or no longer needed.
    Ended,
}

/// One promise that an event changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseChange {
    /// The stream that owes it.
    pub stream: String,
    /// Which of that stream's promises, e.g. `first_contact`; its words stand in the Fluent files
    /// as `promise-<owner>-<name>`.
    pub name: String,
    /// What happens to it.
    pub change: Promised,
}

/// The promises of one capability.
pub trait Promises: Send + Sync + 'static {
    /// Unique name: the capability's noun.
    fn name(&self) -> &'static str;
    /// Whether it cares for this kind of event.
    fn wants(&self, kind: &str) -> bool;
    /// What an event changes.
    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault>;
}

/// The read model of all promises: `engine_promises`, one row each, kept ones too.
pub(crate) struct PromiseList(pub(crate) Arc<Vec<Arc<dyn Promises>>>);

#[async_trait]
impl ReadModel for PromiseList {
    fn name(&self) -> &'static str {
        "engine_promises"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["engine_promises"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE engine_promises (
                owner TEXT NOT NULL, stream TEXT NOT NULL, name TEXT NOT NULL, incident TEXT,
                made_at INTEGER NOT NULL, due_at INTEGER NOT NULL, kept_at INTEGER,
                ended_at INTEGER, PRIMARY KEY (owner, stream, name)) STRICT",
            "CREATE INDEX engine_promises_open ON engine_promises (due_at)
             WHERE kept_at IS NULL AND ended_at IS NULL",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        self.0.iter().any(|owner| owner.wants(kind))
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        for owner in self.0.iter().filter(|owner| owner.wants(&event.kind)) {
            for change in owner.on(event)? {
                take(owner.name(), &change, event.at, tx).await?;
            }
        }
        Ok(())
    }
}

async fn take(owner: &str, change: &PromiseChange, at: At, tx: &mut Tx) -> Result<(), Fault> {
    let statement = match &change.change {
        Promised::Made { .. } => {
            "INSERT INTO engine_promises VALUES ($1, $2, $3, $5, $4, $6, NULL, NULL)
             ON CONFLICT (owner, stream, name) DO UPDATE SET
                due_at = $6, kept_at = NULL, ended_at = NULL"
        }
        Promised::Kept => {
            "UPDATE engine_promises SET kept_at = coalesce(kept_at, $4)
             WHERE owner = $1 AND stream = $2 AND name = $3 AND ended_at IS NULL"
        }
        Promised::Ended => {
            "UPDATE engine_promises SET ended_at = coalesce(ended_at, $4)
             WHERE owner = $1 AND stream = $2 AND name = $3 AND kept_at IS NULL"
        }
    };
    let query = sqlx::query(statement).bind(owner).bind(&change.stream).bind(&change.name);
    let query = query.bind(at.0);
    match &change.change {
        Promised::Made { due, incident } => {
            query.bind(incident.as_deref()).bind(due.0).execute(tx).await?
        }
        Promised::Kept | Promised::Ended => query.execute(tx).await?,
    };
    Ok(())
}
