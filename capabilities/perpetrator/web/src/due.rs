//! Time as a cause: nobody has looked at a plan, or the day of a condition came and nobody has said
//! whether he kept it.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;
use perpetrator::limits::CONDITIONS_MAX;
use perpetrator::{Act, Command, Decision, Event, Perpetrator, Policy};
use std::sync::Arc;

const REVIEW: &str = "review";
/// A clock each: the engine's names are fixed.
const CONDITIONS: [&str; CONDITIONS_MAX] = [
    "condition:1",
    "condition:2",
    "condition:3",
    "condition:4",
    "condition:5",
    "condition:6",
    "condition:7",
    "condition:8",
    "condition:9",
    "condition:10",
    "condition:11",
    "condition:12",
];

/// The deadlines of plans.
pub(crate) struct Due(pub(crate) Arc<Policy>);

fn named(condition: u32) -> Option<&'static str> {
    CONDITIONS.get(condition.checked_sub(1)? as usize).copied()
}

#[async_trait]
impl Deadlines for Due {
    fn name(&self) -> &'static str {
        "perpetrator"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("perpetrator.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let (name, due) = match event.decode()? {
            Event::Opened { review_due, .. } | Event::Reviewed { review_due, .. } => {
                (Some(REVIEW), Some(review_due))
            }
            Event::Closed { .. } => (Some(REVIEW), None),
            Event::ConditionSet { number, until, .. } => (named(number), Some(until)),
            Event::ConditionKept { condition, .. } | Event::ConditionBreached { condition, .. } => {
                (named(condition), None)
            }
            Event::BreachDecided { condition, decision: Decision::Vary, until, .. } => {
                (named(condition), until)
            }
            _ => return Ok(vec![]),
        };
        let set = |name| DeadlineChange { stream: event.stream.clone(), name, due };
        Ok(name.map(set).into_iter().collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, name: &str, due: At) -> Result<(), Fault> {
        let place = CONDITIONS.iter().position(|one| *one == name);
        let act = match place.and_then(|place| u32::try_from(place + 1).ok()) {
            Some(condition) => Act::RunOut { condition },
            None => Act::MissReview { due },
        };
        let command = Command { policy: self.0.clone(), act };
        match engine.execute::<Perpetrator>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
