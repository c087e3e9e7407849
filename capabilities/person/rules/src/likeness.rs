//! Whether two records may be of one person: what they have in common, and what speaks against
//! it. A date of birth that differs, or the two ends of one incident, are two people whatever the
//! names say; nobody overrides that, because a wrong date is put right in its record first.

use crate::event::Appearance;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is known of somebody, in normal forms: never stored, handed in from what was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Names in normal form.
    pub names: BTreeSet<String>,
    /// Whole days of birth.
    pub born: BTreeSet<String>,
    /// Numbers.
    pub phones: BTreeSet<String>,
    /// E-mail addresses.
    pub emails: BTreeSet<String>,
    /// Postcodes.
    pub places: BTreeSet<String>,
}

/// What two records have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The whole name.
    Name,
    /// Names that sound alike.
    Sound,
    /// The day of birth.
    Born,
    /// The day of birth with day and month changed over, or one digit different.
    BornNearly,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A postcode.
    Place,
}

impl Likeness {
    /// Every kind, the weightiest first.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Born,
        Self::Phone,
        Self::Email,
        Self::Sound,
        Self::BornNearly,
        Self::Place,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Sound => "sound",
            Self::Born => "born",
            Self::BornNearly => "born_nearly",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Place => "place",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why two records are of two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Against {
    /// Whole days of birth, and none in common.
    Born,
    /// One is the victim or a child, the other the suspect of one incident.
    OneIncident,
    /// The accounts of two colleagues.
    Colleagues,
    /// Somebody told them apart.
    ToldApart,
}

impl Against {
    /// The code of the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Born => "born",
            Self::OneIncident => "one_incident",
            Self::Colleagues => "colleagues",
            Self::ToldApart => "told_apart",
        }
    }
}

/// What the two have in common, the weightiest first.
pub fn likeness(ours: &Facts, theirs: &Facts) -> Vec<Likeness> {
    let mut all = BTreeSet::new();
    let meet = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_disjoint(b);
    let pairs = || ours.names.iter().flat_map(|a| theirs.names.iter().map(move |b| (a, b)));
    if meet(&ours.names, &theirs.names) {
        all.insert(Likeness::Name);
    } else if pairs().any(|(a, b)| names::sound_alike(a, b)) {
        all.insert(Likeness::Sound);
    }
    let days = || ours.born.iter().flat_map(|a| theirs.born.iter().map(move |b| (a, b)));
    if meet(&ours.born, &theirs.born) {
        all.insert(Likeness::Born);
    } else if days().any(|(a, b)| names::nearly_one_day(a, b)) {
        all.insert(Likeness::BornNearly);
    }
    if meet(&ours.phones, &theirs.phones) {
        all.insert(Likeness::Phone);
    }
    if meet(&ours.emails, &theirs.emails) {
        all.insert(Likeness::Email);
    }
    if meet(&ours.places, &theirs.places) {
        all.insert(Likeness::Place);
    }
    Likeness::ALL.into_iter().filter(|one| all.contains(one)).collect()
}

/// Whether two whole days of birth are known that cannot be one person's.
pub fn born_apart(ours: &Facts, theirs: &Facts) -> bool {
    !ours.born.is_empty() && !theirs.born.is_empty() && ours.born.is_disjoint(&theirs.born)
}

/// Whether one of them is at one end of an incident, and the other at the other.
pub fn face_each_other(ours: &[Appearance], theirs: &[Appearance]) -> bool {
    let facing = |a: &Appearance, b: &Appearance| {
        a.incident == b.incident && a.part != b.part && a.role.excludes(b.role)
    };
    ours.iter().any(|a| theirs.iter().any(|b| facing(a, b)))
}
