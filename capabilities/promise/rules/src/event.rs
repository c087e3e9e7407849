//! What can have happened to who holds a promise. Stored names never change their meaning.

use crate::holder::{About, Holder, Reason};
use kernel::Personal;
use kernel::id::StaffId;
use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Somebody took it.
    #[serde(rename = "promise.taken.v1")]
    Taken {
        /// Which.
        about: About,
        /// Who holds it now.
        by: StaffId,
        /// The team that held it before, if one did.
        from: Option<String>,
    },
    /// It was given to somebody before anybody held it.
    #[serde(rename = "promise.given.v1")]
    Given {
        /// Which.
        about: About,
        /// Who holds it now.
        to: Holder,
        /// Who gave it.
        by: StaffId,
    },
    /// It went from one holder to another.
    #[serde(rename = "promise.handed_over.v1")]
    HandedOver {
        /// Which.
        about: About,
        /// Who held it.
        from: Holder,
        /// Who holds it now.
        to: Holder,
        /// Why, as a code.
        reason: Reason,
        /// Why, and what the next one must know.
        words: Personal<String>,
        /// Who handed it over.
        by: StaffId,
    },
    /// Something the next one must know.
    #[serde(rename = "promise.noted.v1")]
    Noted {
        /// Which.
        about: About,
        /// In words.
        note: Personal<String>,
        /// Whose words.
        by: StaffId,
    },
}
