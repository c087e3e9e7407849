//! The clock when it is not believed: destruction waits until two people have looked at it and
//! say that it is right. Until then everything that is due is closed.

use crate::RECORD;
use kernel::id::StaffId;
use kernel::time::hours;
use kernel::{At, Class, Context, Decider};
use serde::{Deserialize, Serialize};

/// The one stream of this noun.
pub const STREAM: &str = "clock/wall";

/// How long the first person's look counts: a clock that was right this morning may be wrong now.
const LOOK_COUNTS: std::time::Duration = hours(1);

/// The rules of believing the wall clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock;

/// One request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// One more person compared the clock and says that it is right.
    SayRight,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The first person said so.
    #[serde(rename = "clock.said_right.v1")]
    SaidRight { by: StaffId },
    /// The second did: the clock is believed from here on.
    #[serde(rename = "clock.trusted.v1")]
    Trusted { first: StaffId, second: StaffId },
}

/// Who said so, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The first person, until a second came.
    pub said: Option<(StaffId, At)>,
}

impl State {
    /// The first person, while the look counts.
    pub fn first(&self, now: At) -> Option<StaffId> {
        self.said.filter(|(_, at)| now < at.plus(LOOK_COUNTS)).map(|(by, _)| by)
    }
}

/// Why not, in words for whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// One person acting as two.
    #[error("You said so already. Another person must look at the clock too.")]
    SamePerson,
    /// Not a member of staff.
    #[error("Only a member of staff can look at the clock.")]
    StaffOnly,
}

impl Decider for Clock {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "clock";
    const CLASS: Class = RECORD;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let Command::SayRight = command;
        let by = context.actor.staff().ok_or(Refusal::StaffOnly)?;
        match state.first(context.at) {
            None => Ok(vec![Event::SaidRight { by }]),
            Some(first) if first == by => Err(Refusal::SamePerson),
            Some(first) => Ok(vec![Event::Trusted { first, second: by }]),
        }
    }

    fn evolve(_: State, event: &Event, at: At) -> State {
        match event {
            Event::SaidRight { by } => State { said: Some((*by, at)) },
            Event::Trusted { .. } => State { said: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::spec::given;
    use kernel::{Actor, Role};

    const T: At = At::from_seconds(1_800_000_000);

    fn person(id: u128) -> Actor {
        Actor::Staff { id: StaffId(id), roles: vec![Role::DataProtection] }
    }

    #[test]
    fn the_clock_is_believed_when_two_people_say_so_within_the_hour() {
        let said = Event::SaidRight { by: StaffId(1) };
        given::<Clock>([]).by(person(1)).when(Command::SayRight).then([said.clone()]);
        given::<Clock>([said.clone()])
            .at(T.plus(hours(1)).minus(std::time::Duration::from_micros(1)))
            .by(person(2))
            .when(Command::SayRight)
            .then([Event::Trusted { first: StaffId(1), second: StaffId(2) }]);
        given::<Clock>([said])
            .at(T.plus(hours(1)))
            .by(person(2))
            .when(Command::SayRight)
            .then([Event::SaidRight { by: StaffId(2) }]);
    }

    #[test]
    fn one_person_is_not_two() {
        given::<Clock>([Event::SaidRight { by: StaffId(1) }])
            .by(person(1))
            .when(Command::SayRight)
            .then_refused(Refusal::SamePerson);
        given::<Clock>([])
            .by(Actor::System)
            .when(Command::SayRight)
            .then_refused(Refusal::StaffOnly);
    }
}
