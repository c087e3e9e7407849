//! What a force sets for people: what counts as a repeat, as serial, and how long a broken seal
//! stays open. Data with a version.

use serde::Deserialize;

/// One versioned set of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which version this is.
    pub version: u32,
    /// Within how many months a second incident makes a repeat victim.
    //= Guidance on MARAC, repeat cases: a new incident within twelve months
    pub repeat_months: u32,
    /// From how many victims on somebody is a serial suspect.
    pub serial_victims: u32,
    /// For how many hours a seal that was broken stays open to whoever broke it.
    pub broken_hours: u32,
    /// Within how many hours somebody else looks at why.
    pub broken_look_hours: u32,
}

impl Policy {
    /// What is wrong with these data, if anything is.
    pub const fn fault(&self) -> Option<&'static str> {
        if self.repeat_months == 0 || self.broken_hours == 0 || self.broken_look_hours == 0 {
            return Some("a time of nothing at all cannot be kept");
        }
        if self.serial_victims < 2 {
            return Some("serial is two victims at least");
        }
        None
    }
}
