//! What can have happened to a hold. Keys, grounds and days are in clear; reasons are sealed.

use crate::subject::Thing;
use kernel::{Day, Personal, id::StaffId};
use serde::{Deserialize, Serialize};

/// On what ground, in a word that names nobody: what the list of holds shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A court, a coroner or a prosecutor has asked for it.
    Court,
    /// A complaint or a misconduct matter turns on it.
    Complaint,
    /// What was told may have been misused.
    Misuse,
    /// Whoever is in it asked that it be kept.
    Request,
    /// It may become evidence, and that is not decided yet.
    Investigation,
}

impl Ground {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Investigation, Self::Misuse, Self::Court, Self::Complaint, Self::Request];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Complaint => "complaint",
            Self::Misuse => "misuse",
            Self::Request => "request",
            Self::Investigation => "investigation",
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
    /// Somebody proposed it.
    #[serde(rename = "hold.proposed.v1")]
    Proposed {
        things: Vec<Thing>,
        ground: Ground,
        reason: Personal<String>,
        review_on: Day,
        by: StaffId,
    },
    /// It was turned down, or taken back.
    #[serde(rename = "hold.declined.v1")]
    Declined { by: StaffId, reason: Personal<String> },
    /// A second person confirmed it. The keys are wrapped again next, and each says so.
    #[serde(rename = "hold.placed.v1")]
    Placed { things: Vec<Thing>, review_on: Day, by: StaffId },
    /// This key is wrapped again, durably.
    #[serde(rename = "hold.kept.v1")]
    Kept { key: String },
    /// This key's day came first: it is not held.
    #[serde(rename = "hold.failed.v1")]
    Failed { key: String },
    /// To keep it on until then waits for a second person.
    #[serde(rename = "hold.review_proposed.v1")]
    ReviewProposed { review_on: Day, reason: Personal<String>, by: StaffId },
    /// It is kept on until then; `with` is the second person, where two were needed.
    #[serde(rename = "hold.reviewed.v1")]
    Reviewed {
        review_on: Day,
        reason: Option<Personal<String>>,
        by: StaffId,
        with: Option<StaffId>,
    },
    /// The review date passed and nobody looked, for the `times`-th day.
    #[serde(rename = "hold.review_missed.v1")]
    ReviewMissed { review_on: Day, times: u32 },
    /// Its end waits for a second person.
    #[serde(rename = "hold.end_proposed.v1")]
    EndProposed { by: StaffId, reason: Personal<String> },
    /// What waited for a second person was taken back or turned down.
    #[serde(rename = "hold.request_dropped.v1")]
    RequestDropped { by: StaffId },
    /// Two people ended it. The old deadlines count again.
    #[serde(rename = "hold.ended.v1")]
    Ended { by: StaffId, with: StaffId },
    /// The wrapping of this key is gone.
    #[serde(rename = "hold.let_go.v1")]
    LetGo { key: String },
}
