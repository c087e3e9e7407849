//! The service in simulation: seed in, verdict out. A schedule is drawn from its seed and drives
//! the real engine, the real keys and the real read models through time, crashes, restored
//! backups and wrong clocks; after every step the rules of forgetting are checked against what
//! is true. Nothing here runs in the service.

mod broken;
mod check;
mod dice;
mod faulty;
pub mod limits;
mod model;
mod moves;
pub mod runs;
mod schedule;
mod thing;
mod trial;
mod world;

pub use broken::{Broken, Rule};
pub use schedule::{Played, Tally, play};
