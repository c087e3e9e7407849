//! Time as a cause: the bell rings, and nobody at the school has said that they know; or she has
//! not heard what she is owed to hear.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;
use safeguarding::limits::{CHILDREN_MAX, UPDATES_MAX};
use safeguarding::{Command, Event, Safeguarding};

/// A clock each: the engine's names are fixed.
const BELLS: [&str; CHILDREN_MAX] = [
    "bell:1", "bell:2", "bell:3", "bell:4", "bell:5", "bell:6", "bell:7", "bell:8", "bell:9",
    "bell:10", "bell:11", "bell:12",
];

const UPDATES: [&str; UPDATES_MAX] = [
    "code:1", "code:2", "code:3", "code:4", "code:5", "code:6", "code:7", "code:8", "code:9",
    "code:10", "code:11", "code:12",
];

/// The clocks of plans.
pub(crate) struct Clocks;

fn nth(names: &[&'static str], number: u32) -> Option<&'static str> {
    names.get(number.checked_sub(1)? as usize).copied()
}

/// Which of the names it is, counted from 1.
fn number(names: &[&'static str], name: &str) -> Option<u32> {
    let place = names.iter().position(|one| *one == name)?;
    u32::try_from(place + 1).ok()
}

#[async_trait]
impl Deadlines for Clocks {
    fn name(&self) -> &'static str {
        "safeguarding"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "safeguarding.child_recorded.v1"
                | "safeguarding.school_acknowledged.v1"
                | "safeguarding.notice_withdrawn.v1"
                | "safeguarding.update_owed.v1"
                | "safeguarding.update_heard.v1"
        )
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let (name, due) = match event.decode()? {
            Event::ChildRecorded { child, due, .. } => (nth(&BELLS, child), Some(due)),
            Event::SchoolAcknowledged { child, .. } | Event::NoticeWithdrawn { child, .. } => {
                (nth(&BELLS, child), None)
            }
            Event::UpdateOwed { update, due, .. } => (nth(&UPDATES, update), Some(due)),
            Event::UpdateHeard { update, .. } => (nth(&UPDATES, update), None),
            _ => return Ok(vec![]),
        };
        let set = |name| DeadlineChange { stream: event.stream.clone(), name, due };
        Ok(name.map(set).into_iter().collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, name: &str, due: At) -> Result<(), Fault> {
        let bell = number(&BELLS, name).map(|child| Command::NoteBell { child, due });
        let update = || number(&UPDATES, name).map(|update| Command::MissUpdate { update, due });
        let Some(command) = bell.or_else(update) else { return Ok(()) };
        match engine.execute::<Safeguarding>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
