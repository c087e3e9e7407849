//! Time as a cause: the bell rings, and nobody at the school has said that they know.

use async_trait::async_trait;
use engine::{Caller, DeadlineChange, Deadlines, Engine, Fault, Opened, Refused};
use kernel::At;
use safeguarding::limits::CHILDREN_MAX;
use safeguarding::{Command, Event, Safeguarding};

/// A clock each: the engine's names are fixed.
const BELLS: [&str; CHILDREN_MAX] = [
    "bell:1", "bell:2", "bell:3", "bell:4", "bell:5", "bell:6", "bell:7", "bell:8", "bell:9",
    "bell:10", "bell:11", "bell:12",
];

/// The bells.
pub(crate) struct Bells;

fn bell(child: u32) -> Option<&'static str> {
    BELLS.get(child.checked_sub(1)? as usize).copied()
}

#[async_trait]
impl Deadlines for Bells {
    fn name(&self) -> &'static str {
        "safeguarding"
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "safeguarding.child_recorded.v1"
                | "safeguarding.school_acknowledged.v1"
                | "safeguarding.notice_withdrawn.v1"
        )
    }

    fn on(&self, event: &Opened) -> Result<Vec<DeadlineChange>, Fault> {
        let (child, due) = match event.decode()? {
            Event::ChildRecorded { child, due, .. } => (child, Some(due)),
            Event::SchoolAcknowledged { child, .. } | Event::NoticeWithdrawn { child, .. } => {
                (child, None)
            }
            _ => return Ok(vec![]),
        };
        let set = |name| DeadlineChange { stream: event.stream.clone(), name, due };
        Ok(bell(child).map(set).into_iter().collect())
    }

    async fn fire(&self, engine: &Engine, stream: &str, name: &str, due: At) -> Result<(), Fault> {
        let place = BELLS.iter().position(|one| *one == name);
        let Some(child) = place.and_then(|place| u32::try_from(place + 1).ok()) else {
            return Ok(());
        };
        let command = Command::NoteBell { child, due };
        match engine.execute::<Safeguarding>(stream, command, &Caller::system(), None).await {
            Ok(_) | Err(Refused::Refusal(_)) => Ok(()),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }
}
