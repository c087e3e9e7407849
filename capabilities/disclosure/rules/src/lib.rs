//! An application under the disclosure scheme, from the asking to the telling or to the neutral
//! answer. One stream an application. Pure rules; pages, calls and keys live elsewhere.
//! Read: application, stage, event, command, state, decide, telling.

pub mod application;
pub mod clocks;
pub mod command;
pub mod deadline;
mod decide;
pub mod decision;
pub mod event;
pub mod figures;
pub mod limits;
pub mod notice;
pub mod permit;
pub mod refusal;
pub mod script;
pub mod stage;
pub mod state;
#[cfg(test)]
mod tests;

pub use application::{
    Applicant, Application, AtRisk, Child, Emergency, Entry, Form, Route, SafeContact, Subject,
};
pub use clocks::{Clocks, Moment};
pub use command::Command;
pub use decide::Disclosure;
pub use decision::{
    ClosureReason, Decision, Deviation, Level, Member, Outcome, Proposed, Recipient, TellSubject,
};
pub use event::Event;
pub use notice::{NOTICES, Notice, identical_in_shape, notice};
pub use permit::PERMITS;
pub use refusal::Refusal;
pub use script::{Channel, Interruption, Line, Part, SCRIPT, Script};
pub use stage::{CheckKind, Group, Limit, PauseReason, Stage, StageLimit, StageTable, Start};
pub use state::{Case, State};
pub use stats::suppression::Cell;

kernel::id!(DisclosureId, "disclosure");

/// Declares an enum whose variants have stored codes.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$line:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
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
            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(crate) use codes;
