//! The target of a grade falls due: nobody has responded, and the record says so.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use incident::{Command, Incident, deadline};
use kernel::At;

/// The deadlines of incidents.
pub(crate) struct Targets;

#[async_trait]
impl Deadlines for Targets {
    fn name(&self) -> &'static str {
        "incident"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("incident.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let change = deadline::target_due(&event.decode()?);
        let change = change.map(|due| DeadlineChange {
            stream: event.stream.clone(),
            name: deadline::TARGET_DUE,
            due,
        });
        Ok(change.into_iter().collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, due: At) -> Result<(), Fault> {
        let command = Command::NoteTargetMissed { target_at: due };
        match engine.execute::<Incident>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
