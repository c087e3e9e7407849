//! What the force's own systems are told: that a case is ready, and nothing else of it.

use engine::Work;
use notify::webhook::Webhook;
use std::sync::Arc;

/// Their names stand in the journal.
const NAMES: [&str; tell::RECEIVERS_MAX] = [
    "investigation-webhook-1",
    "investigation-webhook-2",
    "investigation-webhook-3",
    "investigation-webhook-4",
];

/// Due work for each receiver.
pub(crate) fn works(webhooks: Vec<Arc<Webhook>>) -> Vec<Arc<dyn Work>> {
    tell::works(NAMES, told, webhooks)
}

fn told(kind: &str) -> bool {
    kind == "investigation.handed_off.v1"
}
