//! What can have happened. What she answered is sealed; that she was asked is in clear.

use kernel::Personal;
use serde::{Deserialize, Serialize};

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
}

impl Channel {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::AudioOnly => "audio_only",
            Self::Interrupted => "interrupted",
            Self::NoCall => "no_call",
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

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The first answer was kept.
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
    },
}
