//! What a call tells the incident: that he is back, and how it ended.

use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use incident::{Cause, Command, GradeTable, Incident, IncidentId, OfferId, route};
use kernel::Personal;

/// "He is back", or the silent sign: Immediate and a patrol, whatever else is going on.
pub(crate) struct WhenDanger(pub(crate) GradeTable);

#[async_trait]
impl Reaction for WhenDanger {
    fn name(&self) -> &'static str {
        "incident-when-danger"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.offender_returned.v1" | "call.danger_signalled.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let (cause, incident, location) = match event.decode()? {
            call::Event::OffenderReturned { incident, location, .. } => {
                (Cause::OffenderReturned, incident, location)
            }
            call::Event::DangerSignalled { incident, location, .. } => {
                (Cause::DangerSignal, incident, location)
            }
            _ => return Ok(()),
        };
        let location = location.as_ref().and_then(Personal::known).map(place);
        let command = Command::SignalDanger { cause, location, table: self.0 };
        execute(engine, incident, command, &self.key(event)).await
    }
}

fn place(said: &call::Location) -> route::Location {
    let call::Location { latitude, longitude, accuracy_metres, .. } = *said;
    route::Location {
        words: format!("{latitude:.5}, {longitude:.5} (within {accuracy_metres:.0} m)"),
        latitude: Some(latitude),
        longitude: Some(longitude),
        accuracy_m: Some(accuracy_metres),
    }
}

/// The call is over: its outcome stands on the incident.
pub(crate) struct WhenCallFinished;

#[async_trait]
impl Reaction for WhenCallFinished {
    fn name(&self) -> &'static str {
        "incident-when-call-finished"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.finished.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let call::Event::Finished { outcome, .. } = event.decode()? else { return Ok(()) };
        let Some(call) = call::CallId::of_stream(&event.stream) else { return Ok(()) };
        let (state, _) = engine.state::<call::Call>(&event.stream).await?;
        let incident = state.call().and_then(|known| known.about.incident());
        let Some(incident) = incident else { return Ok(()) };
        let command = Command::EndResponse {
            offer: OfferId::from(call),
            outcome: outcome.code().to_owned(),
            in_person: outcome == call::Outcome::TransferredInPerson,
        };
        execute(engine, incident, command, &self.key(event)).await
    }
}

async fn execute(
    engine: &Engine,
    incident: IncidentId,
    command: Command,
    key: &str,
) -> Result<(), Fault> {
    let caller = Caller::system();
    match engine.execute::<Incident>(&incident.stream(), command, &caller, Some(key)).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}
