//! What the control room owes: that somebody responds before the target of the grade is up, and
//! for an Immediate that a patrol is there. A call does not keep the promise of a patrol.

use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use incident::{Event, Grade};
use kernel::At;

/// Somebody responds, by either route.
const TARGET: &str = "target";
/// A patrol is there.
const PATROL: &str = "patrol";

/// The promises of incidents.
pub(crate) struct Owed;

impl Promises for Owed {
    fn name(&self) -> &'static str {
        "incident"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "incident.graded.v1"
                | "incident.regraded.v1"
                | "incident.patrol_attended.v1"
                | "incident.line_cleared.v1"
                | "incident.response_ended.v1"
                | "incident.closed.v1"
        )
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let changes = match event.decode()? {
            Event::Graded { grade, target_at, .. } => vec![made(event, grade, target_at)],
            Event::Regraded { from, grade, target_at, .. } => {
                let made = made(event, grade, target_at);
                // What was kept stays kept; what was not is owed under the new grade alone.
                let before = (name(from) != made.0).then_some((name(from), Promised::Ended));
                before.into_iter().chain([made]).collect()
            }
            Event::PatrolAttended { .. } => {
                vec![(TARGET, Promised::Kept), (PATROL, Promised::Kept)]
            }
            Event::LineCleared { .. } => vec![(TARGET, Promised::Kept)],
            // A call that came to nothing leaves it owed.
            Event::ResponseEnded { outcome, .. } if outcome.starts_with("completed") => {
                vec![(TARGET, Promised::Kept)]
            }
            Event::Closed { .. } => vec![(TARGET, Promised::Ended), (PATROL, Promised::Ended)],
            _ => vec![],
        };
        let change = |(name, change): (&str, Promised)| PromiseChange {
            stream: event.stream.clone(),
            name: name.to_owned(),
            change,
        };
        Ok(changes.into_iter().map(change).collect())
    }
}

fn name(grade: Grade) -> &'static str {
    if grade == Grade::Immediate { PATROL } else { TARGET }
}

fn made(event: &Opened, grade: Grade, due: At) -> (&'static str, Promised) {
    (name(grade), Promised::Made { due, incident: Some(event.stream.clone()) })
}
