//! Accounts and sessions of staff: the rules. Passwords and codes are checked by the web crate,
//! which says here only whether they held.

mod command;
mod decide;
mod event;
pub mod limits;
pub mod permit;
mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::Refusal;
pub use event::{EndReason, Event};
pub use state::{Account, Session};

use kernel::{At, Class, Context, Decider};

/// One account: the stream `staff/<id>`.
pub struct Staff;

impl Decider for Staff {
    type Command = Command;
    type Event = Event;
    type State = Account;
    type Refusal = Refusal;

    const NOUN: &'static str = "staff";
    const CLASS: Class = kernel::retention::ACCESS_LOG;

    fn decide(state: &Account, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, context)
    }

    fn evolve(state: Account, event: &Event, at: At) -> Account {
        state.evolve(event, at)
    }
}
