//! How much harm was said of somebody, counted as documented: an order in which a proactive team
//! looks at people, and no finding about any of them. What is not known is shown as not known.

use incident::IncidentId;
use kernel::At;
use serde::Deserialize;

/// Numbers of one version: `instruments/harm.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Which version this is.
    pub version: u32,
    /// Points of a crime whose offence stands in no row.
    pub other_crime: u32,
    /// Points of an order that he breached.
    pub breach: u32,
    /// Points of an incident whose risk an officer graded high.
    pub high_risk: u32,
    /// Points of every different victim.
    pub victim: u32,
    /// From how many points on he stands on the list.
    pub high_from: u32,
    /// Points by offence.
    pub offence: Vec<Offence>,
    /// How much of its points something still has, by its age; past the last one, nothing.
    pub age: Vec<Age>,
}

/// Points of one offence.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// The code of the force's table of offences.
    pub code: String,
    /// Its points.
    pub points: u32,
}

/// How much something of this age still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Age {
    /// Up to so many days.
    pub days: u32,
    /// Of a hundred.
    pub percent: u32,
}

/// What something was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Was {
    /// A crime that was recorded, by its code where it has one.
    Crime(Option<String>),
    /// An order that he breached.
    Breach,
    /// An incident whose risk was graded high.
    HighRisk,
    /// An incident of which nobody has decided what it was.
    Undecided,
}

impl Was {
    /// The code of the page.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Crime(_) => "crime",
            Self::Breach => "breach",
            Self::HighRisk => "high_risk",
            Self::Undecided => "undecided",
        }
    }
}

/// Something that was said of him, in an incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// Which incident.
    pub incident: IncidentId,
    /// When.
    pub at: At,
    /// What.
    pub was: Was,
}

/// One row of the sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it comes from; nothing for the victims, who are counted across incidents.
    pub fact: Option<Fact>,
    /// Its points.
    pub points: u32,
    /// How much of them still counts, of a hundred.
    pub percent: u32,
    /// What it adds; nothing when it is not known.
    pub adds: Option<u32>,
}

/// The sum, with everything that it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Points.
    pub total: u32,
    /// Every row, the latest first.
    pub terms: Vec<Term>,
    /// Rows of which it is not known what they add.
    pub unknown: usize,
    /// So many points, or more, that he stands on the list.
    pub high: bool,
}

impl Table {
    /// What is wrong with these data, if anything is.
    pub fn fault(&self) -> Option<&'static str> {
        let mut codes: Vec<_> = self.offence.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.len() != self.offence.len() {
            return Some("every offence stands once");
        }
        if self.age.is_empty() || self.age.iter().any(|age| age.percent > 100) {
            return Some("something counts for up to a hundred of a hundred, by its age");
        }
        if !self.age.is_sorted_by(|a, b| a.days < b.days && a.percent >= b.percent) {
            return Some("ages go up, and what they count goes down");
        }
        if self.high_from == 0 {
            return Some("a list of everybody is no list");
        }
        None
    }

    fn points(&self, was: &Was) -> Option<u32> {
        Some(match was {
            Was::Crime(code) => {
                let row = self.offence.iter().find(|row| Some(&row.code) == code.as_ref());
                row.map_or(self.other_crime, |row| row.points)
            }
            Was::Breach => self.breach,
            Was::HighRisk => self.high_risk,
            Was::Undecided => return None,
        })
    }

    fn percent(&self, at: At, now: At) -> u32 {
        let days = (now.0.saturating_sub(at.0)).max(0) / 86_400_000_000;
        let age = self.age.iter().find(|age| days <= i64::from(age.days));
        age.map_or(0, |age| age.percent)
    }

    /// The sum of these facts and so many different victims, as it stands at `now`.
    pub fn score(&self, facts: &[Fact], victims: u32, now: At) -> Score {
        let mut facts = facts.to_vec();
        facts.sort_by_key(|fact| (std::cmp::Reverse(fact.at), fact.incident));
        let term = |fact: Fact| {
            let (points, percent) = (self.points(&fact.was), self.percent(fact.at, now));
            let adds = points.map(|points| points * percent / 100);
            Term { fact: Some(fact), points: points.unwrap_or_default(), percent, adds }
        };
        let mut terms: Vec<Term> = facts.into_iter().map(term).collect();
        if victims > 0 {
            let adds = Some(self.victim * victims);
            terms.push(Term { fact: None, points: self.victim, percent: 100, adds });
        }
        let total = terms.iter().filter_map(|term| term.adds).sum();
        let unknown = terms.iter().filter(|term| term.adds.is_none()).count();
        Score { total, terms, unknown, high: total >= self.high_from }
    }
}
