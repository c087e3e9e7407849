//! Due work: texts, e-mails, webhooks. What an event asks of the outside world is a row until
//! the journal says that it was done, so it is done at least once, after any crash.

use crate::{Engine, Fault, Opened, ReadModel, Tx, limits};
use async_trait::async_trait;
use journal::{Append, Expected, NewEvent, Position};
use kernel::Purpose;
use sqlx::Row;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const DONE: &str = "work.done.v1";
const ABANDONED: &str = "work.abandoned.v1";

/// How a piece of work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// Not now: again after this long, or after the usual delay.
    Later(Option<Duration>),
    /// It will never be done; the reason is a word for the operator, never personal.
    Abandoned(&'static str),
}

/// One kind of due work. It may be performed again after a crash: whatever it does outside
/// carries a reference made from the event's position, so that the receiver can tell.
#[async_trait]
pub trait Work: Send + Sync + 'static {
    /// Unique name.
    fn name(&self) -> &'static str;
    /// Whether this kind of event asks for it.
    fn wants(&self, kind: &str) -> bool;
    /// Performs it; `tries` counts the failures so far.
    async fn perform(&self, engine: &Engine, event: &Opened, tries: u32) -> Outcome;
}

/// The read model of all work that is still to be done.
pub(crate) struct ToDo(pub(crate) Arc<Vec<Arc<dyn Work>>>);

#[async_trait]
impl ReadModel for ToDo {
    fn name(&self) -> &'static str {
        "engine_work"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["engine_work"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &["CREATE TABLE engine_work (
            work TEXT NOT NULL, position INTEGER NOT NULL,
            not_before INTEGER NOT NULL, tries INTEGER NOT NULL,
            PRIMARY KEY (work, position)) STRICT"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == DONE || kind == ABANDONED || self.0.iter().any(|w| w.wants(kind))
    }

    async fn apply(&self, _engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        if event.kind == DONE || event.kind == ABANDONED {
            let body: Ended = event.decode()?;
            let work = event.stream.strip_prefix("work/").unwrap_or_default();
            sqlx::query("DELETE FROM engine_work WHERE work = $1 AND position = $2")
                .bind(work)
                .bind(body.position as i64)
                .execute(&mut *tx)
                .await?;
        }
        for work in self.0.iter().filter(|w| w.wants(&event.kind)) {
            sqlx::query("INSERT OR IGNORE INTO engine_work VALUES ($1, $2, 0, 0)")
                .bind(work.name())
                .bind(event.position.0 as i64)
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    }
}

#[derive(serde::Deserialize)]
struct Ended {
    position: u64,
}

/// Work under way, so that a slow piece is not started twice.
pub(crate) type UnderWay = Arc<Mutex<BTreeSet<(&'static str, u64)>>>;

/// Starts whatever is due and not under way; returns at once.
pub(crate) async fn start_due(
    engine: &Engine,
    works: &[Arc<dyn Work>],
    under_way: &UnderWay,
) -> Result<(), Fault> {
    let rows = sqlx::query(
        "SELECT work, position, tries FROM engine_work WHERE not_before <= $1
         ORDER BY tries, position LIMIT 64",
    )
    .bind(engine.now().0)
    .fetch_all(engine.reads().writer())
    .await?;
    for row in rows {
        let name: String = row.get(0);
        let (position, tries) = (row.get::<i64, _>(1) as u64, row.get::<i64, _>(2) as u32);
        let Some(work) = works.iter().find(|w| w.name() == name).cloned() else { continue };
        let free = {
            let mut set = under_way.lock().expect("no holder of this lock panics");
            // One dead receiver must not hold up the text with her link.
            let mine = set.iter().filter(|(name, _)| *name == work.name()).count();
            set.len() < limits::WORK_AT_ONCE
                && mine < limits::WORK_AT_ONCE / 2
                && set.insert((work.name(), position))
        };
        if free {
            let (engine, under_way) = (engine.clone(), under_way.clone());
            tokio::spawn(async move {
                if let Err(fault) = perform(&engine, &*work, position, tries).await {
                    tracing::error!(work = work.name(), position, %fault, "due work failed");
                }
                let mut set = under_way.lock().expect("no holder of this lock panics");
                set.remove(&(work.name(), position));
            });
        }
    }
    Ok(())
}

async fn perform(engine: &Engine, work: &dyn Work, position: u64, tries: u32) -> Result<(), Fault> {
    let records = engine.journal().read_from(Position(position - 1), 1).await?;
    let Some(record) = records.into_iter().next() else { return Ok(()) };
    let event = engine.open(record).await?;
    let outcome = work.perform(engine, &event, tries).await;
    let (kind, reason) = match outcome {
        Outcome::Done => (DONE, None),
        Outcome::Abandoned(reason) => (ABANDONED, Some(reason)),
        Outcome::Later(_) if tries + 1 >= limits::WORK_TRIES_MAX => (ABANDONED, Some("tries")),
        Outcome::Later(delay) => {
            let delay = delay.unwrap_or_else(|| limits::work_delay(tries));
            sqlx::query(
                "UPDATE engine_work SET not_before = $3, tries = $4
                 WHERE work = $1 AND position = $2",
            )
            .bind(work.name())
            .bind(position as i64)
            .bind(engine.now().plus(delay).0)
            .bind(i64::from(tries) + 1)
            .execute(engine.reads().writer())
            .await?;
            return Ok(());
        }
    };
    let clear = serde_json::json!({ "position": position, "reason": reason }).to_string();
    let append = Append {
        stream: format!("work/{}", work.name()),
        expected: Expected::Any,
        events: vec![NewEvent { kind: kind.into(), clear, sealed: None }],
        at: engine.now(),
        actor: kernel::Actor::System.to_string(),
        purpose: Purpose::Response.name().into(),
        key: Some(format!("work/{}/{position}", work.name())),
    };
    let done = engine.journal().append(append).await?;
    engine.shown(done.last).await;
    Ok(())
}
