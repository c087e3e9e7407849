//! School days: terms, training days and the bell, as data, one file an authority.

use crate::bank::bank_holiday;
use crate::local::{at_time, civil_day, days_later};
use crate::{Date, Jurisdiction, NoCalendar};
use jiff::civil::Weekday;
use kernel::At;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// When school begins, local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bell {
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
}

impl Default for Bell {
    fn default() -> Self {
        Self { hour: 8, minute: 45 }
    }
}

impl TryFrom<String> for Bell {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = |part: &str| {
            let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse().ok()).flatten()
        };
        let read = text.split_once(':');
        let read = read.and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
        match read {
            Some((hour @ 0..=23, minute @ 0..=59)) => Ok(Self { hour, minute }),
            _ => Err(format!("`{text}` is not a time such as 08:45")),
        }
    }
}

impl From<Bell> for String {
    fn from(bell: Bell) -> Self {
        format!("{:02}:{:02}", bell.hour, bell.minute)
    }
}

/// One stretch of school, its first and last day counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// The school days of one authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolTerms {
    /// Whose schools.
    pub authority: String,
    /// Whose bank holidays.
    pub jurisdiction: Jurisdiction,
    /// When school begins.
    #[serde(default)]
    pub bell: Bell,
    /// Days on which teachers train and pupils stay at home.
    #[serde(default)]
    pub inset: BTreeSet<Date>,
    /// In order and apart; a half-term holiday lies between two.
    #[serde(default)]
    pub term: Vec<Term>,
}

impl SchoolTerms {
    /// Reads one file, and refuses terms that are not in order and apart.
    pub fn parse(text: &str) -> Result<Self, NoCalendar> {
        let unreadable = |why: &str| NoCalendar::Unreadable(why.to_owned());
        let terms: Self = toml::from_str(text).map_err(|e| unreadable(e.message()))?;
        if terms.term.is_empty() {
            return Err(unreadable("there is no term"));
        }
        let backwards = terms.term.iter().any(|term| term.to < term.from);
        let touching = terms.term.windows(2).any(|two| two[1].from <= two[0].to);
        if backwards || touching {
            return Err(unreadable(
                "terms are in order and apart, each from its first to last day",
            ));
        }
        Ok(terms)
    }

    /// Whether pupils are in school on that day. After the last term nobody knows.
    pub fn is_school_day(&self, day: Date) -> Result<bool, NoCalendar> {
        if self.term.last().is_none_or(|last| day > last.to) {
            return Err(NoCalendar::Terms { authority: self.authority.clone(), on: day });
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let in_term = self.term.iter().any(|term| (term.from..=term.to).contains(&day));
        if weekend || !in_term || self.inset.contains(&day) {
            return Ok(false);
        }
        Ok(bank_holiday(self.jurisdiction, day)?.is_none())
    }
}

/// The first bell after `after`: the start of the next school day, which is today's when it has
/// not rung yet.
pub fn next_bell(after: At, terms: &SchoolTerms) -> Result<At, NoCalendar> {
    let mut day = civil_day(after);
    loop {
        if terms.is_school_day(day)? {
            let bell = at_time(day, terms.bell.hour, terms.bell.minute)?;
            if bell > after {
                return Ok(bell);
            }
        }
        day = days_later(day, 1)?;
    }
}

/// The terms of an invented authority, for the demonstration and for tests.
pub fn example_terms() -> SchoolTerms {
    SchoolTerms::parse(include_str!("../data/terms-example.toml"))
        .expect("a test reads the embedded file")
}
