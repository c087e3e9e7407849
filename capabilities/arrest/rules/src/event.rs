//! What can have happened. Everything about the suspect is sealed; which kinds of necessity
//! were named is in clear, because they are counted.

use incident::IncidentId;
use kernel::Personal;
use serde::{Deserialize, Serialize};

/// Why an arrest is necessary, in our own words.
//= Police and Criminal Evidence Act 1984, section 24(5): an arrest needs one of these reasons
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Necessity {
    /// Nobody knows who he is.
    Name,
    /// Nobody knows where he lives.
    Address,
    /// He may hurt somebody, be hurt, or damage something.
    Harm,
    /// A child or somebody who cannot protect herself must be kept safe from him.
    Protect,
    /// The investigation would otherwise be slow or spoilt.
    Investigate,
    /// He would disappear.
    Disappear,
}

impl Necessity {
    /// Every reason, in the order of the page: the most usual here first.
    pub const ALL: [Self; 6] =
        [Self::Protect, Self::Harm, Self::Investigate, Self::Disappear, Self::Name, Self::Address];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Harm => "harm",
            Self::Protect => "protect",
            Self::Investigate => "investigate",
            Self::Disappear => "disappear",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The hub asks for an arrest.
    #[serde(rename = "arrest.requested.v1")]
    Requested {
        /// For which incident.
        incident: IncidentId,
        /// Who.
        suspect: Personal<String>,
        /// What he is suspected of, and on what grounds.
        grounds: Personal<String>,
        /// Which kinds of necessity.
        necessity: Vec<Necessity>,
        /// The same in words.
        necessity_words: Personal<String>,
        /// Where he is or will be.
        whereabouts: Personal<String>,
        /// What the team must know before it knocks.
        risks: Personal<String>,
    },
    /// The hub does not ask any more.
    #[serde(rename = "arrest.withdrawn.v1")]
    Withdrawn {
        /// Why.
        reason: Personal<String>,
    },
}
