//! What can have happened to a record of a person. Which incident, in which role and which other
//! record are in clear, because they are counted; whatever somebody said of her is sealed.
//! A stored name never changes its meaning.

use crate::PersonId;
use crate::likeness::Likeness;
use incident::IncidentId;
use kernel::Personal;
use kernel::id::StaffId;
use serde::{Deserialize, Serialize};

/// What somebody is in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It was done to her.
    Victim,
    /// Said to have done it.
    Suspect,
    /// A child who sees, hears or lives with it.
    Child,
    /// Saw or heard something.
    Witness,
    /// Reports for somebody else, or is near her.
    ThirdParty,
}

impl Role {
    /// Every role, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Victim, Self::Suspect, Self::Child, Self::Witness, Self::ThirdParty];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Victim => "victim",
            Self::Suspect => "suspect",
            Self::Child => "child",
            Self::Witness => "witness",
            Self::ThirdParty => "third_party",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether nobody can be both in one incident: who suffers it, and who is said to do it.
    pub fn excludes(self, other: Self) -> bool {
        let harmed = |role: Self| matches!(role, Self::Victim | Self::Child);
        (harmed(self) && matches!(other, Self::Suspect))
            || (harmed(other) && matches!(self, Self::Suspect))
    }
}

/// Where in an incident's record somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// Who reported.
    Reporter,
    /// Who she said did it.
    Named,
    /// A suspect or a witness of the investigation, by number.
    Party {
        /// Counted from 1.
        number: u32,
    },
    /// A child of the safeguarding plan, by number.
    Child {
        /// Counted from 1.
        number: u32,
    },
}

impl Part {
    /// The code in an address: `reporter`, `named`, `party-2`, `child-1`.
    pub fn code(self) -> String {
        match self {
            Self::Reporter => "reporter".into(),
            Self::Named => "named".into(),
            Self::Party { number } => format!("party-{number}"),
            Self::Child { number } => format!("child-{number}"),
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        let number = |digits: &str| digits.parse().ok();
        match (code, code.split_once('-')) {
            ("reporter", _) => Some(Self::Reporter),
            ("named", _) => Some(Self::Named),
            (_, Some(("party", digits))) => number(digits).map(|number| Self::Party { number }),
            (_, Some(("child", digits))) => number(digits).map(|number| Self::Child { number }),
            _ => None,
        }
    }
}

/// Somebody in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Appearance {
    /// Which incident.
    pub incident: IncidentId,
    /// Where in its record.
    #[serde(flatten)]
    pub part: Part,
    /// As what.
    pub role: Role,
}

/// How an appearance came to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Nobody like it was known.
    New,
    /// The whole name and the day of birth are those of the record.
    Alike,
    /// Somebody took it out of another record.
    Moved,
}

/// What somebody added to a record. Always inside `Personal`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// The name as it should be written.
    pub name: String,
    /// Other names, one a line.
    pub also: String,
    /// `YYYY-MM-DD`; what stands here outranks what the incidents say.
    pub born: String,
    /// Telephone numbers, one a line.
    pub phones: String,
    /// Where she lives or lived, one a line, the postcode last.
    pub places: String,
    /// The language that she needs, and whether an interpreter.
    pub language: String,
    /// What an officer must know before she meets this person.
    pub warning: String,
    /// References in the force's other systems, one a line.
    pub references: String,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody in an incident is this person.
    #[serde(rename = "person.appeared.v1")]
    Appeared {
        /// Who there.
        appearance: Appearance,
        /// Why it is thought so.
        how: How,
    },
    /// That was somebody else.
    #[serde(rename = "person.parted.v1")]
    Parted {
        /// Which incident.
        incident: IncidentId,
        /// Where in its record.
        #[serde(flatten)]
        part: Part,
        /// Whose record it goes to.
        to: PersonId,
        /// Why.
        reason: Personal<String>,
    },
    /// She is something else in that incident.
    #[serde(rename = "person.recast.v1")]
    Recast {
        /// Which incident.
        incident: IncidentId,
        /// Where in its record.
        #[serde(flatten)]
        part: Part,
        /// As what.
        role: Role,
        /// Why.
        reason: Personal<String>,
    },
    /// Somebody wrote down what is known.
    #[serde(rename = "person.described.v1")]
    Described {
        /// All of it, as it is now.
        known: Personal<Known>,
    },
    /// She is one of us.
    #[serde(rename = "person.colleague_marked.v1")]
    ColleagueMarked {
        /// Whose account.
        staff: StaffId,
        /// How it is known.
        reason: Personal<String>,
    },
    /// She is not.
    #[serde(rename = "person.colleague_unmarked.v1")]
    ColleagueUnmarked {
        /// Whose account it was.
        staff: StaffId,
        /// Why.
        reason: Personal<String>,
    },
    /// Another record is of the same person: this one, the elder, stands for both.
    #[serde(rename = "person.absorbed.v1")]
    Absorbed {
        /// Which.
        other: PersonId,
        /// Where that one appeared.
        appearances: Vec<Appearance>,
        /// What they have in common.
        likeness: Vec<Likeness>,
        /// Why somebody thinks so.
        reason: Personal<String>,
    },
    /// It was not.
    #[serde(rename = "person.released.v1")]
    Released {
        /// Which.
        other: PersonId,
        /// Why.
        reason: Personal<String>,
    },
    /// This record is of the same person as an elder one.
    #[serde(rename = "person.merged.v1")]
    Merged {
        /// Which.
        into: PersonId,
    },
    /// It stands by itself again.
    #[serde(rename = "person.unmerged.v1")]
    Unmerged {
        /// Of which it was thought.
        from: PersonId,
    },
    /// They look alike and are two people.
    #[serde(rename = "person.told_apart.v1")]
    ToldApart {
        /// From whom.
        other: PersonId,
        /// How it is known.
        reason: Personal<String>,
    },
}
