//! The control room's record of one report: what was said, how fast somebody must respond, and
//! by which route. Pure: the time, the grade table and the hub's availability are arguments.
//! Read: report, grade, screening, route, event, command, state, refusal, decide, permit.

pub mod command;
pub mod deadline;
pub mod decide;
pub mod event;
pub mod grade;
pub mod permit;
pub mod refusal;
pub mod report;
pub mod route;
pub mod screening;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::{Answered, Command};
pub use event::Event;
pub use grade::{Cause, Grade, GradeTable};
pub use refusal::Refusal;
pub use report::Report;
pub use state::{Offer, Patrol, State, Step};

use kernel::{At, Class, Context, Decider};

kernel::id!(IncidentId, "incident");
kernel::id!(OfferId, "offer");

impl IncidentId {
    /// The short reference that people say to each other: `SL-` and six letters or digits.
    pub fn reference(&self) -> String {
        kernel::id::spoken("SL-", self.0)
    }
}

/// One report and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Incident;

impl Decider for Incident {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "incident";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, context.at)
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}
