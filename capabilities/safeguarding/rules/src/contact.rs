//! When and how she may be reached: asked once, kept with the plan, and asked again by whatever
//! sends or rings at the moment it does.

use crate::event::Event;
use crate::limits;
use crate::{Refusal, state::State};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// A way to reach her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A text message.
    Text,
    /// A telephone call.
    Ring,
    /// Words on an answering machine.
    Voicemail,
    /// An e-mail.
    Email,
}

impl Way {
    /// Every way, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Ring, Self::Text, Self::Voicemail, Self::Email];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Ring => "ring",
            Self::Voicemail => "voicemail",
            Self::Email => "email",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Hours of every local day, in minutes from midnight; from 20:00 to 06:00 goes over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// First minute.
    pub from: u16,
    /// The minute after the last.
    pub until: u16,
}

impl Hours {
    /// `09:00` and `15:30`; nothing for what is no stretch of a day.
    pub fn parse(from: &str, until: &str) -> Option<Self> {
        let bell = |text: &str| calendar::Bell::try_from(text.trim().to_owned()).ok();
        let minute =
            |one: calendar::Bell| (i16::from(one.hour) * 60 + i16::from(one.minute)) as u16;
        let hours = Self { from: minute(bell(from)?), until: minute(bell(until)?) };
        (hours.from != hours.until).then_some(hours)
    }

    /// Both ends as `09:00`.
    pub fn text(self) -> (String, String) {
        let of = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        (of(self.from), of(self.until))
    }

    fn hold(self, minute: u16) -> bool {
        match self.from < self.until {
            true => (self.from..self.until).contains(&minute),
            false => minute >= self.from || minute < self.until,
        }
    }

    /// The next moment at which they begin. A clock that is put forward over it begins it then.
    fn next(self, now: At) -> Option<At> {
        let begins = |day| {
            let (hour, minute) = ((self.from / 60) as i8, (self.from % 60) as i8);
            calendar::at_time(day, hour, minute).ok()
        };
        let today = calendar::civil_day(now);
        let first = begins(today).filter(|at| *at > now);
        first.or_else(|| begins(today.tomorrow().ok()?))
    }
}

/// What only whoever rings needs to know. Sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactWords {
    /// The one number that is safe; empty: whichever she gave.
    pub number: String,
    /// Who to say one is, and what never to say.
    pub say: String,
    /// Who else may answer, and what then.
    pub others: String,
    /// A word agreed with her; empty: none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub codeword: String,
    /// What is done when she says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub codeword_means: String,
}

/// The rule as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Which ways are safe.
    pub ways: Vec<Way>,
    /// When; always, without.
    pub hours: Option<Hours>,
    /// The rest.
    pub words: Personal<ContactWords>,
    /// Since when.
    pub at: At,
}

/// The rule as whoever rings or writes must read it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Codes of the ways that are safe.
    pub ways: Vec<&'static str>,
    /// First time of every day, `09:00`; empty for always.
    pub from: String,
    /// The time after the last.
    pub until: String,
    /// The one safe number; empty: whichever she gave.
    pub number: String,
    /// Who to say one is, and what never to say.
    pub say: String,
    /// Who else may answer, and what then.
    pub others: String,
    /// A word agreed with her; empty: none.
    pub codeword: String,
    /// What is done when she says it.
    pub codeword_means: String,
    /// Since when it stands, in microseconds.
    pub at: i64,
}

impl Rule {
    /// For a page. Personal: the consultation is noted before.
    pub fn shown(&self) -> Shown {
        let ContactWords { number, say, others, codeword, codeword_means } =
            self.words.known().cloned().unwrap_or_default();
        let (from, until) = self.hours.map(Hours::text).unwrap_or_default();
        let ways = self.ways.iter().map(|way| way.code()).collect();
        let at = self.at.0;
        Shown { ways, from, until, number, say, others, codeword, codeword_means, at }
    }

    /// Whether this way is safe.
    pub fn allows(&self, way: Way) -> bool {
        self.ways.contains(&way)
    }
}

/// What may be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is safe as far as she said.
    Go,
    /// Not now: not before then.
    Wait(At),
    /// Not this way, or not this number.
    Never(Why),
}

/// Why never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// She said that this way is not safe.
    Way,
    /// Another number is the safe one.
    Number,
}

impl Why {
    /// The code that is kept of a message that did not go.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Way => "way_not_safe",
            Self::Number => "number_not_safe",
        }
    }
}

impl State {
    /// Whether she may be reached this way at this moment, at this number. Without a rule she may.
    pub fn may_reach(&self, way: Way, to: &str, now: At) -> Verdict {
        let Some(rule) = &self.contact else { return Verdict::Go };
        if !rule.allows(way) {
            return Verdict::Never(Why::Way);
        }
        let safe = rule.words.known().map_or("", |words| words.number.as_str());
        if way != Way::Email && !safe.is_empty() && names::phone(safe) != names::phone(to) {
            return Verdict::Never(Why::Number);
        }
        let Some(hours) = rule.hours else { return Verdict::Go };
        let (hour, minute) = calendar::time_of_day(now);
        if hours.hold(hour.unsigned_abs() as u16 * 60 + minute.unsigned_abs() as u16) {
            return Verdict::Go;
        }
        hours.next(now).map_or(Verdict::Never(Why::Way), Verdict::Wait)
    }
}

pub(crate) fn rule(
    state: &State,
    mut ways: Vec<Way>,
    hours: Option<Hours>,
    words: ContactWords,
) -> Result<Vec<Event>, Refusal> {
    ways.sort_unstable();
    ways.dedup();
    let words = ContactWords {
        number: words.number.trim().to_owned(),
        say: words.say.trim().to_owned(),
        others: words.others.trim().to_owned(),
        codeword: words.codeword.trim().to_owned(),
        codeword_means: words.codeword_means.trim().to_owned(),
    };
    let long = |text: &String| text.chars().count() > limits::WORDS_CHARS_MAX;
    let ContactWords { number, say, others, codeword, codeword_means } = &words;
    if [number, say, others, codeword, codeword_means].into_iter().any(long) {
        return Err(Refusal::TooLong);
    }
    if !codeword.is_empty() && codeword_means.is_empty() {
        return Err(Refusal::CodewordMeaningMissing);
    }
    let figures = names::phone(&words.number);
    if !words.number.is_empty() && !(limits::NUMBER_DIGITS).contains(&figures.len()) {
        return Err(Refusal::NumberWrong);
    }
    let same = |rule: &Rule| {
        rule.ways == ways && rule.hours == hours && rule.words.known() == Some(&words)
    };
    if state.contact.as_ref().is_some_and(same) {
        return Ok(vec![]);
    }
    Ok(vec![Event::ContactRuled { ways, hours, words: words.into() }])
}
