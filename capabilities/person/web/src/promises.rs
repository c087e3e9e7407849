//! What is owed: that somebody else looks at why a seal was broken.

use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use person::seal::Event;

/// The promises of seals.
pub(crate) struct Promising;

const BROKEN: &str = "broken_seal";

impl Promises for Promising {
    fn name(&self) -> &'static str {
        "seal"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "seal.broken.v1" | "seal.break_looked_at.v1")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let change = match event.decode()? {
            // The seal's own: whoever looks at why need not be able to open the incident.
            Event::Broken { look_by, .. } => Promised::Made { due: look_by, incident: None },
            Event::BreakLookedAt { .. } => Promised::Kept,
            _ => return Ok(vec![]),
        };
        let (stream, name) = (event.stream.clone(), BROKEN.to_owned());
        Ok(vec![PromiseChange { stream, name, change }])
    }
}
