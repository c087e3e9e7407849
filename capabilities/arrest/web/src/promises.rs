//! What is owed: a try at the arrest, word to her, a hearing, a decision before an end, a review.

use arrest::Event;
use arrest::event::Owed;
use arrest::order::{self, Kind};
use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use incident::IncidentId;
use kernel::At;

/// The promises of arrests and orders.
pub(crate) struct Promising;

impl Promises for Promising {
    fn name(&self) -> &'static str {
        "arrest"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("arrest.") || kind.starts_with("order.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let changes = match event.noun() {
            "arrest" => of_arrest(&event.decode()?),
            _ => of_order(&event.decode()?),
        };
        let owe = |(name, change): (&str, Promised)| PromiseChange {
            stream: event.stream.clone(),
            name: name.to_owned(),
            change,
        };
        Ok(changes.into_iter().map(owe).collect())
    }
}

type Changes = Vec<(&'static str, Promised)>;

const ATTEMPT: &str = "attempt";
const TELL: &str = "tell_victim";

fn made(due: At, incident: Option<IncidentId>) -> Promised {
    Promised::Made { due, incident: incident.map(|id| id.stream()) }
}

fn telling(tell: &Owed) -> (&'static str, Promised) {
    (TELL, made(tell.by, Some(tell.incident)))
}

fn of_arrest(event: &Event) -> Changes {
    match event {
        Event::Requested { incident, attempt_due, .. } => {
            attempt_due.iter().map(|due| (ATTEMPT, made(*due, Some(*incident)))).collect()
        }
        // The incident stands in the row already.
        Event::Graded { attempt_due, .. } | Event::Attempted { attempt_due, .. } => {
            vec![(ATTEMPT, made(*attempt_due, None))]
        }
        Event::CarriedOut { tell, .. } | Event::AttendedVoluntarily { tell, .. } => {
            vec![(ATTEMPT, Promised::Kept), telling(tell)]
        }
        Event::Released { tell, .. } | Event::OutcomeRecorded { tell, .. } => vec![telling(tell)],
        Event::VictimTold { .. } => vec![(TELL, Promised::Kept)],
        Event::Withdrawn { .. } => vec![(ATTEMPT, Promised::Ended)],
        Event::Assigned { .. }
        | Event::Taken { .. }
        | Event::HandedOver { .. }
        | Event::AttemptMissed { .. }
        | Event::Circulated { .. }
        | Event::CirculationCancelled { .. }
        | Event::TellingTried { .. }
        | Event::TellingMissed { .. }
        | Event::WithdrawalAsked { .. }
        | Event::WithdrawalRefused { .. }
        | Event::Closed {} => vec![],
    }
}

const COURT: &str = "notice_court";
const ENDS: [&str; 2] = ["bail_end", "order_end"];
const REVIEWS: [&str; 2] = ["bail_review", "order_review"];

fn place(of: Kind) -> usize {
    usize::from(of != Kind::Bail)
}

fn of_order(event: &order::Event) -> Changes {
    use order::Event;
    match event {
        Event::Made { of, incident, ends_at, review_at, court_by, tell, .. } => {
            let clocks = [
                (COURT, *court_by),
                (ENDS[place(*of)], *ends_at),
                (REVIEWS[place(*of)], *review_at),
            ];
            let owed = |(name, due): (&'static str, Option<At>)| {
                due.map(|due| (name, made(due, Some(*incident))))
            };
            clocks.into_iter().filter_map(owed).chain([telling(tell)]).collect()
        }
        Event::Extended { of, until, tell, .. } => {
            let name = if of.is_notice() { COURT } else { ENDS[place(*of)] };
            vec![(name, made(*until, Some(tell.incident))), telling(tell)]
        }
        Event::Applied { of, court_at, tell, .. } => {
            let mut changes = vec![telling(tell)];
            if of.is_notice() {
                changes.push((COURT, made(*court_at, Some(tell.incident))));
            }
            changes
        }
        Event::Breached { tell, .. } => vec![telling(tell)],
        Event::Ended { tell, .. } => {
            let names = [COURT, ENDS[0], ENDS[1]];
            let mut changes: Changes =
                names.into_iter().map(|name| (name, Promised::Kept)).collect();
            changes.extend(REVIEWS.into_iter().map(|name| (name, Promised::Ended)));
            changes.push(telling(tell));
            changes
        }
        Event::Reviewed { of, incident, review_at, .. } => {
            let change = review_at.map_or(Promised::Kept, |due| made(due, Some(*incident)));
            vec![(REVIEWS[place(*of)], change)]
        }
        Event::VictimTold { .. } => vec![(TELL, Promised::Kept)],
        Event::Warned { .. } | Event::RanOver { .. } | Event::Closed {} => vec![],
    }
}
