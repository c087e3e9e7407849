//! Children of the house: who they are, which school must hear, whether it has, and whether it
//! said so.

use crate::event::Event;
use crate::limits;
use crate::schools::Schools;
use crate::state::State;
use crate::{Refusal, decide::written};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who a child is, and what the child had to say. All of it is sealed.
//= Domestic Abuse Act 2021, section 3: a child who sees, hears or lives with it is a victim too
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildDetails {
    /// The name.
    pub name: String,
    /// The day of birth, `2017-05-03`; may be unknown.
    pub born: String,
    /// What the child said or showed, in the child's own words where there were any.
    pub voice: String,
}

/// How a school was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// By telephone, to a person.
    Telephone,
    /// In person.
    InPerson,
    /// An e-mail that says only that something waits at the hub.
    Email,
}

impl Told {
    /// Every way, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Telephone, Self::InPerson, Self::Email];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::InPerson => "in_person",
            Self::Email => "email",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Where a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Owed.
    Owed,
    /// Told, but nobody there has said that they read it.
    Told(Told, At),
    /// Somebody there knows.
    Acknowledged(At),
    /// Not owed any more.
    Withdrawn,
}

impl Notice {
    /// The code of the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owed => "owed",
            Self::Told(..) => "told",
            Self::Acknowledged(_) => "acknowledged",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One child.
#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    /// Who.
    pub details: Personal<ChildDetails>,
    /// Whether the child was there.
    pub present: bool,
    /// Which school or officer must hear.
    pub school: String,
    /// Before when.
    pub due: At,
    /// Whether school days were assumed.
    pub assumed: bool,
    /// Whether they have.
    pub notice: Notice,
    /// Whether the bell rang before they had.
    pub missed: bool,
}

/// One child, as it is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct NewChild {
    /// Who.
    pub details: ChildDetails,
    /// Whether the child was there.
    pub present: bool,
    /// Which school or officer must hear.
    pub school: String,
    /// The force's list.
    pub schools: Arc<Schools>,
}

pub(crate) fn record(state: &State, new: &NewChild, now: At) -> Result<Vec<Event>, Refusal> {
    let details = ChildDetails {
        name: written(&new.details.name, Refusal::ChildNameMissing)?,
        born: born(new.details.born.trim(), now)?,
        voice: new.details.voice.trim().to_owned(),
    };
    if details.voice.chars().count() > limits::WORDS_CHARS_MAX {
        return Err(Refusal::TooLong);
    }
    let school = new.schools.offered(&new.school).ok_or(Refusal::SchoolUnknown)?;
    if state.children.len() >= limits::CHILDREN_MAX {
        return Err(Refusal::TooManyChildren);
    }
    let before = new.schools.before(school, now).map_err(|_| Refusal::NoCalendar)?;
    Ok(vec![Event::ChildRecorded {
        child: state.children.keys().next_back().map_or(1, |last| last + 1),
        details: details.into(),
        present: new.present,
        school: new.school.clone(),
        due: before.bell,
        assumed: before.assumed,
    }])
}

/// A day that has been, of somebody who is not grown up.
fn born(text: &str, now: At) -> Result<String, Refusal> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let day: calendar::Date = text.parse().map_err(|_| Refusal::BornWrong)?;
    let today = calendar::civil_day(now);
    let grown_up = i32::from(today.year()) - i32::from(day.year()) > limits::CHILD_YEARS_MAX;
    if day > today || grown_up { Err(Refusal::BornWrong) } else { Ok(day.to_string()) }
}

pub(crate) fn tell(
    state: &State,
    child: u32,
    told: Told,
    spoke_with: &str,
) -> Result<Vec<Event>, Refusal> {
    let found = state.children.get(&child).ok_or(Refusal::NoSuchChild)?;
    if !matches!(found.notice, Notice::Owed | Notice::Told(Told::Email, _)) {
        return Err(Refusal::NoticeDone);
    }
    let spoke_with = match told {
        Told::Email => spoke_with.trim().to_owned(),
        Told::Telephone | Told::InPerson => written(spoke_with, Refusal::SpokeWithMissing)?,
    };
    let mut events = vec![Event::SchoolTold { child, told, spoke_with: spoke_with.into() }];
    // Whoever was spoken with knows; an e-mail may lie there unread.
    if told != Told::Email {
        events.push(Event::SchoolAcknowledged { child, note: Personal::default() });
    }
    Ok(events)
}

pub(crate) fn acknowledge(state: &State, child: u32, note: &str) -> Result<Vec<Event>, Refusal> {
    let found = state.children.get(&child).ok_or(Refusal::NoSuchChild)?;
    match found.notice {
        Notice::Told(..) => {
            let note = written(note, Refusal::SpokeWithMissing)?.into();
            Ok(vec![Event::SchoolAcknowledged { child, note }])
        }
        Notice::Owed => Err(Refusal::NotToldYet),
        Notice::Acknowledged(_) | Notice::Withdrawn => Err(Refusal::NoticeDone),
    }
}

pub(crate) fn withdraw(state: &State, child: u32, reason: &str) -> Result<Vec<Event>, Refusal> {
    let found = state.children.get(&child).ok_or(Refusal::NoSuchChild)?;
    if !matches!(found.notice, Notice::Owed) {
        return Err(Refusal::NoticeDone);
    }
    let reason = written(reason, Refusal::ReasonMissing)?.into();
    Ok(vec![Event::NoticeWithdrawn { child, reason }])
}

/// The bell rings: whoever has not heard, or not said so, is somebody's affair now.
pub(crate) fn bell(state: &State, child: u32, due: At) -> Result<Vec<Event>, Refusal> {
    let found = state.children.get(&child).ok_or(Refusal::NoSuchChild)?;
    let open = matches!(found.notice, Notice::Owed | Notice::Told(..));
    match open && !found.missed && found.due == due {
        true => Ok(vec![Event::BellMissed { child, told: found.notice != Notice::Owed }]),
        false => Ok(vec![]),
    }
}
