//! By which route somebody responds: by video, in person, or not at all; and what was asked of
//! whom. Codes in clear, words sealed.

use serde::{Deserialize, Serialize};

/// What the hub could do at the moment of an offer, as it was shown to the handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// Whether the hub was open.
    pub open: bool,
    /// Responders free.
    pub free: u32,
    /// Responders on a call.
    pub busy: u32,
    /// Seconds until an officer was expected to be free; `None` when nobody could say.
    pub wait_seconds: Option<u32>,
}

/// How the link reaches her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// A neutral text to this number.
    Text(String),
    /// A neutral e-mail to this address.
    Email(String),
    /// The handler reads it out.
    ReadOut,
}

/// The same in clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By text.
    Text,
    /// By e-mail.
    Email,
    /// Read out by the handler.
    ReadOut,
}

impl Contact {
    /// By which channel, without the number.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Text(_) => Channel::Text,
            Self::Email(_) => Channel::Email,
            Self::ReadOut => Channel::ReadOut,
        }
    }
}

impl Channel {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::ReadOut => "read_out",
        }
    }
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$line:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$line])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The one with this code.
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes! {
    /// Why she would rather not.
    Decline {
        /// She wants somebody in the room.
        PrefersInPerson = "prefers_in_person",
        /// She does not want to be seen or recorded.
        NotOnVideo = "not_on_video",
        /// She would be overheard.
        NoPrivacy = "no_privacy",
        /// Signal, battery, data or know-how.
        Technical = "technical",
        /// She wants nobody now.
        NoResponseWanted = "no_response_wanted",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// Why an offer could not be kept, through no choice of hers.
    Loss {
        /// No responder was free in time.
        NobodyFree = "nobody_free",
        /// The hub was closed.
        HubClosed = "hub_closed",
        /// The connection could not be made or kept.
        Technical = "technical",
    }
}

codes! {
    /// Why the response goes in person.
    InPerson {
        /// A rule of the screening excludes the video response.
        Ineligible = "ineligible",
        /// She declined it.
        Declined = "declined",
        /// It could not be kept.
        Lost = "lost",
        /// It was taken back.
        TakenBack = "taken_back",
        /// The handler judged so.
        Judgement = "judgement",
    }
}

codes! {
    /// What a call-back came to.
    CallBack {
        /// She answered and was safe.
        Reached = "reached",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// Somebody else answered; nothing was said.
        SomebodyElse = "somebody_else",
        /// It was not safe for her to talk.
        NotSafe = "not_safe",
    }
}

codes! {
    /// What the incident came to.
    Closure {
        /// Answered by video.
        VideoResponse = "video_response",
        /// Answered in person.
        InPerson = "in_person",
        /// Resolved without sending anybody.
        Resolved = "resolved",
        /// She could not be reached again, and everything laid down was tried.
        NotReached = "not_reached",
        /// The same as another incident.
        Duplicate = "duplicate",
        /// Opened in error.
        Error = "error",
    }
}

/// Where a patrol should go, when it is known better than the report says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    /// In words.
    pub words: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How far it may be off, in metres.
    pub accuracy_m: Option<f64>,
}
