//! Who looked at what, and why: who may ask, and how an answer leaves as a file. Pure. There is
//! nothing to decide here: the trail is written by the engine, and nobody edits it.

pub mod csv;
pub mod limits;
pub mod permit;

pub use permit::PERMITS;
