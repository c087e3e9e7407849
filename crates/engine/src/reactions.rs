//! Event in, command out: how one capability answers what happened in another.

use crate::{Engine, Fault, Opened, limits};
use async_trait::async_trait;
use journal::{Append, Expected, NewEvent, Position};
use kernel::Purpose;
use std::sync::Arc;

const RUNNER: &str = "reactions";
const REACHED: &str = "runner.reached.v1";

/// One reaction. It may be called again for the same event after a crash: give its command the
/// key that `key` makes, and doing it twice does nothing.
#[async_trait]
pub trait Reaction: Send + Sync + 'static {
    /// Unique name.
    fn name(&self) -> &'static str;
    /// Whether it cares for this kind of event.
    fn wants(&self, kind: &str) -> bool;
    /// Answers the event. A refusal is an answer too: return `Ok`. A fault is tried again.
    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault>;

    /// The idempotency key of this reaction's command for `event`.
    fn key(&self, event: &Opened) -> String {
        format!("reaction/{}/{}", self.name(), event.position)
    }
}

/// Where the reactions stand: on this file, else as last noted in the journal.
pub(crate) async fn start(engine: &Engine) -> Result<Position, Fault> {
    if let Some(position) = engine.reads().runner(RUNNER).await? {
        return Ok(position);
    }
    let (mut version, mut reached) = (0, Position(0));
    loop {
        let noted = engine.journal().load("runner/reactions", version, 1000).await?;
        let Some(last) = noted.last() else { return Ok(reached) };
        version = last.version;
        let body: serde_json::Value = serde_json::from_str(&last.clear).map_err(Fault::Encode)?;
        reached = Position(body["position"].as_u64().unwrap_or_default());
    }
}

/// Answers one batch after `after`. Returns the new position, or `None` when there was nothing.
pub(crate) async fn step(
    engine: &Engine,
    reactions: &[Arc<dyn Reaction>],
    after: Position,
) -> Result<Option<Position>, Fault> {
    let mut records = engine.journal().read_from(after, limits::BATCH_MAX).await?;
    // A reaction may ask the read models: it never runs ahead of them.
    let shown = *engine.reads().shown.borrow();
    records.retain(|record| record.position <= shown);
    let Some(last) = records.last().map(|r| r.position) else { return Ok(None) };
    for record in records {
        let position = record.position;
        if reactions.iter().any(|r| r.wants(&record.kind)) {
            let event = engine.open(record).await?;
            for reaction in reactions.iter().filter(|r| r.wants(&event.kind)) {
                reaction.on(engine, &event).await?;
            }
            engine.reads().set_runner(RUNNER, position).await?;
        }
        if position.0 % limits::REACHED_EVERY == 0 {
            note(engine, position).await?;
        }
    }
    engine.reads().set_runner(RUNNER, last).await?;
    Ok(Some(last))
}

/// Notes in the journal how far the reactions are.
pub(crate) async fn note(engine: &Engine, position: Position) -> Result<(), Fault> {
    let clear = serde_json::json!({ "position": position.0 }).to_string();
    let append = Append {
        stream: "runner/reactions".into(),
        expected: Expected::Any,
        events: vec![NewEvent { kind: REACHED.into(), clear, sealed: None }],
        at: engine.now(),
        actor: kernel::Actor::System.to_string(),
        purpose: Purpose::Administration.name().into(),
        key: Some(format!("reactions reached {position}")),
    };
    engine.journal().append(append).await?;
    Ok(())
}
