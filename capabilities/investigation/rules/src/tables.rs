//! What a force sets: the offences and outcomes that it counts by, and how long things may take.
//! Data with versions: what was recorded under an older one stays as it was recorded.

use serde::Deserialize;
use std::time::Duration;

/// The three sets together, as commands carry them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    /// Offences.
    pub offences: Offences,
    /// Outcomes.
    pub outcomes: Outcomes,
    /// Times.
    pub policy: Policy,
}

/// The offences that a crime can be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offences {
    /// Which version this is.
    pub version: u32,
    /// In the order in which a page offers them.
    pub offences: Vec<Offence>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub title: String,
    /// The class that the Home Office counts it in; the force fills it in.
    #[serde(default)]
    pub class: Option<String>,
    /// Not offered any more; still shown where it stands.
    #[serde(default)]
    pub retired: bool,
}

/// The outcomes that a crime can end in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// Which version this is.
    pub version: u32,
    /// In the order in which a page offers them.
    pub outcomes: Vec<Outcome>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What is stored: the number of the outcome type, or a code of the force's own.
    pub code: String,
    /// What is shown.
    pub title: String,
    /// Not offered any more; still shown where it stands.
    #[serde(default)]
    pub retired: bool,
}

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which version this is.
    pub version: u32,
    /// Within how many hours of the report somebody decides whether it is a crime.
    pub recording_hours: u32,
    /// How many days a line of enquiry has when nobody says otherwise.
    pub enquiry_days: u32,
    /// Within how many hours the records system should have taken a case in.
    pub take_in_hours: u32,
}

impl Policy {
    /// How long there is to decide.
    pub const fn recording(&self) -> Duration {
        kernel::time::hours(self.recording_hours as u64)
    }

    /// How long an enquiry has.
    pub const fn enquiry(&self) -> Duration {
        kernel::time::hours(self.enquiry_days as u64 * 24)
    }

    /// How long the records system has.
    pub const fn take_in(&self) -> Duration {
        kernel::time::hours(self.take_in_hours as u64)
    }

    /// Why these numbers cannot be used, if they cannot.
    pub const fn fault(&self) -> Option<&'static str> {
        if self.version == 0
            || self.recording_hours == 0
            || self.enquiry_days == 0
            || self.take_in_hours == 0
        {
            return Some("every number is at least 1");
        }
        //= Home Office Crime Recording Rules, general rules: recorded within 24 hours of the report
        if self.recording_hours > 24 {
            return Some("recording_hours is at most 24");
        }
        if self.enquiry_days > 365 {
            return Some("enquiry_days is at most 365");
        }
        None
    }
}

impl Offences {
    /// The offence that this code offers now.
    pub fn offered(&self, code: &str) -> Option<&Offence> {
        self.offences.iter().find(|one| one.code == code && !one.retired)
    }

    /// Why this table cannot be used, if it cannot.
    pub fn fault(&self) -> Option<String> {
        let pairs = self.offences.iter().map(|one| (one.code.as_str(), one.title.as_str()));
        let class = self.offences.iter().find(|one| {
            one.class.as_ref().is_some_and(|class| class.is_empty() || class.len() > 10)
        });
        fault(self.version, pairs.collect())
            .or_else(|| class.map(|one| format!("the class of {} is 1 to 10 letters", one.code)))
    }
}

impl Outcomes {
    /// The outcome that this code offers now.
    pub fn offered(&self, code: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|one| one.code == code && !one.retired)
    }

    /// The words of a code, retired or not; the code itself when nobody knows it any more.
    pub fn title<'a>(&'a self, code: &'a str) -> &'a str {
        let found = self.outcomes.iter().find(|one| one.code == code);
        found.map_or(code, |one| one.title.as_str())
    }

    /// Why this table cannot be used, if it cannot.
    pub fn fault(&self) -> Option<String> {
        let pairs = self.outcomes.iter().map(|one| (one.code.as_str(), one.title.as_str()));
        fault(self.version, pairs.collect())
    }
}

fn fault(version: u32, mut pairs: Vec<(&str, &str)>) -> Option<String> {
    if version == 0 {
        return Some("version is at least 1".to_owned());
    }
    if pairs.is_empty() {
        return Some("the table is empty".to_owned());
    }
    let plain = |code: &str| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        !code.is_empty() && code.len() <= 40 && code.chars().all(fits)
    };
    for (code, title) in &pairs {
        if !plain(code) {
            return Some(format!("{code:?} is no code: small letters, digits and underscores"));
        }
        if title.trim().is_empty() || title.chars().count() > 120 {
            return Some(format!("{code} has no title, or one that is too long"));
        }
    }
    pairs.sort_unstable();
    let twice = pairs.windows(2).find(|pair| pair[0].0 == pair[1].0);
    twice.map(|pair| format!("{} stands twice", pair[0].0))
}
