//! Where responders sit: its hours, who is there, who is free. One stream, `hub/main`. Pure:
//! the time and the number of people waiting are arguments. Read in this order.

pub mod event;
pub mod hours;

pub use event::Event;

/// The only stream.
pub const STREAM: &str = "hub/main";
