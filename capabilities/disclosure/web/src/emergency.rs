//! Danger: an incident at once, Immediate and with a patrol. It says that an emergency was
//! reported, how she can be reached and where; nothing in it says that anybody ever applied, for
//! more people read incidents than may know of an application.

#[cfg(test)]
mod tests;

use crate::call::reach::{self, Somebody};
use ::disclosure::{Disclosure, DisclosureId, Emergency, Event};
use async_trait::async_trait;
use engine::{Caller, Engine, Fault, Opened, Reaction, Refused};
use incident::report::{ContactFlags, Person, Place, SafeContact, Source, Suspect, Thrive};
use incident::route::Location;
use incident::{Cause, Command, Grade, GradeTable, Incident, IncidentId, Report};
use kernel::{At, Personal};
use std::sync::Arc;

/// What the control room is told, whatever was said.
const ACCOUNT: &str = "An emergency was reported. Somebody is in danger now.";
/// Why it is Immediate.
const REASON: &str = "Somebody is in danger now.";

pub(crate) fn reactions(grades: GradeTable) -> Vec<Arc<dyn Reaction>> {
    vec![Arc::new(WhenRaised(grades)), Arc::new(WhenSignalled(grades))]
}

/// The gate of the form, or an officer who finds danger on the way.
struct WhenRaised(GradeTable);

#[async_trait]
impl Reaction for WhenRaised {
    // The journal keeps this name with the incident: it says nothing of where it came from.
    fn name(&self) -> &'static str {
        "emergency_when_raised"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "disclosure.left_for_emergency.v1" | "disclosure.danger_raised.v1")
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        // At the gate somebody writes about an application; an officer who finds danger on the
        // way writes for the control room. Only the officer's words go there.
        let (emergency, words) = match event.decode()? {
            Event::LeftForEmergency { emergency, .. } => (emergency, false),
            Event::DangerRaised { emergency, .. } => (emergency, true),
            _ => return Ok(()),
        };
        let emergency = emergency.into_known().unwrap_or_default();
        let said_there = if words { emergency.words.trim() } else { "" };
        let account = format!("{ACCOUNT} {said_there}").trim_end().to_owned();
        let Emergency { name, phone, place, .. } = emergency;
        let id = incident_of(engine, event.at, &format!("{}/{}", event.stream, event.version));
        report(engine, id, said(event.at, account, (name, phone, place))).await?;
        let grade =
            Command::Grade { grade: Grade::Immediate, reason: REASON.to_owned(), table: self.0 };
        ask(engine, id, grade, &self.key(event)).await
    }
}

/// The silent signal, or "he is back", in a call about an application.
struct WhenSignalled(GradeTable);

#[async_trait]
impl Reaction for WhenSignalled {
    fn name(&self) -> &'static str {
        "emergency_when_signalled"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "call.matter_in_danger.v1"
    }

    async fn on(&self, engine: &Engine, event: &Opened) -> Result<(), Fault> {
        let ::call::Event::MatterInDanger { matter, cause, location, .. } = event.decode()? else {
            return Ok(());
        };
        let Some(disclosure) = DisclosureId::of_stream(&matter) else { return Ok(()) };
        // Every signal of one call is about one emergency.
        let first = engine.journal().load(&event.stream, 0, 1).await?;
        let since = first.first().map_or(event.at, |record| record.at);
        let id = incident_of(engine, since, &event.stream);
        let Somebody { name, address, contact } = whoever(engine, disclosure).await?;
        let place = if address.trim().is_empty() { contact.place } else { address };
        report(engine, id, said(event.at, ACCOUNT.to_owned(), (name, contact.phone, place)))
            .await?;
        let cause = match cause {
            ::call::Danger::Signal => Cause::DangerSignal,
            ::call::Danger::OffenderReturned => Cause::OffenderReturned,
        };
        let location = location.as_ref().and_then(Personal::known).map(at_place);
        let signal = Command::SignalDanger { cause, location, table: self.0 };
        ask(engine, id, signal, &self.key(event)).await
    }
}

/// Who is in the call, as far as the application says and its key still opens it.
async fn whoever(engine: &Engine, id: DisclosureId) -> Result<Somebody, Fault> {
    let (state, _) = engine.state::<Disclosure>(&id.stream()).await?;
    match state.case() {
        Some(case) => reach::told(engine, id, case).await,
        None => Ok(Somebody::default()),
    }
}

fn at_place(said: &::call::Location) -> Location {
    let ::call::Location { latitude, longitude, accuracy_metres, .. } = *said;
    Location {
        words: format!("{latitude:.5}, {longitude:.5} (within {accuracy_metres:.0} m)"),
        latitude: Some(latitude),
        longitude: Some(longitude),
        accuracy_m: Some(accuracy_metres),
    }
}

/// The incident's id, the same however often the same cause is answered.
fn incident_of(engine: &Engine, at: At, cause: &str) -> IncidentId {
    let derived = engine.derive("emergency incident id", cause.as_bytes());
    let mut luck = [0; 16];
    luck.copy_from_slice(&derived[..16]);
    IncidentId::birth(at, luck)
}

/// A report of nothing but what is said, a name, a number and a place.
fn said(at: At, account: String, (name, phone, place): (String, String, String)) -> Report {
    Report {
        source: Source::System,
        called_at: at,
        force_reference: Personal::default(),
        person: Personal::new(Person { name, phone, ..Person::default() }),
        place: Personal::new(Place { words: place, postcode: None }),
        account: Personal::new(account),
        contact: Personal::new(SafeContact::default()),
        // Nobody asked whether a text or a ring is safe: none is assumed.
        contact_flags: ContactFlags::default(),
        thrive: Thrive::default(),
        suspect: Personal::new(Suspect::default()),
        relationship: incident::report::Relationship::Unknown,
        children: false,
    }
}

async fn report(engine: &Engine, id: IncidentId, report: Report) -> Result<(), Fault> {
    let command = Command::Report(Box::new(report));
    ask(engine, id, command, &format!("emergency/{id}/report")).await
}

async fn ask(engine: &Engine, id: IncidentId, command: Command, key: &str) -> Result<(), Fault> {
    let caller = Caller::system();
    match engine.execute::<Incident>(&id.stream(), command, &caller, Some(key)).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}
