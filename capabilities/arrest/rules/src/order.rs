//! What stands between him and her: a notice, an order of a court, bail conditions. Each has its
//! start, its end and its review, and none of them lapses in silence: it is warned of, it alarms,
//! and it stays on the board until somebody decides.

mod command;
mod decide;
mod event;
mod refusal;
mod state;
pub mod timing;

pub use command::{Act, Command, Making};
pub use decide::Order;
pub use event::{Authority, Clock, EndedAs, Event, Kind, Step};
pub use refusal::Refusal;
pub use state::{Made, State};
