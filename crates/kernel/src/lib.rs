//! The words every capability shares: time, ids, people's roles, personal fields, and the
//! shape of a decision. Pure: no clock, no luck, no input or output lives here.

pub mod actor;
pub mod decider;
pub mod id;
pub mod permit;
pub mod personal;
pub mod retention;
pub mod spec;
pub mod time;

pub use actor::{Actor, Role};
pub use decider::{Context, Decider};
pub use permit::{Permit, Purpose};
pub use personal::Personal;
pub use retention::Class;
pub use time::{At, Day};
