//! What is owed: a second grade, a new assessment, a visit in person.

use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use incident::IncidentId;
use kernel::At;
use risk::{Event, RiskId};

/// The promises of assessments.
pub(crate) struct Promising;

const SECOND: &str = "second_grade";
const REASSESS: &str = "reassess";
const VISIT: &str = "visit";

impl Promises for Promising {
    fn name(&self) -> &'static str {
        "risk"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("risk.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let Some(risk) = RiskId::of_stream(&event.stream) else { return Ok(vec![]) };
        let incident = IncidentId::from(risk).stream();
        let made = |due: At| Promised::Made { due, incident: Some(incident.clone()) };
        let changes = match event.decode()? {
            Event::Graded { second_due, .. } => {
                let second = second_due.map(|due| (SECOND, made(due)));
                [Some((REASSESS, Promised::Kept)), second].into_iter().flatten().collect()
            }
            Event::SecondGraded { .. } => vec![(SECOND, Promised::Kept)],
            Event::ReassessmentDue { due, .. } => vec![(REASSESS, made(due))],
            Event::VisitBooked { visit_at, .. } => vec![(VISIT, made(visit_at))],
            Event::VisitAttended { .. } => vec![(VISIT, Promised::Kept)],
            Event::AssessmentStarted { .. }
            | Event::Answered { .. }
            | Event::ChannelMarked { .. }
            | Event::EarshotNoted { .. }
            | Event::ContradictionAcknowledged { .. }
            | Event::ClosingAllowed { .. } => vec![],
        };
        let change = |(name, change): (&str, Promised)| PromiseChange {
            stream: event.stream.clone(),
            name: name.to_owned(),
            change,
        };
        Ok(changes.into_iter().map(change).collect())
    }
}
