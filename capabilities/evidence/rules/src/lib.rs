//! A case handed on: asked for by one person, approved by another, and then made as numbered
//! working copies of a master that stays where it is. Pure: what the case holds is told in the
//! command. Never here: a passphrase, or a byte of what is handed on.

pub mod command;
mod decide;
pub mod event;
pub mod limits;
pub mod permit;
mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, Found, Standing};
pub use decide::Export;
pub use event::{Event, Recipient, SealedTo, Why};
pub use permit::PERMITS;
pub use refusal::Refusal;
pub use state::{Copy, Stage, State};

kernel::id!(ExportId, "export");
