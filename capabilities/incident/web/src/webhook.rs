//! What the force's own systems are told of an incident or its call, and what not.

use engine::Work;
use notify::webhook::Webhook;
use std::sync::Arc;

/// Their names stand in the journal.
const NAMES: [&str; tell::RECEIVERS_MAX] = ["webhook-1", "webhook-2", "webhook-3", "webhook-4"];

/// Due work for each receiver.
pub(crate) fn works(webhooks: Vec<Arc<Webhook>>) -> Vec<Arc<dyn Work>> {
    tell::works(NAMES, told, webhooks)
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
