//! What can be asked of a plan.

use crate::event::{Attendance, Decision, Outcome, Strategy, Why};
use crate::policy::Policy;
use kernel::At;
use kernel::id::StaffId;
use std::sync::Arc;

/// One request, under these data.
#[derive(Clone, Debug)]
pub struct Command {
    /// The force's data.
    pub policy: Arc<Policy>,
    /// What.
    pub act: Act,
}

/// What an officer says of the safety of those he harmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Whether they are safe; nothing when nobody asked.
    pub safe: Option<bool>,
    /// How it is known, and what they were told.
    pub words: String,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Open a plan. `elder` is the reference of the record that stands for this one, if one does.
    Open { why: Why, reason: String, elder: Option<String>, owner: StaffId },
    /// Somebody else answers for it.
    HandOver { owner: StaffId, reason: String },
    /// Make a strategy part of it.
    SetStrategy { strategy: Strategy, aim: String },
    /// End a strategy.
    EndStrategy { strategy: Strategy, result: String },
    /// Owe something.
    SetAction { strategy: Strategy, what: String, provider: Option<String>, due: At },
    /// It is done.
    FinishAction { number: u32, result: String },
    /// It is owed no more.
    DropAction { number: u32, reason: String },
    /// Put him on a programme.
    BeginProgramme { provider: String, sessions: u32, due: At },
    /// A session was held.
    RecordSession {
        programme: u32,
        session: u32,
        held_at: At,
        attendance: Attendance,
        note: String,
    },
    /// He went through it.
    CompleteProgramme { programme: u32, result: String },
    /// He did not.
    FailProgramme { programme: u32, reason: String },
    /// He must or must not.
    SetCondition { words: String, until: At },
    /// He kept it.
    KeepCondition { condition: u32, note: String },
    /// Its day came.
    RunOut { condition: u32 },
    /// He did not keep it.
    Breach { condition: u32, what: String },
    /// What is done about it.
    Decide { condition: u32, decision: Decision, reason: String, until: Option<At> },
    /// Somebody spoke with him.
    Contact { checked: Checked, note: String },
    /// I looked at it whole.
    Review { checked: Checked, finding: String },
    /// Nobody did in time.
    MissReview { due: At },
    /// It ends.
    Close { outcome: Outcome, reason: String },
}
