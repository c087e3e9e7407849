//! Tells the force's own systems, signed, that something happened: to which id, never who or
//! what. They ask the API for the rest, and that leaves its trace. Knows no capability: each says
//! which of its events are told. Retries are the engine's, signatures `notify`'s.

use async_trait::async_trait;
use engine::{Engine, Opened, Outcome, Work};
use notify::SendFault;
use notify::webhook::{Notice, Webhook};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most receivers that a force may have: their names stand in the journal.
pub const RECEIVERS_MAX: usize = 4;

/// One receiver of one capability's events.
struct Tell {
    name: &'static str,
    told: fn(&str) -> bool,
    webhook: Arc<Webhook>,
}

/// Due work for each receiver of the events of which `told` says so. `names` stand in the journal
/// and never change; more receivers than names are not served.
pub fn works(
    names: [&'static str; RECEIVERS_MAX],
    told: fn(&str) -> bool,
    webhooks: Vec<Arc<Webhook>>,
) -> Vec<Arc<dyn Work>> {
    if webhooks.len() > names.len() {
        tracing::error!(given = webhooks.len(), "only the first four webhooks are served");
    }
    let tell = |(name, webhook)| Arc::new(Tell { name, told, webhook }) as Arc<dyn Work>;
    names.into_iter().zip(webhooks).map(tell).collect()
}

/// What is told of an event: its kind, its time, the id of its stream.
fn notice(event: &Opened) -> Option<Notice> {
    let (noun, id) = event.stream.split_once('/')?;
    let kind = event.kind.strip_suffix(".v1").unwrap_or(&event.kind);
    Some(Notice {
        id: format!("event-{}", event.position),
        kind: kind.to_owned(),
        at: event.at,
        ids: BTreeMap::from([(noun.to_owned(), id.to_owned())]),
    })
}

/// Sends it, and says what the engine makes of the answer.
pub async fn send(engine: &Engine, webhook: &Webhook, notice: &Notice) -> Outcome {
    match webhook.send(engine.now(), notice).await {
        Ok(()) => Outcome::Done,
        Err(SendFault::TryLater { after }) => Outcome::Later(Some(after)),
        Err(SendFault::Unreachable) => Outcome::Later(None),
        Err(SendFault::Refused(_)) => Outcome::Abandoned("refused"),
    }
}

#[async_trait]
impl Work for Tell {
    fn name(&self) -> &'static str {
        self.name
    }

    fn wants(&self, kind: &str) -> bool {
        (self.told)(kind)
    }

    async fn perform(&self, engine: &Engine, event: &Opened, _: u32) -> Outcome {
        match notice(event) {
            Some(notice) => send(engine, &self.webhook, &notice).await,
            None => Outcome::Abandoned("no-id"),
        }
    }
}
