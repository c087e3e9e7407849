//! What a force sets for reviews and samples: clocks, rates, and what a missed opportunity can
//! be. Data with a version.

use calendar::Jurisdiction;
use serde::Deserialize;

/// One versioned set of numbers and codes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which version this is.
    pub version: u32,
    /// Whose bank holidays count.
    pub jurisdiction: Jurisdiction,
    /// Within how many working days an incident that is no crime is reviewed.
    pub review_working_days: u32,
    /// Within how many hours what a review asks for is done.
    pub task_hours: u32,
    /// Within how many working days a week's sample is read.
    pub sample_working_days: u32,
    /// How many screenings are drawn from a week.
    pub screenings_per_week: u32,
    /// How many calls are drawn from a week.
    pub calls_per_week: u32,
    /// What can have been missed.
    pub opportunities: Vec<Coded>,
}

/// A code and its words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coded {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub title: String,
    /// Not offered any more; still shown where it stands.
    #[serde(default)]
    pub retired: bool,
}

impl Policy {
    /// What is wrong with these data, if anything is.
    pub fn fault(&self) -> Option<&'static str> {
        let most = crate::limits::SAMPLE_MAX as u32;
        let mut codes: Vec<_> = self.opportunities.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        let plain = |code: &&str| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if self.review_working_days == 0 || self.task_hours == 0 || self.sample_working_days == 0 {
            return Some("a clock of no time at all cannot be kept");
        }
        if self.screenings_per_week.saturating_add(self.calls_per_week) > most {
            return Some("a week's sample is larger than one person can read");
        }
        if codes.len() != self.opportunities.len() || !codes.iter().all(plain) {
            return Some("every code stands once, in small letters and underscores");
        }
        None
    }

    /// Whether this may have been missed, and is offered.
    pub fn has_opportunity(&self, code: &str) -> bool {
        self.opportunities.iter().any(|one| one.code == code && !one.retired)
    }
}
