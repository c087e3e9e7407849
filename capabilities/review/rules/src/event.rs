//! What can have happened to a review. Findings, lessons and reasons are sealed; who reviews,
//! what was decided as codes, and clocks are in clear.

use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Declares an enum of stored codes.
macro_rules! codes {
    ($(#[$of:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$of])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum $name {
            $($(#[$what])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them, in the order in which a page offers them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The one with this code.
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Why it is reviewed.
    Cause {
        /// It was decided that it is no crime.
        NonCrime = "non_crime",
        /// It was answered and closed, and nobody decided.
        NoDecision = "no_decision",
        /// A sample found an opportunity missed.
        Missed = "missed",
    }
}

codes! {
    /// What a reviewer decides. Several may go together.
    Outcome {
        /// It is no crime.
        Confirm = "confirm",
        /// It is one.
        Reclass = "reclass",
        /// The risk is higher than it was graded.
        RaiseRisk = "raise_risk",
        /// She should be referred.
        Refer = "refer",
        /// More is to be done for her safety.
        Safeguard = "safeguard",
        /// There is nothing to review: a duplicate, opened in error, a crime already.
        Close = "close",
    }
}

codes! {
    /// How high the reviewer would grade it.
    Raised {
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

codes! {
    /// What somebody has to do because of a review.
    Task {
        /// Record the crime: it could not be done by itself.
        RecordCrime = "record_crime",
        /// Grade the risk again.
        RaiseRisk = "raise_risk",
        /// Refer her.
        Refer = "refer",
        /// Do what keeps her safe.
        Safeguard = "safeguard",
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// It waits for somebody who is not its author. Opened again, it is another round.
    #[serde(rename = "review.opened.v1")]
    Opened {
        /// Of what.
        incident: IncidentId,
        /// Why.
        cause: Cause,
        /// Who decided, or closed it.
        author: Option<StaffId>,
        /// By when somebody else has reviewed it.
        due: At,
        /// The first is 1.
        round: u32,
    },
    /// Somebody reviews it.
    #[serde(rename = "review.taken.v1")]
    Taken {
        /// Who.
        by: StaffId,
        /// Whom a supervisor took it from.
        from: Option<StaffId>,
    },
    /// She put it back.
    #[serde(rename = "review.put_back.v1")]
    PutBack {
        /// Why.
        reason: Personal<String>,
    },
    /// Its time is over and nobody has decided: a supervisor has to see to it.
    #[serde(rename = "review.escalated.v1")]
    Escalated {
        /// When it was due.
        due: At,
        /// Who had it.
        holder: Option<StaffId>,
    },
    /// It was reviewed.
    #[serde(rename = "review.decided.v1")]
    Decided {
        /// Of what.
        incident: IncidentId,
        /// What was decided.
        outcomes: BTreeSet<Outcome>,
        /// What was found.
        finding: Personal<String>,
        /// What others can learn from it; may be empty.
        learning: Personal<String>,
        /// Of which crime, when it is one.
        offence: Option<Personal<String>>,
        /// How high the risk is, when it is higher.
        raise_to: Option<Raised>,
    },
    /// The crime was recorded because of it.
    #[serde(rename = "review.crime_recorded.v1")]
    CrimeRecorded {},
    /// Somebody has to do this because of it.
    #[serde(rename = "review.task_left.v1")]
    TaskLeft {
        /// For whom.
        incident: IncidentId,
        /// What.
        task: Task,
        /// By when.
        due: At,
    },
    /// It was done.
    #[serde(rename = "review.task_done.v1")]
    TaskDone {
        /// What.
        task: Task,
        /// What was done.
        note: Personal<String>,
    },
}
