//! What can be asked of a record of a person.

use crate::PersonId;
use crate::event::{Appearance, How, Known, Part, Role};
use crate::likeness::Facts;
use incident::IncidentId;
use kernel::id::StaffId;

/// The record that is to go into an elder one, as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theirs {
    /// What is known of it.
    pub facts: Facts,
    /// Where it appears.
    pub appearances: Vec<Appearance>,
    /// Whether it has gone into another.
    pub merged: bool,
    /// Whose account it is, of a colleague.
    pub colleague: Option<StaffId>,
    /// Whether somebody told the two apart on its own page.
    pub told_apart: bool,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Somebody in an incident is this person.
    Appear { appearance: Appearance, how: How },
    /// That was somebody else.
    Part { incident: IncidentId, part: Part, to: PersonId, reason: String },
    /// She is something else there.
    Recast { incident: IncidentId, part: Part, role: Role, reason: String },
    /// This is known of her.
    Describe(Box<Known>),
    /// She is one of us.
    MarkColleague { staff: StaffId, reason: String },
    /// She is not.
    UnmarkColleague { reason: String },
    /// Another record is of the same person.
    Absorb { me: PersonId, other: PersonId, ours: Box<Facts>, theirs: Box<Theirs>, reason: String },
    /// It is not.
    Release { other: PersonId, reason: String },
    /// Go into an elder record.
    GoInto { into: PersonId },
    /// Stand by yourself again.
    ComeBack { from: PersonId },
    /// These are two people.
    TellApart { other: PersonId, reason: String },
}
