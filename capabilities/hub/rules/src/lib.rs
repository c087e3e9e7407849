//! Where responders sit: its hours, who is there, who is free. One stream, `hub/main`. Pure:
//! the time and the number of people waiting are arguments.
//! Read: hours, event, command, state, decide, permit.

pub mod command;
pub mod decide;
pub mod event;
pub mod hours;
pub mod permit;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::Refusal;
pub use event::{Event, Reason};
pub use hours::{Hours, Local, Span, london};
pub use state::{Availability, Duty, Override, Responder, State};

use kernel::{At, Class, Context, Decider};

/// The only stream.
pub const STREAM: &str = "hub/main";

/// The hub.
#[derive(Clone, Copy, Debug)]
pub struct Hub;

impl Decider for Hub {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "hub";
    const CLASS: Class = kernel::retention::SERVICE;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, context.at)
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}
