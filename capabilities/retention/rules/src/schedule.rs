//! The force's own days for each class: never longer than the class, kept with their history.
//! What is born after a change has the new days; what is there already keeps its old day.

use crate::subject::{reason, staff};
use crate::{Refusal, limits};
use kernel::{At, Class, Context, Decider, Personal, id::StaffId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The one stream of the schedule.
pub const STREAM: &str = "retention/schedule";

/// The rules of the schedule.
#[derive(Clone, Copy, Debug)]
pub struct Schedule;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Keep what is born of this class from now on for so many days.
    Set { class: Class, days: u32, reason: String },
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The days of a class changed.
    #[serde(rename = "retention.schedule_set.v1")]
    Set {
        /// Counts the changes, from 1.
        version: u32,
        /// The class's stored name.
        class: String,
        /// From now on.
        days: u32,
        /// Until now.
        was: u32,
        /// The longest that the class allows.
        limit: u32,
        /// On what authority the limit rests, as it read then.
        authority: String,
        /// Why.
        reason: Personal<String>,
        /// Who.
        by: StaffId,
    },
}

/// The schedule as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How many changes there were.
    pub version: u32,
    /// Days by class, where the force has set its own.
    pub days: BTreeMap<String, u32>,
}

impl State {
    /// The class as this force keeps it.
    pub fn class(&self, class: Class) -> Class {
        self.days.get(class.name).map_or(class, |days| class.within(*days))
    }
}

impl Decider for Schedule {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "retention";
    const CLASS: Class = kernel::retention::SERVICE;

    //= Data Protection Act 2018, section 39(2): appropriate time limits are set
    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let Command::Set { class, days, reason: why } = command;
        let by = staff(context)?;
        let (limit, was) = (class.keep_days, state.class(class).keep_days);
        if days < limits::DAYS_MIN {
            return Err(Refusal::TooFewDays);
        }
        if days > limit {
            return Err(Refusal::OverLimit { limit });
        }
        if days == was {
            return Err(Refusal::SameDays);
        }
        Ok(vec![Event::Set {
            version: state.version + 1,
            class: class.name.to_owned(),
            days,
            was,
            limit,
            authority: class.authority.to_owned(),
            reason: reason(&why)?,
            by,
        }])
    }

    fn evolve(mut state: State, event: &Event, _: At) -> State {
        let Event::Set { version, class, days, .. } = event;
        state.version = *version;
        state.days.insert(class.clone(), *days);
        state
    }
}
