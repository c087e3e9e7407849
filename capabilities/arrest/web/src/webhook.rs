//! What the force's own systems are told: every step of a request and of an order.

use engine::Work;
use notify::webhook::Webhook;
use std::sync::Arc;

/// Their names stand in the journal.
const NAMES: [&str; tell::RECEIVERS_MAX] =
    ["arrest-webhook-1", "arrest-webhook-2", "arrest-webhook-3", "arrest-webhook-4"];

/// Due work for each receiver.
pub(crate) fn works(webhooks: Vec<Arc<Webhook>>) -> Vec<Arc<dyn Work>> {
    let told = |kind: &str| kind.starts_with("arrest.") || kind.starts_with("order.");
    tell::works(NAMES, told, webhooks)
}
