//! What can have happened. Everything she said is sealed; only that it was said is in clear.

use kernel::Personal;
use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The account was typed further: these paragraphs stand where `removed` others stood.
    #[serde(rename = "investigation.account_kept.v1")]
    AccountKept {
        /// The first paragraph that changed, counted from 0.
        from: u32,
        /// How many stood there before.
        removed: u32,
        /// What stands there now.
        paragraphs: Vec<Personal<String>>,
    },
    /// It is recorded as a crime.
    #[serde(rename = "investigation.recorded_crime.v1")]
    RecordedCrime {
        /// Which, in the officer's words.
        offence: Personal<String>,
        /// Why.
        reason: Personal<String>,
    },
    /// It is not recorded as a crime.
    #[serde(rename = "investigation.recorded_non_crime.v1")]
    RecordedNonCrime {
        /// Why not: what somebody else will review.
        reason: Personal<String>,
    },
}
