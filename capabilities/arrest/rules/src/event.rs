//! What can have happened to a request. Everything about the suspect, and whatever anybody wrote,
//! is sealed; codes, times and teams are in clear, because they are counted and because they set
//! clocks.

use crate::OrderId;
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{At, Personal};
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

/// How much harm waiting may do, as an officer graded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskGrade {
    /// High.
    High,
    /// Medium.
    Medium,
    /// Standard.
    Standard,
}

impl RiskGrade {
    /// All, the most pressing first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Standard];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Standard => "standard",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// She must be told, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Whose incident it is.
    pub incident: IncidentId,
    /// By when: the end of the working day that is due first.
    pub by: At,
}

/// Bail that an outcome gives: the order that holds it is made of this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BailGiven {
    /// The order that will hold it.
    pub order: OrderId,
    /// When he was arrested: the months count from there.
    pub arrested_at: At,
    /// When it ends.
    pub ends_at: At,
    /// When it is looked at again.
    pub review_at: Option<At>,
    /// What he must and must not do.
    pub terms: Personal<String>,
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
        /// What she wishes; earlier requests did not ask.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wishes: Option<Personal<String>>,
        /// How pressing it is; nothing when nobody has graded it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        risk: Option<RiskGrade>,
        /// By when somebody has to try; earlier requests had no clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attempt_due: Option<At>,
        /// When she reported, to measure from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reported_at: Option<At>,
    },
    /// How pressing it is.
    #[serde(rename = "arrest.graded.v1")]
    Graded {
        /// The grade.
        risk: RiskGrade,
        /// Why.
        reason: Personal<String>,
        /// By when somebody has to try now.
        attempt_due: At,
    },
    /// A local policing team is asked.
    #[serde(rename = "arrest.assigned.v1")]
    Assigned {
        /// The team's code.
        team: String,
        /// What it is told besides.
        note: Personal<String>,
    },
    /// Somebody took it upon herself.
    #[serde(rename = "arrest.taken.v1")]
    Taken {
        /// Who.
        officer: Option<StaffId>,
    },
    /// The next shift has it.
    #[serde(rename = "arrest.handed_over.v1")]
    HandedOver {
        /// Who had it.
        from: Option<StaffId>,
        /// Which team has it.
        team: String,
        /// Why, and what the next must know.
        reason: Personal<String>,
    },
    /// Somebody tried, and he was not arrested.
    #[serde(rename = "arrest.attempted.v1")]
    Attempted {
        /// When.
        tried_at: At,
        /// Where.
        place: Personal<String>,
        /// Why there and then, and what was seen.
        reason: Personal<String>,
        /// The code of how it ended.
        result: String,
        /// By when somebody has to try again.
        attempt_due: At,
    },
    /// Nobody tried in time.
    #[serde(rename = "arrest.attempt_missed.v1")]
    AttemptMissed {
        /// Since when it was owed.
        due: At,
    },
    /// Every force is told that he is wanted.
    #[serde(rename = "arrest.circulated.v1")]
    Circulated {
        /// Under which reference.
        reference: Personal<String>,
    },
    /// He is not wanted any more.
    #[serde(rename = "arrest.circulation_cancelled.v1")]
    CirculationCancelled {
        /// Why.
        reason: Personal<String>,
    },
    /// He is arrested.
    #[serde(rename = "arrest.carried_out.v1")]
    CarriedOut {
        /// When.
        arrested_at: At,
        /// Where.
        place: Personal<String>,
        /// The custody record.
        custody: Personal<String>,
        /// She must be told.
        tell: Owed,
    },
    /// He came by himself and was interviewed.
    #[serde(rename = "arrest.attended_voluntarily.v1")]
    AttendedVoluntarily {
        /// When.
        attended_at: At,
        /// Where.
        place: Personal<String>,
        /// She must be told.
        tell: Owed,
    },
    /// He left custody.
    #[serde(rename = "arrest.released.v1")]
    Released {
        /// When.
        released_at: At,
        /// She must be told.
        tell: Owed,
    },
    /// What came of it.
    #[serde(rename = "arrest.outcome_recorded.v1")]
    OutcomeRecorded {
        /// The code.
        outcome: String,
        /// The version of the codes.
        codes: u32,
        /// Whether nothing more is expected.
        settled: bool,
        /// In words.
        note: Personal<String>,
        /// When a court will see him.
        court_at: Option<At>,
        /// The bail that he is on.
        bail: Option<BailGiven>,
        /// She must be told.
        tell: Owed,
    },
    /// She was told everything that happened so far.
    #[serde(rename = "arrest.victim_told.v1")]
    VictimTold {
        /// The code of how.
        how: String,
        /// What she said, and what she needs now.
        note: Personal<String>,
    },
    /// Somebody tried to tell her. It stays owed.
    #[serde(rename = "arrest.telling_tried.v1")]
    TellingTried {
        /// Why it did not succeed.
        note: Personal<String>,
    },
    /// She was not told in time.
    #[serde(rename = "arrest.telling_missed.v1")]
    TellingMissed {
        /// Since when it was owed.
        due: At,
    },
    /// Somebody asks that it be withdrawn.
    #[serde(rename = "arrest.withdrawal_asked.v1")]
    WithdrawalAsked {
        /// Who.
        by: Option<StaffId>,
        /// Why.
        reason: Personal<String>,
    },
    /// A supervisor says that it stands.
    #[serde(rename = "arrest.withdrawal_refused.v1")]
    WithdrawalRefused {
        /// Why.
        reason: Personal<String>,
    },
    /// The hub does not ask any more.
    #[serde(rename = "arrest.withdrawn.v1")]
    Withdrawn {
        /// Why.
        reason: Personal<String>,
    },
    /// Nothing more is to be done.
    #[serde(rename = "arrest.closed.v1")]
    Closed {},
}
