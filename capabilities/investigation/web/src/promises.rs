//! What is owed: a decision within a day of the report, each line of enquiry by its time, and
//! that the records system takes in what it was told of.

use crate::list;
use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use incident::IncidentId;
use investigation::{Event, InvestigationId, Tables};
use kernel::At;
use std::sync::Arc;

/// Crime or no crime.
pub(crate) const CRIME_RECORDING: &str = "crime_recording";
/// The records system takes it in.
const RECORDS: &str = "records";

/// The promises of investigations.
pub(crate) struct Promising(pub(crate) Arc<Tables>);

/// The promise of a line of enquiry.
fn enquiry(number: u32) -> String {
    format!("enquiry:{number}")
}

/// The line of enquiry that a promise is about.
pub(crate) fn number(name: &str) -> Option<u32> {
    name.strip_prefix("enquiry:")?.parse().ok()
}

impl Promises for Promising {
    fn name(&self) -> &'static str {
        "investigation"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "incident.reported.v1" || kind.starts_with("investigation.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        if let Some(incident) = IncidentId::of_stream(&event.stream) {
            let stream = InvestigationId::from(incident).stream();
            let change = made(list::recording_due(&self.0, event)?, Some(incident));
            return Ok(vec![PromiseChange { stream, name: CRIME_RECORDING.to_owned(), change }]);
        }
        let Some(id) = InvestigationId::of_stream(&event.stream) else { return Ok(vec![]) };
        let incident = Some(id.into());
        let found = match event.decode()? {
            Event::RecordedCrime { .. } | Event::RecordedNonCrime { .. } => {
                Some((CRIME_RECORDING.to_owned(), Promised::Kept))
            }
            Event::EnquiryOpened { number, due, .. } | Event::EnquiryMoved { number, due, .. } => {
                Some((enquiry(number), made(due, incident)))
            }
            Event::EnquiryFinished { number, .. } => Some((enquiry(number), Promised::Kept)),
            Event::EnquiryDropped { number, .. } => Some((enquiry(number), Promised::Ended)),
            Event::HandedOff { due, .. } => Some((RECORDS.to_owned(), made(due, incident))),
            Event::TakenIn { .. } => Some((RECORDS.to_owned(), Promised::Kept)),
            _ => None,
        };
        let owe = |(name, change)| PromiseChange { stream: event.stream.clone(), name, change };
        Ok(found.map(owe).into_iter().collect())
    }
}

fn made(due: At, incident: Option<IncidentId>) -> Promised {
    Promised::Made { due, incident: incident.map(|id| id.stream()) }
}
