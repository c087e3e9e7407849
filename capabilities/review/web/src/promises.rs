//! What is owed: that somebody else looks at it, what a review asks for, and that a week's
//! sample is read.

use engine::{Fault, Opened, PromiseChange, Promised, Promises};
use review::{Event, sample};

/// The promises of reviews and samples.
pub(crate) struct Promising;

const REVIEW: &str = "review";
const SAMPLE: &str = "sample";

impl Promises for Promising {
    fn name(&self) -> &'static str {
        "review"
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("review.") || kind.starts_with("sample.")
    }

    fn on(&self, event: &Opened) -> Result<Vec<PromiseChange>, Fault> {
        let change = match event.noun() {
            "review" => of_review(event.decode()?),
            _ => of_sample(&event.decode()?),
        };
        let owe = |(name, change): (&str, Promised)| PromiseChange {
            stream: event.stream.clone(),
            name: name.to_owned(),
            change,
        };
        Ok(change.map(owe).into_iter().collect())
    }
}

fn of_review(event: Event) -> Option<(&'static str, Promised)> {
    match event {
        Event::Opened { incident, due, .. } => {
            Some((REVIEW, Promised::Made { due, incident: Some(incident.stream()) }))
        }
        Event::Decided { .. } => Some((REVIEW, Promised::Kept)),
        Event::TaskLeft { incident, task, due } => {
            Some((task.code(), Promised::Made { due, incident: Some(incident.stream()) }))
        }
        Event::TaskDone { task, .. } => Some((task.code(), Promised::Kept)),
        Event::Taken { .. }
        | Event::PutBack { .. }
        | Event::Escalated { .. }
        | Event::CrimeRecorded {} => None,
    }
}

fn of_sample(event: &sample::Event) -> Option<(&'static str, Promised)> {
    match event {
        sample::Event::Drawn { due, .. } => {
            Some((SAMPLE, Promised::Made { due: *due, incident: None }))
        }
        sample::Event::Completed {} => Some((SAMPLE, Promised::Kept)),
        sample::Event::ItemJudged { .. } => None,
    }
}
