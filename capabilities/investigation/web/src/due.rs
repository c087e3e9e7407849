//! Time as a cause: a day has passed and nobody has decided whether it is a crime.

use crate::list;
use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use incident::IncidentId;
use investigation::{Command, Investigation, InvestigationId, Tables};
use kernel::At;
use std::sync::Arc;

const OVER: &str = "recording_over";

/// The deadlines of investigations.
pub(crate) struct Due(pub(crate) Arc<Tables>);

#[async_trait]
impl Deadlines for Due {
    fn name(&self) -> &'static str {
        "investigation"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "incident.reported.v1"
                | "investigation.recorded_crime.v1"
                | "investigation.recorded_non_crime.v1"
        )
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let (stream, due) = match IncidentId::of_stream(&event.stream) {
            Some(incident) => {
                let due = list::recording_due(&self.0, event)?;
                (InvestigationId::from(incident).stream(), Some(due))
            }
            None => (event.stream.clone(), None),
        };
        Ok(vec![DeadlineChange { stream, name: OVER, due }])
    }

    async fn fire(&self, engine: &Engine, stream: &str, _: &str, due: At) -> Result<(), Fault> {
        let command = Command::NoteRecordingMissed { due };
        let caller = Caller::system();
        match engine.execute::<Investigation>(stream, command, &caller, None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
