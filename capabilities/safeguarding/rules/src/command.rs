//! What can be asked.

use crate::event::{Advice, Owner};
use kernel::At;
use std::collections::BTreeSet;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Keep the ticks and the note as they stand on the page.
    Keep {
        /// Everything ticked.
        advice: BTreeSet<Advice>,
        /// What else was said.
        note: String,
    },
    /// Somebody owes something.
    SetAction { what: String, owner: Owner, due_at: At },
    /// It is done.
    Complete { action: u32 },
    /// It is owed no more.
    Drop { action: u32, reason: String },
}
