//! Tells the force's own systems, signed, that something happened to a request or an order:
//! which, never who or what. They ask the API for the rest, and that leaves its trace.

use async_trait::async_trait;
use engine::{Engine, Opened, Outcome, Work};
use notify::SendFault;
use notify::webhook::{Notice, Webhook};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most receivers a force may have: their names stand in the journal.
const NAMES: [&str; 4] =
    ["arrest-webhook-1", "arrest-webhook-2", "arrest-webhook-3", "arrest-webhook-4"];

/// One receiver.
struct Tell {
    name: &'static str,
    webhook: Arc<Webhook>,
}

/// Due work for each receiver; more than four are not served.
pub(crate) fn works(webhooks: Vec<Arc<Webhook>>) -> Vec<Arc<dyn Work>> {
    if webhooks.len() > NAMES.len() {
        tracing::error!(given = webhooks.len(), "only the first four webhooks are served");
    }
    let tell = |(name, webhook): (&&'static str, Arc<Webhook>)| {
        Arc::new(Tell { name, webhook }) as Arc<dyn Work>
    };
    NAMES.iter().zip(webhooks).map(tell).collect()
}

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

#[async_trait]
impl Work for Tell {
    fn name(&self) -> &'static str {
        self.name
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("arrest.") || kind.starts_with("order.")
    }

    async fn perform(&self, engine: &Engine, event: &Opened, _: u32) -> Outcome {
        let Some(notice) = notice(event) else { return Outcome::Abandoned("no-id") };
        match self.webhook.send(engine.now(), &notice).await {
            Ok(()) => Outcome::Done,
            Err(SendFault::TryLater { after }) => Outcome::Later(Some(after)),
            Err(SendFault::Unreachable) => Outcome::Later(None),
            Err(SendFault::Refused(_)) => Outcome::Abandoned("refused"),
        }
    }
}
