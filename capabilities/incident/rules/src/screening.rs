//! The rules of eligibility for a video response, asked one by one in this order. Every
//! question is put so that *yes* speaks for a video response; *not known* never does.

use serde::{Deserialize, Serialize};

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The offender is not there and is not expected.
    OffenderAbsent,
    /// She is in a safe place.
    SafePlace,
    /// She can talk without being overheard.
    SafeToTalk,
    /// A text to this phone cannot give her away.
    SafeToText,
    /// She can take part: language, hearing, distress, drink, drugs.
    AbleToCommunicate,
    /// She has a device with a camera that nobody else looks at.
    Device,
    /// She is eighteen or over.
    Adult,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Speaks for a video response.
    Yes,
    /// Speaks against it.
    No,
    /// Nobody could say.
    Unknown,
}

impl Answer {
    /// Every answer, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl Rule {
    /// Every rule, in the order in which it is asked: danger first.
    pub const ALL: [Self; 7] = [
        Self::OffenderAbsent,
        Self::SafePlace,
        Self::SafeToTalk,
        Self::SafeToText,
        Self::AbleToCommunicate,
        Self::Device,
        Self::Adult,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OffenderAbsent => "offender_absent",
            Self::SafePlace => "safe_place",
            Self::SafeToTalk => "safe_to_talk",
            Self::SafeToText => "safe_to_text",
            Self::AbleToCommunicate => "able_to_communicate",
            Self::Device => "device",
            Self::Adult => "adult",
        }
    }

    /// Whether this answer rules a video response out. A phone that must not be texted does
    /// not: the link can be read out to her, or sent by e-mail.
    pub const fn excludes(self, answer: Answer) -> bool {
        match (self, answer) {
            (_, Answer::Yes) | (Self::SafeToText, _) => false,
            (_, Answer::No | Answer::Unknown) => true,
        }
    }

    /// Whether this answer says that she may be in danger now, so that Immediate is suggested.
    pub const fn danger(self, answer: Answer) -> bool {
        matches!((self, answer), (Self::OffenderAbsent | Self::SafePlace, Answer::No))
    }
}

/// What the screening came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// A video response may be offered.
    Eligible {
        /// Whether the link may go by text to her phone.
        text: bool,
    },
    /// It may not, because of this rule.
    Ineligible {
        /// The first rule that excludes it.
        rule: Rule,
    },
}
