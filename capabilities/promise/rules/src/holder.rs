//! Which promise, who holds it, and why it changes hands. Codes and ids: nothing personal.

use kernel::id::StaffId;
use serde::{Deserialize, Serialize};

/// Which promise: whose it is, of which stream, under which name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct About {
    /// The capability that owes it.
    pub owner: String,
    /// The stream that owes it.
    pub stream: String,
    /// Which of the stream's promises.
    pub name: String,
}

/// Who holds a promise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Holder {
    /// One member of staff.
    Person {
        /// Who.
        staff: StaffId,
    },
    /// Whoever of a team is there.
    Team {
        /// Its code in the force's table of teams.
        team: String,
    },
}

/// Why a promise goes to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The shift ends.
    ShiftEnds,
    /// Too much else to do.
    Workload,
    /// Somebody else is better placed.
    BetterPlaced,
    /// The holder knows somebody in it.
    Conflict,
    /// The holder is not there.
    Absent,
    /// Something else, in words.
    Other,
}

impl Reason {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::ShiftEnds,
        Self::Workload,
        Self::BetterPlaced,
        Self::Conflict,
        Self::Absent,
        Self::Other,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ShiftEnds => "shift_ends",
            Self::Workload => "workload",
            Self::BetterPlaced => "better_placed",
            Self::Conflict => "conflict",
            Self::Absent => "absent",
            Self::Other => "other",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}
