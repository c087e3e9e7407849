//! What follows from the investigation: she is owed to hear that the crime is recorded, and what
//! came of it.

use async_trait::async_trait;
use calendar::Jurisdiction;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use safeguarding::code::Update;
use safeguarding::{Command, Safeguarding, SafeguardingId};

/// After a crime was recorded, or what came of it.
pub(crate) struct WhenRecorded(pub(crate) Jurisdiction);

/// What she hears of this kind of event.
fn update(kind: &str) -> Option<Update> {
    match kind {
        "investigation.recorded_crime.v1" => Some(Update::Confirmation),
        "investigation.outcome_recorded.v1" => Some(Update::Outcome),
        _ => None,
    }
}

#[async_trait]
impl Reaction for WhenRecorded {
    fn name(&self) -> &'static str {
        "safeguarding-when-recorded"
    }

    fn wants(&self, kind: &str) -> bool {
        update(kind).is_some()
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let of = event.stream.split_once('/').and_then(|(_, id)| id.parse::<SafeguardingId>().ok());
        let (Some(plan), Some(of)) = (of, update(&event.kind)) else { return Ok(()) };
        let owe = Command::OweUpdate { of, jurisdiction: self.0, since: event.at };
        let (caller, key) = (Caller::system(), self.key(event));
        match engine.execute::<Safeguarding>(&plan.stream(), owe, &caller, Some(&key)).await {
            Ok(_) => Ok(()),
            Err(Refused::Refusal(refusal)) => {
                tracing::error!(%refusal, "an update is not owed by the clock");
                Ok(())
            }
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
