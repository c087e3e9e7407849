//! What can be asked.

use crate::child::{NewChild, Told};
use crate::contact::{ContactWords, Hours, Way};
use crate::event::{Advice, Owner};
use kernel::At;
use std::collections::BTreeSet;

/// One request.
#[derive(Clone, Debug, PartialEq)]
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
    /// A child of the house; the school is told before the bell.
    RecordChild(Box<NewChild>),
    /// The school was told.
    TellSchool { child: u32, told: Told, spoke_with: String },
    /// Somebody there said that they know.
    AcknowledgeSchool { child: u32, note: String },
    /// The notice is not owed after all.
    WithdrawNotice { child: u32, reason: String },
    /// The bell that was due then has rung.
    NoteBell { child: u32, due: At },
    /// How and when she may be reached, whole.
    RuleContact { ways: Vec<Way>, hours: Option<Hours>, words: ContactWords },
}
