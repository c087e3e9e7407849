//! What is counted: one fact is one thing that happened, without whom it happened to.

use kernel::At;
use serde::{Deserialize, Serialize};

macro_rules! measures {
    ($($(#[$line:meta])* $variant:ident = $code:literal,)+) => {
        /// What is counted.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
        )]
        pub enum Measure {
            $($(#[$line])* #[serde(rename = $code)] $variant,)+
        }

        impl Measure {
            /// All of them, in the order of the page.
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

measures! {
    /// Somebody told the control room.
    Reported = "reported",
    /// The rules of eligibility were asked.
    Asked = "asked",
    /// A video response suits.
    Eligible = "eligible",
    /// It was offered.
    Offered = "offered",
    /// She said yes.
    Accepted = "accepted",
    /// She said no.
    Declined = "declined",
    /// It could not be kept or made.
    Lost = "lost",
    /// Somebody was face to face with her; its span runs from the report.
    Faced = "faced",
    /// A video response ended; its span is the time face to face.
    Called = "called",
    /// She was rung back.
    CallBack = "call_back",
    /// She had reported before within a year.
    Repeat = "repeat",
    /// An agency was asked to help.
    Referred = "referred",
    /// The agency was in touch with her; its span runs from the asking.
    Engaged = "engaged",
    /// An arrest was asked for.
    ArrestRequested = "arrest_requested",
    /// He was arrested or came voluntarily; its span runs from the report.
    Arrested = "arrested",
    /// A non-crime incident was put up for review.
    ReviewOpened = "review_opened",
    /// It was reviewed; its span runs from the putting up.
    Reviewed = "reviewed",
    /// A response by video to which nobody was sent; its span is the time face to face.
    Released = "released",
}

impl Measure {
    /// Whether how long it took is shown, and not only how often it was.
    pub const fn timed(self) -> bool {
        matches!(self, Self::Faced | Self::Engaged | Self::Arrested | Self::Reviewed)
    }
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub measure: Measure,
    /// When it counts.
    pub at: At,
    /// How long it took, in seconds.
    pub span: Option<u64>,
}
