//! What can be asked of a promise. `owed` is whether it is still open, as the list of all
//! promises says at that moment.

use crate::holder::{About, Holder, Reason};

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Take it oneself.
    Take {
        /// Which.
        about: About,
        /// Whether it is still owed.
        owed: bool,
    },
    /// Give it to somebody, when nobody holds it.
    Give {
        /// Which.
        about: About,
        /// Whether it is still owed.
        owed: bool,
        /// To whom.
        to: Holder,
    },
    /// Hand it over, when somebody holds it.
    HandOver {
        /// Which.
        about: About,
        /// Whether it is still owed.
        owed: bool,
        /// To whom.
        to: Holder,
        /// Why.
        reason: Option<Reason>,
        /// In words.
        words: String,
    },
    /// Add a note.
    Note {
        /// Which.
        about: About,
        /// In words.
        note: String,
    },
}
