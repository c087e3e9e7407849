//! What is owed: every action of a plan, the school that must hear before the bell, a second look
//! at every marker, and what she is owed to hear.

use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use incident::IncidentId;
use kernel::At;
use safeguarding::{Event, SafeguardingId};

/// The promises of safeguarding.
pub(crate) struct Promising;

impl Promises for Promising {
    fn name(&self) -> &'static str {
        "safeguarding"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("safeguarding.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let incident = SafeguardingId::of_stream(&event.stream).map(|id| IncidentId(id.0));
        let made = |due: At| Promised::Made { due, incident: incident.map(|one| one.stream()) };
        let (name, number, change) = match event.decode()? {
            Event::ActionSet { action, due_at, .. } => ("action", action, made(due_at)),
            Event::ActionDone { action } => ("action", action, Promised::Kept),
            Event::ActionDropped { action, .. } => ("action", action, Promised::Ended),
            Event::ChildRecorded { child, due, .. } => ("school", child, made(due)),
            Event::SchoolAcknowledged { child, .. } => ("school", child, Promised::Kept),
            Event::NoticeWithdrawn { child, .. } => ("school", child, Promised::Ended),
            Event::MarkerSet { marker, review_at, .. }
            | Event::MarkerKeptOn { marker, review_at, .. } => ("marker", marker, made(review_at)),
            Event::MarkerEnded { marker, .. } => ("marker", marker, Promised::Kept),
            Event::UpdateOwed { update, due, .. } => ("code", update, made(due)),
            Event::UpdateHeard { update, .. } => ("code", update, Promised::Kept),
            Event::AdviceGiven { .. }
            | Event::AdviceWithdrawn { .. }
            | Event::NoteKept { .. }
            | Event::SchoolTold { .. }
            | Event::BellMissed { .. }
            | Event::ContactRuled { .. }
            | Event::UpdateTried { .. }
            | Event::UpdateMissed { .. } => return Ok(vec![]),
        };
        let name = format!("{name}:{number}");
        Ok(vec![PromiseChange { stream: event.stream.clone(), name, change }])
    }
}
