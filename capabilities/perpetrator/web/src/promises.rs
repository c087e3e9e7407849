//! What is owed of a plan: a look at it, every action, every programme, every condition, and a
//! decision about every breach.

use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use kernel::At;
use perpetrator::{Decision, Event};

/// The promises of plans.
pub(crate) struct Promising;

impl Promises for Promising {
    fn name(&self) -> &'static str {
        "perpetrator"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("perpetrator.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let change = |(name, change): (String, Promised)| PromiseChange {
            stream: event.stream.clone(),
            name,
            change,
        };
        Ok(changes(event.decode()?).into_iter().map(change).collect())
    }
}

fn changes(event: Event) -> Vec<(String, Promised)> {
    let made = |due: At| Promised::Made { due, incident: None };
    let review = || "review".to_owned();
    let of = |noun: &str, number: u32| format!("{noun}:{number}");
    match event {
        Event::Opened { review_due, .. } => vec![(review(), made(review_due))],
        // Kept, and owed again: the board knows the next one.
        Event::Reviewed { review_due, .. } => {
            vec![(review(), Promised::Kept), (review(), made(review_due))]
        }
        Event::Closed { .. } => vec![(review(), Promised::Ended)],
        Event::ActionSet { number, due, .. } => vec![(of("action", number), made(due))],
        Event::ActionDone { number, .. } => vec![(of("action", number), Promised::Kept)],
        Event::ActionDropped { number, .. } => vec![(of("action", number), Promised::Ended)],
        Event::ProgrammeBegun { number, due, .. } => vec![(of("programme", number), made(due))],
        Event::ProgrammeCompleted { programme, .. } => {
            vec![(of("programme", programme), Promised::Kept)]
        }
        Event::ProgrammeFailed { programme, .. } => {
            vec![(of("programme", programme), Promised::Ended)]
        }
        Event::ConditionSet { number, until, .. } => vec![(of("condition", number), made(until))],
        Event::ConditionKept { condition, .. } => {
            vec![(of("condition", condition), Promised::Kept)]
        }
        Event::ConditionBreached { condition, decide_by, .. } => vec![
            (of("condition", condition), Promised::Ended),
            (of("breach", condition), made(decide_by)),
        ],
        Event::BreachDecided { condition, decision, until, .. } => {
            let mut all = vec![(of("breach", condition), Promised::Kept)];
            let varied = until.filter(|_| decision == Decision::Vary);
            all.extend(varied.map(|until| (of("condition", condition), made(until))));
            all
        }
        Event::HandedOver { .. }
        | Event::StrategySet { .. }
        | Event::StrategyEnded { .. }
        | Event::SessionRecorded { .. }
        | Event::ConditionRanOut { .. }
        | Event::Contacted { .. }
        | Event::ReviewMissed { .. } => vec![],
    }
}
