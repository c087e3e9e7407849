//! Tells the force's own systems, signed, that something happened to an incident or its call:
//! which, never who or what. They ask the API for the rest, and that leaves its trace.

use async_trait::async_trait;
use engine::{Engine, Opened, Outcome, Work};
use notify::SendFault;
use notify::webhook::{Notice, Webhook};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most receivers a force may have: their names stand in the journal.
const NAMES: [&str; 4] = ["webhook-1", "webhook-2", "webhook-3", "webhook-4"];

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

/// What a command-and-control system acts upon; chat and pictures are nobody else's business.
fn told(kind: &str) -> bool {
    match kind.split_once('.') {
        Some(("incident", rest)) => !matches!(rest, "noted.v1" | "screening_answered.v1"),
        Some(("call", rest)) => matches!(
            rest,
            "opened.v1"
                | "message_delivered.v1"
                | "message_failed.v1"
                | "invitation_opened.v1"
                | "invitation_expired.v1"
                | "guest_ready.v1"
                | "picked_up.v1"
                | "face_to_face.v1"
                | "offender_returned.v1"
                | "finished.v1"
        ),
        _ => false,
    }
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
        told(kind)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_in_a_screening_or_a_call_is_told_to_nobody() {
        assert!(told("incident.patrol_requested.v1") && told("call.face_to_face.v1"));
        for kind in
            ["incident.noted.v1", "call.said.v1", "call.danger_signalled.v1", "hub.opened.v1"]
        {
            assert!(!told(kind), "{kind}");
        }
    }
}
