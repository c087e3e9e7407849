//! A promotion makes evidence of what would have gone: two people and a reason. It is not taken
//! back: the class evidence has a day of its own.

use crate::subject::{Mark, Subject, Thing, all_living, own, reason, second, sorted, staff};
use crate::{RECORD, Refusal};
use kernel::{At, Class, Context, Day, Decider, Personal, id::StaffId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rules of a promotion.
#[derive(Clone, Copy, Debug)]
pub struct Promotion;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Propose that these become evidence.
    Propose { subjects: Vec<Subject>, reason: String },
    /// Be the second person; `subjects` are the same things as they are now, `days` how long
    /// this force keeps evidence.
    Confirm { subjects: Vec<Subject>, days: u32 },
    /// Say no, or take one's own proposal back.
    Decline { reason: String },
    /// The key is wrapped again. Sightline itself says so.
    NoteKept { key: String },
    /// The key's day came first. Sightline itself says so.
    NoteFailed { key: String },
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody proposed it.
    #[serde(rename = "promotion.proposed.v1")]
    Proposed { things: Vec<Thing>, reason: Personal<String>, by: StaffId },
    /// It was turned down, or taken back.
    #[serde(rename = "promotion.declined.v1")]
    Declined { by: StaffId, reason: Personal<String> },
    /// A second person confirmed it: evidence until that day.
    #[serde(rename = "promotion.made.v1")]
    Made { things: Vec<Thing>, expires_on: Day, by: StaffId },
    /// This key is wrapped under evidence, durably.
    #[serde(rename = "promotion.kept.v1")]
    Kept { key: String },
    /// This key's day came first: it did not become evidence.
    #[serde(rename = "promotion.failed.v1")]
    Failed { key: String },
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was proposed.
    #[default]
    None,
    /// One person did.
    Proposed,
    /// Two people did.
    Made,
    /// It was turned down or taken back.
    Declined,
}

/// A promotion as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How far it is.
    pub stage: Stage,
    /// Who proposed it.
    pub proposed_by: Option<StaffId>,
    /// Since when.
    pub proposed_at: At,
    /// Who confirmed it.
    pub confirmed_by: Option<StaffId>,
    /// What it is about.
    pub things: Vec<Thing>,
    /// The day on which the evidence goes.
    pub expires_on: Day,
    /// How each key fares.
    pub marks: BTreeMap<String, Mark>,
}

impl Decider for Promotion {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "promotion";
    const CLASS: Class = RECORD;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Propose { subjects, reason: why } => {
                if state.stage != Stage::None {
                    return Err(Refusal::AlreadyProposed);
                }
                let by = staff(context)?;
                let things = all_living(&subjects, context.at)?;
                Ok(vec![Event::Proposed { things, reason: reason(&why)?, by }])
            }
            Command::Confirm { subjects, days } => {
                let by = second(context, proposed(state)?)?;
                let (things, late) = sorted(&state.things, &subjects, context.at)?;
                let days = kernel::retention::EVIDENCE.within(days).keep_days;
                let made = Event::Made { things, expires_on: context.at.day().plus(days), by };
                let failed = late.into_iter().map(|thing| Event::Failed { key: thing.key });
                Ok(std::iter::once(made).chain(failed).collect())
            }
            Command::Decline { reason: why } => {
                proposed(state)?;
                Ok(vec![Event::Declined { by: staff(context)?, reason: reason(&why)? }])
            }
            Command::NoteKept { key } => {
                waiting(state, context, &key)?;
                Ok(vec![Event::Kept { key }])
            }
            Command::NoteFailed { key } => {
                waiting(state, context, &key)?;
                Ok(vec![Event::Failed { key }])
            }
        }
    }

    fn evolve(mut state: State, event: &Event, at: At) -> State {
        match event {
            Event::Proposed { things, by, .. } => {
                state.stage = Stage::Proposed;
                state.things.clone_from(things);
                (state.proposed_by, state.proposed_at) = (Some(*by), at);
            }
            Event::Declined { .. } => state.stage = Stage::Declined,
            Event::Made { things, expires_on, by } => {
                state.stage = Stage::Made;
                (state.expires_on, state.confirmed_by) = (*expires_on, Some(*by));
                state.marks = things.iter().map(|t| (t.key.clone(), Mark::Asked)).collect();
            }
            Event::Kept { key } => {
                state.marks.insert(key.clone(), Mark::Kept);
            }
            Event::Failed { key } => {
                state.marks.insert(key.clone(), Mark::Failed);
            }
        }
        state
    }
}

fn proposed(state: &State) -> Result<StaffId, Refusal> {
    match state.stage {
        Stage::None => Err(Refusal::NotProposed),
        Stage::Proposed => state.proposed_by.ok_or(Refusal::NotProposed),
        Stage::Made => Err(Refusal::AlreadyConfirmed),
        Stage::Declined => Err(Refusal::Declined),
    }
}

fn waiting(state: &State, context: &Context, key: &str) -> Result<(), Refusal> {
    own(context)?;
    match state.marks.get(key) {
        Some(Mark::Asked) => Ok(()),
        Some(_) => Err(Refusal::AlreadyNoted),
        None => Err(Refusal::NotProposed),
    }
}
