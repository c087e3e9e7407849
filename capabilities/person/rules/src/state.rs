//! What stands in a record.

use crate::PersonId;
use crate::event::{Appearance, Event, Known, Part, Role};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{At, Personal};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody in an incident, as this record has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// As what.
    pub role: Role,
    /// Since when the record says so.
    pub since: At,
    /// The record that brought it, where one was merged into this.
    pub from: Option<PersonId>,
}

/// One record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Where this person appears, the records merged into this one included.
    pub appearances: BTreeMap<(IncidentId, Part), Seen>,
    /// What somebody added.
    pub known: Option<Personal<Known>>,
    /// Whose account it is, of a colleague.
    pub colleague: Option<StaffId>,
    /// Records that are of this person, since when.
    pub absorbed: BTreeMap<PersonId, At>,
    /// The elder record that stands for this one.
    pub merged_into: Option<PersonId>,
    /// Records that look alike and are of somebody else.
    pub apart: BTreeSet<PersonId>,
    /// Since when there is a record.
    pub since: Option<At>,
}

impl State {
    /// Whether there is such a record.
    pub const fn exists(&self) -> bool {
        self.since.is_some()
    }

    /// Where this person appears.
    pub fn appearances(&self) -> Vec<Appearance> {
        let one = |((incident, part), seen): (&(IncidentId, Part), &Seen)| Appearance {
            incident: *incident,
            part: *part,
            role: seen.role,
        };
        self.appearances.iter().map(one).collect()
    }

    /// The incidents in which this person is `role`, the eldest first, each once.
    pub fn incidents(&self, role: Role) -> Vec<IncidentId> {
        let in_role = self.appearances.iter().filter(|(_, seen)| seen.role == role);
        let all: BTreeSet<IncidentId> = in_role.map(|((incident, _), _)| *incident).collect();
        all.into_iter().collect()
    }

    pub(crate) fn after(mut self, event: &Event, at: At) -> Self {
        self.since.get_or_insert(at);
        match event {
            Event::Appeared { appearance, .. } => self.see(*appearance, at, None),
            Event::Parted { incident, part, .. } => {
                self.appearances.remove(&(*incident, *part));
            }
            Event::Recast { incident, part, role, .. } => {
                if let Some(seen) = self.appearances.get_mut(&(*incident, *part)) {
                    seen.role = *role;
                }
            }
            Event::Described { known } => self.known = Some(known.clone()),
            Event::ColleagueMarked { staff, .. } => self.colleague = Some(*staff),
            Event::ColleagueUnmarked { .. } => self.colleague = None,
            Event::Absorbed { other, appearances, .. } => {
                self.absorbed.insert(*other, at);
                for one in appearances {
                    self.see(*one, at, Some(*other));
                }
            }
            Event::Released { other, .. } => {
                self.absorbed.remove(other);
                self.appearances.retain(|_, seen| seen.from != Some(*other));
                // Whoever took them apart has said that they are two.
                self.apart.insert(*other);
            }
            Event::Merged { into } => self.merged_into = Some(*into),
            Event::Unmerged { from } => {
                self.merged_into = None;
                self.apart.insert(*from);
            }
            Event::ToldApart { other, .. } => {
                self.apart.insert(*other);
            }
        }
        self
    }

    fn see(&mut self, one: Appearance, since: At, from: Option<PersonId>) {
        self.appearances.insert((one.incident, one.part), Seen { role: one.role, since, from });
    }
}
