//! What a force sets for arrests and orders: hours, warnings, teams, and the codes it counts by.
//! Data with a version: what was decided under an older one stays as it was decided.

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
    /// Within how many hours an arrest is tried, by risk.
    pub attempt_hours: AttemptHours,
    /// Within how many working days the victim is told.
    pub tell_working_days: u32,
    /// Hours before a hearing at which the team is warned, the earlier first.
    pub court_warnings_hours: [u32; 2],
    /// Days before an end at which the team is warned, the earlier first.
    pub end_warnings_days: [u32; 2],
    /// Days before a review at which the team is warned.
    pub review_warning_days: u32,
    /// The local policing teams.
    pub teams: Vec<Coded>,
    /// How an attempt can end.
    pub results: Vec<Coded>,
    /// How she can be told.
    pub tellings: Vec<Coded>,
    /// What can come of an arrest.
    pub outcomes: Vec<OutcomeCode>,
}

/// Hours by risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptHours {
    /// High risk, and what nobody has graded yet.
    pub high: u32,
    /// Medium risk.
    pub medium: u32,
    /// Standard risk.
    pub standard: u32,
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

/// What can come of an arrest.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeCode {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub title: String,
    /// What it means for the clocks.
    pub means: Means,
    /// Whether nothing more is expected of the arrest after it.
    pub settled: bool,
    /// Not offered any more; still shown where it stands.
    #[serde(default)]
    pub retired: bool,
}

/// What an outcome means for the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// He is charged or summonsed: there may be a day in court.
    Charge,
    /// He is released and still investigated.
    Investigation,
    /// He is on bail: conditions, an end, a review.
    Bail,
    /// Nothing follows.
    Nothing,
    /// Anything else.
    Other,
}

impl Policy {
    /// Whether this team may be asked now.
    pub fn has_team(&self, code: &str) -> bool {
        offered(&self.teams, code)
    }

    /// Whether an attempt may end so now.
    pub fn has_result(&self, code: &str) -> bool {
        offered(&self.results, code)
    }

    /// Whether she may be told so now.
    pub fn has_telling(&self, code: &str) -> bool {
        offered(&self.tellings, code)
    }

    /// The outcome that this code offers now.
    pub fn outcome(&self, code: &str) -> Option<&OutcomeCode> {
        self.outcomes.iter().find(|one| one.code == code && !one.retired)
    }

    /// Why these data cannot be used, if they cannot.
    pub fn fault(&self) -> Option<&'static str> {
        let hours = self.attempt_hours;
        let numbers = [self.version, hours.high, hours.medium, hours.standard];
        if numbers.contains(&0) || self.tell_working_days == 0 {
            return Some("every number is at least 1");
        }
        let [first, last] = self.court_warnings_hours;
        let [early, late] = self.end_warnings_days;
        if first <= last || early <= late || last == 0 || late == 0 {
            return Some("the earlier warning comes first");
        }
        if self.review_warning_days == 0 {
            return Some("a review is warned of at least a day before");
        }
        let lists = [&self.teams, &self.results, &self.tellings];
        let outcomes: Vec<_> = self.outcomes.iter().map(|one| one.code.as_str()).collect();
        let mut codes: Vec<Vec<&str>> =
            lists.iter().map(|list| list.iter().map(|one| one.code.as_str()).collect()).collect();
        codes.push(outcomes);
        for list in &mut codes {
            list.sort_unstable();
            if list.is_empty() || list.iter().any(|code| !plain(code)) {
                return Some("every list has codes, of small letters, digits and underscores");
            }
            if list.windows(2).any(|pair| pair[0] == pair[1]) {
                return Some("a code stands twice in one list");
            }
        }
        None
    }
}

fn offered(list: &[Coded], code: &str) -> bool {
    list.iter().any(|one| one.code == code && !one.retired)
}

fn plain(code: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !code.is_empty() && code.len() <= 40 && code.chars().all(fits)
}
