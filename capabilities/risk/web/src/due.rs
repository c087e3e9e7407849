//! Time as a cause: a high grade is old, and she is assessed again.

use crate::Settings;
use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;
use risk::{Act, Cause, Event, Risk};

const OLD: &str = "grade_old";

/// The deadlines of assessments.
pub(crate) struct Due(pub(crate) Settings);

#[async_trait]
impl Deadlines for Due {
    fn name(&self) -> &'static str {
        "risk"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "risk.graded.v1"
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let Event::Graded { review_at: due, .. } = event.decode()? else { return Ok(vec![]) };
        Ok(vec![DeadlineChange { stream: event.stream.clone(), name: OLD, due }])
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, _: At) -> Result<(), Fault> {
        let command = self.0.command(Act::Reassess { cause: Cause::Clock });
        match engine.execute::<Risk>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
