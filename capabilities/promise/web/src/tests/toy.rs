//! Something that makes, keeps and ends promises, and nothing else.

use engine::{Fault, Opened, Parts, PromiseChange, Promised, Promises};
use kernel::{At, Class, Context, Decider, Permit, Purpose, Role};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ui::Capability;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub(super) enum Event {
    #[serde(rename = "toy.made.v1")]
    Made { name: String, due: At },
    #[serde(rename = "toy.kept.v1")]
    Kept { name: String },
    #[serde(rename = "toy.ended.v1")]
    Ended { name: String },
}

#[derive(Clone)]
pub(super) enum Command {
    Make { name: String, due: At },
    Keep { name: String },
    End { name: String },
}

#[derive(Debug, PartialEq, thiserror::Error)]
#[error("no")]
pub(super) struct No;

pub(super) struct Toy;

impl Decider for Toy {
    type Command = Command;
    type Event = Event;
    type State = ();
    type Refusal = No;
    const NOUN: &'static str = "toy";
    const CLASS: Class = kernel::retention::SERVICE;

    fn decide(_: &(), command: Command, _: &Context) -> Result<Vec<Event>, No> {
        Ok(vec![match command {
            Command::Make { name, due } => Event::Made { name, due },
            Command::Keep { name } => Event::Kept { name },
            Command::End { name } => Event::Ended { name },
        }])
    }

    fn evolve((): (), _: &Event, _: At) {}
}

struct Owes;

impl Promises for Owes {
    fn name(&self) -> &'static str {
        "toy"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("toy.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let (name, change) = match event.decode()? {
            Event::Made { name, due } => (name, Promised::Made { due, incident: None }),
            Event::Kept { name } => (name, Promised::Kept),
            Event::Ended { name } => (name, Promised::Ended),
        };
        Ok(vec![PromiseChange { stream: event.stream.clone(), name, change }])
    }
}

const PERMITS: &[Permit] =
    &[Permit::staff("toy.read", &[Role::Responder, Role::Specialist], &[Purpose::Response])];

pub(super) fn capability() -> Capability {
    Capability {
        name: "toy",
        permits: PERMITS,
        parts: Parts { promises: vec![Arc::new(Owes)], ..Default::default() },
        ..Default::default()
    }
}
