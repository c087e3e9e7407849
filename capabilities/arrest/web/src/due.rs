//! Time as a cause: nobody tried, nobody told her, a clock of an order warns or is over.

use arrest::order::{self, timing};
use arrest::{Act, Arrest, Command, Event, Order, Policy};
use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;
use std::sync::Arc;

const ATTEMPT: &str = "attempt_over";
const TELLING: &str = "telling_over";

/// The deadlines of requests and orders.
pub(crate) struct Due(pub(crate) Arc<Policy>);

#[async_trait]
impl Deadlines for Due {
    fn name(&self) -> &'static str {
        "arrest"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("arrest.") || kind.starts_with("order.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let changes = match event.noun() {
            "arrest" => of_arrest(&event.decode()?),
            _ => of_order(&self.0, &event.decode()?, event.at),
        };
        let set = |(name, due)| DeadlineChange { stream: event.stream.clone(), name, due };
        Ok(changes.into_iter().map(set).collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, name: &str, due: At) -> Result<(), Fault> {
        if stream.starts_with("order/") {
            return fire_order(&self.0, engine, stream, name, due).await;
        }
        let act = match name {
            ATTEMPT => Act::NoteAttemptMissed { due },
            _ => Act::NoteTellingMissed { due },
        };
        let command = Command { policy: self.0.clone(), act };
        match engine.execute::<Arrest>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}

async fn fire_order(
    policy: &Arc<Policy>,
    engine: &Engine,
    stream: &str,
    name: &str,
    due: At,
) -> Result<(), Fault> {
    let known = timing::NAMES.into_iter().find(|(known, ..)| *known == name);
    let Some((_, clock, step)) = known else { return Ok(()) };
    let act = order::Act::Note { clock, step, due };
    let command = order::Command { policy: policy.clone(), act };
    match engine.execute::<Order>(stream, command, &Caller::system(), None).await {
        Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
        Err(Refused::Fault(fault)) => Err(fault),
    }
}

type Changes = Vec<(&'static str, Option<At>)>;

fn of_arrest(event: &Event) -> Changes {
    match event {
        Event::Requested { attempt_due, .. } => vec![(ATTEMPT, *attempt_due)],
        Event::Graded { attempt_due, .. } | Event::Attempted { attempt_due, .. } => {
            vec![(ATTEMPT, Some(*attempt_due))]
        }
        Event::CarriedOut { tell, .. } | Event::AttendedVoluntarily { tell, .. } => {
            vec![(ATTEMPT, None), (TELLING, Some(tell.by))]
        }
        Event::Released { tell, .. } | Event::OutcomeRecorded { tell, .. } => {
            vec![(TELLING, Some(tell.by))]
        }
        Event::VictimTold { .. } => vec![(TELLING, None)],
        Event::Withdrawn { .. } => vec![(ATTEMPT, None)],
        _ => vec![],
    }
}

/// A warning whose time had passed when the clock was set is not given: the clock itself is in
/// sight. What is over is always said.
fn of_order(policy: &Policy, event: &order::Event, at: At) -> Changes {
    let mut changes = vec![];
    for (clock, due) in timing::changed(event) {
        for (name, of, step) in timing::NAMES {
            if of != clock {
                continue;
            }
            let comes = due.and_then(|due| timing::comes_at(policy, clock, step, due).ok());
            changes.push((name, comes.filter(|comes| step == order::Step::Over || *comes > at)));
        }
    }
    changes
}
