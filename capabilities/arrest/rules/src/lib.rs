//! What the hub asks of a policing team: to arrest somebody, with everything they must know
//! before they knock; what comes of it; and the notices, orders and bail conditions that stand
//! between him and her afterwards, none of which may lapse in silence. One stream a request, one
//! stream an order. Pure. Read: event, command, state, decide, clock, order, permit.

pub mod clock;
pub mod command;
mod decide;
pub mod event;
pub mod limits;
pub mod order;
pub mod permit;
pub mod policy;
mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
mod words;

pub use command::{Act, Bail, Command, Request};
pub use decide::Arrest;
pub use event::{Event, Necessity, RiskGrade};
pub use order::Order;
pub use permit::PERMITS;
pub use policy::Policy;
pub use refusal::Refusal;
pub use state::{Stage, State};

kernel::id!(ArrestId, "arrest");
kernel::id!(OrderId, "order");
