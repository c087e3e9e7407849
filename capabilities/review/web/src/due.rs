//! Time as a cause: nobody has reviewed it in time, and a supervisor has to see to it.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;
use review::{Act, Command, Event, Policy, Review};
use std::sync::Arc;

const OVER: &str = "review_over";

/// The deadlines of reviews.
pub(crate) struct Due(pub(crate) Arc<Policy>);

#[async_trait]
impl Deadlines for Due {
    fn name(&self) -> &'static str {
        "review"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("review.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let due = match event.decode()? {
            Event::Opened { due, .. } => Some(due),
            Event::Decided { .. } => None,
            _ => return Ok(vec![]),
        };
        Ok(vec![DeadlineChange { stream: event.stream.clone(), name: OVER, due }])
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, due: At) -> Result<(), Fault> {
        let command = Command { policy: self.0.clone(), act: Act::Escalate { due } };
        match engine.execute::<Review>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
