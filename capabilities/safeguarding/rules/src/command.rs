//! What can be asked.

use crate::child::{NewChild, Told};
use crate::code::{Heard, Update};
use crate::contact::{ContactWords, Hours, Way};
use crate::event::{Advice, Owner};
use crate::marker::MarkerKind;
use calendar::Jurisdiction;
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
    /// Mark her address.
    SetMarker { of: MarkerKind, words: String, review_at: At },
    /// It stays.
    KeepMarker { marker: u32, review_at: At, note: String },
    /// It does not stand any more.
    EndMarker { marker: u32, reason: String },
    /// She is owed to hear something.
    OweUpdate { of: Update, jurisdiction: Jurisdiction, since: At },
    /// She heard it.
    TellUpdate { update: u32, heard: Heard, note: String },
    /// Somebody tried.
    TryUpdate { update: u32, note: String },
    /// Its time was over first.
    MissUpdate { update: u32, due: At },
}
