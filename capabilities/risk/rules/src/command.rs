//! What can be asked.

use crate::event::{Cause, Channel, Earshot, Given, Grade};
use crate::instrument::Instrument;
use crate::policy::Policy;
use kernel::At;
use kernel::id::StaffId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One answer, as the page sends it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Which question.
    pub question: String,
    /// What became of it.
    pub given: Given,
    /// In words; may be empty.
    pub note: String,
}

/// One request, under the force's questions and numbers.
#[derive(Clone, Debug)]
pub struct Command {
    /// The pack of questions in force.
    pub pack: Arc<Instrument>,
    /// The force's hours and days.
    pub policy: Arc<Policy>,
    /// What.
    pub act: Act,
}

/// Whose judgement it is, where one of the force's own systems brings it.
pub type Officer = Option<StaffId>;

/// Why two answers that contradict each other may both be so, by contradiction.
pub type Acknowledged = BTreeMap<String, String>;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Who can hear her now. `channel`: how the officer and she talk at this moment.
    NoteEarshot { channel: Channel, who: BTreeSet<Earshot>, words: String },
    /// Keep the answers as they stand on the page; only what changed is stored.
    Keep { channel: Channel, answers: Vec<Answer> },
    /// The call became less than face to face, or face to face again.
    MarkChannel { channel: Channel },
    /// Begin anew with the questions in force; what was answered before stays on record.
    Begin { channel: Channel },
    /// The officer's grade. `acknowledged`: why both may be so, by contradiction.
    Grade { grade: Grade, reason: String, acknowledged: Acknowledged, officer: Officer },
    /// The grade of a supervisor or specialist who did not make the first.
    SecondGrade { grade: Grade, reason: String, officer: Officer },
    /// Something happened after which she is assessed again.
    Reassess { cause: Cause },
    /// Somebody will see her in person.
    BookVisit { visit_at: At, note: String },
    /// Somebody has seen her in person.
    AttendVisit { attended_at: At, note: String },
    /// The case may close though she was not seen when her risk was first assessed.
    AllowClosing { reason: String, officer: Officer },
}
