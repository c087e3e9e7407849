//! What the chief asks: how fast, how many, how often, and how many hours it set free. Facts come
//! in as counts and times without a person; figures go out with small numbers kept small. Pure.
//! Read: measure, period, baseline, figures, permit.

pub mod baseline;
pub mod figures;
pub mod limits;
pub mod measure;
pub mod period;
pub mod permit;
#[cfg(test)]
mod tests;

pub use baseline::{Baseline, Command, Event, Insight, Refusal, STREAM, State};
pub use measure::{Fact, Measure};
pub use period::Period;
pub use permit::PERMITS;
