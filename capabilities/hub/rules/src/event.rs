//! What can have happened in the hub. Nothing here is about a person whom it serves; the names
//! of staff are sealed all the same.

use crate::hours::Hours;
use kernel::id::StaffId;
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// Why the hub is open or closed against its hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// More people ask than usual.
    Demand,
    /// Too few responders.
    Staffing,
    /// The service or the building cannot be used.
    Technical,
    /// Rehearsal or training.
    Exercise,
    /// Something else.
    Other,
}

impl Reason {
    /// Every reason, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Demand, Self::Staffing, Self::Technical, Self::Exercise, Self::Other];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Staffing => "staffing",
            Self::Technical => "technical",
            Self::Exercise => "exercise",
            Self::Other => "other",
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
    /// The week's hours were set.
    #[serde(rename = "hub.hours_set.v1")]
    HoursSet {
        /// Goes up with every change.
        version: u32,
        /// The week.
        hours: Hours,
    },
    /// Opened outside its hours.
    #[serde(rename = "hub.opened.v1")]
    Opened {
        /// Why.
        reason: Reason,
        /// Until when; `None` until somebody says otherwise.
        until: Option<At>,
    },
    /// Closed within its hours.
    #[serde(rename = "hub.closed.v1")]
    Closed {
        /// Why.
        reason: Reason,
        /// Until when; `None` until somebody says otherwise.
        until: Option<At>,
    },
    /// Back to the hours.
    #[serde(rename = "hub.hours_resumed.v1")]
    HoursResumed {},
    /// A responder came on.
    #[serde(rename = "hub.shift_started.v1")]
    ShiftStarted {
        /// Who.
        staff: StaffId,
        /// The name that colleagues know.
        #[serde(default)]
        name: Personal<String>,
    },
    /// A responder went off.
    #[serde(rename = "hub.shift_ended.v1")]
    ShiftEnded {
        /// Who.
        staff: StaffId,
    },
    /// A responder took a call.
    #[serde(rename = "hub.responder_busy.v1")]
    ResponderBusy {
        /// Who.
        staff: StaffId,
        /// Which call: its id in hex.
        call: String,
    },
    /// A responder has no call any more.
    #[serde(rename = "hub.responder_free.v1")]
    ResponderFree {
        /// Who.
        staff: StaffId,
    },
    /// A responder rests.
    #[serde(rename = "hub.break_started.v1")]
    BreakStarted {
        /// Who.
        staff: StaffId,
    },
    /// A responder is back.
    #[serde(rename = "hub.break_ended.v1")]
    BreakEnded {
        /// Who.
        staff: StaffId,
    },
}
