//! What can have happened. What she answered is sealed; that she was asked is in clear.

use kernel::id::StaffId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How the assessment was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Face to face by video.
    Video,
    /// By voice alone, for some or all of it.
    AudioOnly,
    /// The connection was lost on the way.
    Interrupted,
    /// Not in a call: before it or after it.
    NoCall,
    /// At the door: somebody was with her.
    InPerson,
}

impl Channel {
    /// Every way.
    pub const ALL: [Self; 5] =
        [Self::Video, Self::AudioOnly, Self::Interrupted, Self::NoCall, Self::InPerson];

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::AudioOnly => "audio_only",
            Self::Interrupted => "interrupted",
            Self::NoCall => "no_call",
            Self::InPerson => "in_person",
        }
    }
}

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// She answered, with this code of its scale.
    Value(Personal<String>),
    /// She did not want to say.
    Declined {},
    /// She could not: distress, language, somebody within hearing.
    Unable {},
    /// It was not put to her.
    NotAsked {},
}

/// The officer's grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Nothing points to serious harm now.
    Standard,
    /// Serious harm is unlikely unless something changes.
    Medium,
    /// Serious harm could come at any time.
    High,
}

impl Grade {
    /// Every grade, lowest first.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Medium, Self::High];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Who can hear her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Earshot {
    /// Nobody.
    Alone,
    /// A child.
    Child,
    /// The person she speaks of.
    Suspect,
    /// A relative or friend of his, or of both.
    Relative,
    /// Somebody she trusts.
    Trusted,
    /// Somebody who interprets.
    Interpreter,
    /// Somebody else.
    Other,
    /// It cannot be told.
    Unknown,
}

impl Earshot {
    /// Every code, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Alone,
        Self::Child,
        Self::Suspect,
        Self::Relative,
        Self::Trusted,
        Self::Interpreter,
        Self::Other,
        Self::Unknown,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Child => "child",
            Self::Suspect => "suspect",
            Self::Relative => "relative",
            Self::Trusted => "trusted",
            Self::Interpreter => "interpreter",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Why she is assessed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// He did what an order forbids.
    OrderBreached,
    /// He left custody.
    Released,
    /// What came of the arrest is decided, and he may be free.
    Outcome,
    /// Bail or an order is over.
    OrderEnded,
    /// She reported again.
    NewIncident,
    /// Answers changed after the grade.
    AnswersChanged,
    /// A high grade is old.
    Clock,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::OrderBreached,
        Self::Released,
        Self::Outcome,
        Self::OrderEnded,
        Self::NewIncident,
        Self::AnswersChanged,
        Self::Clock,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OrderBreached => "order_breached",
            Self::Released => "released",
            Self::Outcome => "outcome",
            Self::OrderEnded => "order_ended",
            Self::NewIncident => "new_incident",
            Self::AnswersChanged => "answers_changed",
            Self::Clock => "clock",
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// It began, or began anew with other questions.
    #[serde(rename = "risk.assessment_started.v1")]
    AssessmentStarted {
        /// Which pack of questions.
        instrument: String,
        /// In which version.
        version: u32,
        /// How.
        channel: Channel,
    },
    /// A question was answered, or it was noted that it could not be. The last one counts.
    #[serde(rename = "risk.answered.v1")]
    Answered {
        /// Which.
        question: String,
        /// What became of it.
        given: Given,
        /// In her words, or the officer's.
        note: Personal<String>,
    },
    /// The call became less than face to face while the assessment was made.
    #[serde(rename = "risk.channel_marked.v1")]
    ChannelMarked {
        /// How.
        channel: Channel,
    },
    /// The officer's own judgement.
    #[serde(rename = "risk.graded.v1")]
    Graded {
        /// How high.
        grade: Grade,
        /// Why.
        reason: Personal<String>,
        /// Questions with an answer at that moment.
        answered: u32,
        /// Questions without one.
        unanswered: u32,
        /// Who; earlier grades did not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<StaffId>,
        /// By when somebody else grades it too, where that is owed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        second_due: Option<At>,
        /// When it is too old, where it is high.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_at: Option<At>,
    },
    /// Who can hear her changed, or was asked for the first time.
    #[serde(rename = "risk.earshot_noted.v1")]
    EarshotNoted {
        /// Who.
        who: Personal<BTreeSet<Earshot>>,
        /// In words.
        words: Personal<String>,
    },
    /// The officer says why two answers that contradict each other may both be so.
    #[serde(rename = "risk.contradiction_acknowledged.v1")]
    ContradictionAcknowledged {
        /// Which rule pointed at them.
        rule: String,
        /// Why.
        note: Personal<String>,
    },
    /// Somebody else graded it too.
    #[serde(rename = "risk.second_graded.v1")]
    SecondGraded {
        /// How high.
        grade: Grade,
        /// Why.
        reason: Personal<String>,
        /// Who.
        by: Option<StaffId>,
        /// Whether it is the grade that the officer gave.
        agrees: bool,
    },
    /// She is to be assessed again.
    #[serde(rename = "risk.reassessment_due.v1")]
    ReassessmentDue {
        /// Why.
        cause: Cause,
        /// By when.
        due: At,
    },
    /// Somebody will see her in person.
    #[serde(rename = "risk.visit_booked.v1")]
    VisitBooked {
        /// When.
        visit_at: At,
        /// Who, and what to know.
        note: Personal<String>,
    },
    /// Somebody has seen her in person.
    #[serde(rename = "risk.visit_attended.v1")]
    VisitAttended {
        /// When.
        attended_at: At,
        /// What was found.
        note: Personal<String>,
    },
    /// A supervisor lets the case close though she was not seen when it was first assessed.
    #[serde(rename = "risk.closing_allowed.v1")]
    ClosingAllowed {
        /// Who.
        by: Option<StaffId>,
        /// Why.
        reason: Personal<String>,
    },
}
