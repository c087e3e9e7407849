//! What can have happened to a plan. Codes, days, counts and who owes what are in clear; whatever
//! somebody wrote is sealed. A stored name never changes its meaning.

use kernel::id::StaffId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// Codes that are stored and shown.
macro_rules! codes {
    ($(#[$words:meta])* $name:ident { $($(#[$said:meta])* $one:ident = $code:literal,)+ }) => {
        $(#[$words])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$said])* $one,)+ }

        impl $name {
            /// Every one, in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$one,)+];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$one => $code,)+ }
            }

            /// The one with this code.
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes!(
    /// Why there is a plan.
    Why {
        /// Several victims.
        Serial = "serial",
        /// Much harm was said of him.
        HighHarm = "high_harm",
        /// Agencies asked for it when they met.
        Conference = "conference",
        /// An officer asked for it.
        Officer = "officer",
        /// Something else.
        Other = "other",
    }
);

codes!(
    /// What a plan is made of.
    Strategy {
        /// Before a court.
        Prosecution = "prosecution",
        /// So that he cannot: orders, visits, a watch.
        Prevention = "prevention",
        /// So that he does not want to: programmes, treatment.
        Education = "education",
        /// Without a court: a conditional caution and the like.
        Alternative = "alternative",
    }
);

codes!(
    /// Whether he came.
    Attendance {
        /// He did.
        Attended = "attended",
        /// He did not, and had a reason.
        Excused = "excused",
        /// He did not.
        Absent = "absent",
    }
);

codes!(
    /// What is done about a breach.
    Decision {
        /// He goes before a court for the first offence.
        Prosecute = "prosecute",
        /// The condition is changed, and holds on.
        Vary = "vary",
        /// Nothing, with a reason.
        NoAction = "no_action",
    }
);

codes!(
    /// How a plan ends.
    Outcome {
        /// What it aimed at was reached.
        Reached = "reached",
        /// He is in prison.
        Prison = "prison",
        /// Another force has him.
        Transferred = "transferred",
        /// It does nothing more.
        NothingMore = "nothing_more",
        /// He is dead.
        Died = "died",
    }
);

/// What is known of the safety of those he harmed, before anything is done that he notices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Safety {
    /// Whether they are safe as far as is known.
    pub safe: bool,
    /// How it is known, and what they were told.
    pub words: Personal<String>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// There is a plan.
    #[serde(rename = "perpetrator.opened.v1")]
    Opened {
        /// Why.
        why: Why,
        /// In words.
        reason: Personal<String>,
        /// Who answers for it.
        owner: StaffId,
        /// When it is reviewed.
        review_due: At,
    },
    /// Somebody else answers for it.
    #[serde(rename = "perpetrator.handed_over.v1")]
    HandedOver {
        /// Who.
        owner: StaffId,
        /// Why.
        reason: Personal<String>,
    },
    /// A strategy is part of it, or its aim is another.
    #[serde(rename = "perpetrator.strategy_set.v1")]
    StrategySet {
        /// Which.
        strategy: Strategy,
        /// What it is to reach.
        aim: Personal<String>,
    },
    /// A strategy is over.
    #[serde(rename = "perpetrator.strategy_ended.v1")]
    StrategyEnded {
        /// Which.
        strategy: Strategy,
        /// What came of it.
        result: Personal<String>,
    },
    /// Somebody owes something.
    #[serde(rename = "perpetrator.action_set.v1")]
    ActionSet {
        /// Its number in the plan, counted from 1.
        number: u32,
        /// Of which strategy.
        strategy: Strategy,
        /// What.
        what: Personal<String>,
        /// A provider's code; nothing when it is the police's own.
        provider: Option<String>,
        /// By when.
        due: At,
    },
    /// It is done.
    #[serde(rename = "perpetrator.action_done.v1")]
    ActionDone {
        /// Which.
        number: u32,
        /// What came of it.
        result: Personal<String>,
    },
    /// It is owed no more.
    #[serde(rename = "perpetrator.action_dropped.v1")]
    ActionDropped {
        /// Which.
        number: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// He is on a programme.
    #[serde(rename = "perpetrator.programme_begun.v1")]
    ProgrammeBegun {
        /// Its number in the plan, counted from 1.
        number: u32,
        /// A provider's code.
        provider: String,
        /// How many sessions it has.
        sessions: u32,
        /// By when he has been to all of them.
        due: At,
    },
    /// A session was held.
    #[serde(rename = "perpetrator.session_recorded.v1")]
    SessionRecorded {
        /// Of which programme.
        programme: u32,
        /// Which session, counted from 1; recorded again, the last one counts.
        session: u32,
        /// When.
        held_at: At,
        /// Whether he came.
        attendance: Attendance,
        /// What the provider says.
        note: Personal<String>,
    },
    /// He went through it.
    #[serde(rename = "perpetrator.programme_completed.v1")]
    ProgrammeCompleted {
        /// Which.
        programme: u32,
        /// What the provider says.
        result: Personal<String>,
    },
    /// He did not, or is not on it any more.
    #[serde(rename = "perpetrator.programme_failed.v1")]
    ProgrammeFailed {
        /// Which.
        programme: u32,
        /// Why.
        reason: Personal<String>,
    },
    /// He must or must not do something, under a conditional caution.
    #[serde(rename = "perpetrator.condition_set.v1")]
    ConditionSet {
        /// Its number in the plan, counted from 1.
        number: u32,
        /// What.
        words: Personal<String>,
        /// Until when it holds, or by when it is done.
        until: At,
    },
    /// He kept it.
    #[serde(rename = "perpetrator.condition_kept.v1")]
    ConditionKept {
        /// Which.
        condition: u32,
        /// How it is known.
        note: Personal<String>,
    },
    /// Its day came, and nobody has said whether he kept it.
    #[serde(rename = "perpetrator.condition_ran_out.v1")]
    ConditionRanOut {
        /// Which.
        condition: u32,
    },
    /// He did not keep it.
    #[serde(rename = "perpetrator.condition_breached.v1")]
    ConditionBreached {
        /// Which.
        condition: u32,
        /// How.
        what: Personal<String>,
        /// By when somebody decides what is done about it.
        decide_by: At,
    },
    /// Somebody decided.
    #[serde(rename = "perpetrator.breach_decided.v1")]
    BreachDecided {
        /// Of which condition.
        condition: u32,
        /// What.
        decision: Decision,
        /// Why.
        reason: Personal<String>,
        /// Until when the condition holds now, where it was varied.
        until: Option<At>,
    },
    /// Somebody spoke with him.
    #[serde(rename = "perpetrator.contacted.v1")]
    Contacted {
        /// What was known of those he harmed, before.
        safety: Safety,
        /// What was said.
        note: Personal<String>,
    },
    /// The plan was looked at whole.
    #[serde(rename = "perpetrator.reviewed.v1")]
    Reviewed {
        /// What is known of those he harmed.
        safety: Safety,
        /// What was found.
        finding: Personal<String>,
        /// When next.
        review_due: At,
    },
    /// Nobody looked at it in time.
    #[serde(rename = "perpetrator.review_missed.v1")]
    ReviewMissed {
        /// Since when it was owed.
        due: At,
    },
    /// There is no plan any more.
    #[serde(rename = "perpetrator.closed.v1")]
    Closed {
        /// How it ended.
        outcome: Outcome,
        /// In words.
        reason: Personal<String>,
    },
}
