//! How a promise stands at a moment: the colour that the board gives it.

use crate::limits::{SOON_MAX, SOON_PART};
use kernel::At;
use serde::Serialize;

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its time is up and it is still owed.
    Late,
    /// A quarter of its time is left, or less; a day at most.
    Soon,
    /// There is time.
    Calm,
}

impl Standing {
    /// How an open promise stands at `now`. What falls due at this very moment is late.
    pub fn at(now: At, made: At, due: At) -> Self {
        if now >= due {
            return Self::Late;
        }
        let soon = (due.since(made) / SOON_PART).min(SOON_MAX);
        if due.since(now) <= soon { Self::Soon } else { Self::Calm }
    }
}

/// What became of a promise by `now`, for whoever counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// Kept in time.
    Kept,
    /// Kept, but late.
    KeptLate,
    /// Not kept, and its time was up while it was still owed.
    Missed,
    /// Not owed any more before its time was up.
    Ended,
    /// Still owed, in time.
    Open,
}

impl Came {
    /// All of them, in the order of a table.
    pub const ALL: [Self; 5] = [Self::Kept, Self::KeptLate, Self::Missed, Self::Ended, Self::Open];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::KeptLate => "kept_late",
            Self::Missed => "missed",
            Self::Ended => "ended",
            Self::Open => "open",
        }
    }

    /// What became of it. What is done at the very moment that it falls due is in time.
    pub fn of(now: At, due: At, kept: Option<At>, ended: Option<At>) -> Self {
        match (kept, ended) {
            (Some(kept), _) if kept <= due => Self::Kept,
            (Some(_), _) => Self::KeptLate,
            (None, Some(ended)) if ended <= due => Self::Ended,
            (None, Some(_)) => Self::Missed,
            (None, None) if now >= due => Self::Missed,
            (None, None) => Self::Open,
        }
    }
}
