//! What the Victims' Code owes her by itself, as a clock: that her report is confirmed in writing,
//! and that she hears what was decided and why. What an arrest and an order owe they say
//! themselves.

use crate::event::Event;
use crate::limits;
use crate::state::State;
use crate::{Refusal, decide::written};
use calendar::{Jurisdiction, NoCalendar};
use kernel::{At, Personal};
use serde::{Deserialize, Serialize};

/// Working days within which somebody with enhanced rights hears.
const ENHANCED_DAYS: u32 = 1;

/// What she hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Update {
    /// That the crime she reported is recorded: in writing, where that is safe.
    Confirmation,
    /// What came of the crime and why, and how she can have it looked at again.
    Outcome,
}

impl Update {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Confirmation, Self::Outcome];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Outcome => "outcome",
        }
    }
}

/// How she heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// In writing.
    Writing,
    /// By telephone.
    Telephone,
    /// In person.
    InPerson,
    /// By whoever speaks for her.
    Adviser,
    /// She does not want to, or a letter would give her away.
    NotWanted,
}

impl Heard {
    /// Every way, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Telephone, Self::InPerson, Self::Writing, Self::Adviser, Self::NotWanted];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Telephone => "telephone",
            Self::InPerson => "in_person",
            Self::Adviser => "adviser",
            Self::NotWanted => "not_wanted",
        }
    }

    /// The one with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Something that she is owed to hear.
#[derive(Clone, Debug, PartialEq)]
pub struct Owed {
    /// What.
    pub of: Update,
    /// By when.
    pub due: At,
    /// How she heard, and when, once she did.
    pub heard: Option<(Heard, At)>,
    /// Attempts to tell her, each with why it did not succeed.
    pub tried: Vec<(At, Personal<String>)>,
    /// Whether its time was over first.
    pub missed: bool,
}

/// By when somebody whom domestic abuse was done to hears of what happened at `at`.
//= Code of Practice for Victims of Crime, rights 3 and 6 and enhanced rights: within one working
//=  day for a victim of domestic abuse
pub fn due(jurisdiction: Jurisdiction, at: At) -> Result<At, NoCalendar> {
    calendar::add_working_days(jurisdiction, at, ENHANCED_DAYS)
}

pub(crate) fn owe(
    state: &State,
    of: Update,
    jurisdiction: Jurisdiction,
    since: At,
) -> Result<Vec<Event>, Refusal> {
    // What she has not heard yet is told as it stands by then: one word covers both.
    if state.updates.values().any(|one| one.of == of && one.heard.is_none()) {
        return Ok(vec![]);
    }
    if state.updates.len() >= limits::UPDATES_MAX {
        return Err(Refusal::TooMany);
    }
    let update = state.updates.len() as u32 + 1;
    // A year without holidays must not cost her the word: then every day counts.
    let due = due(jurisdiction, since).unwrap_or_else(|_| calendar::hours_after(since, 24));
    Ok(vec![Event::UpdateOwed { update, of, due }])
}

fn open(state: &State, update: u32) -> Result<&Owed, Refusal> {
    let one = state.updates.get(&update).filter(|one| one.heard.is_none());
    one.ok_or(Refusal::NoSuchUpdate)
}

pub(crate) fn tell(
    state: &State,
    update: u32,
    heard: Heard,
    note: &str,
) -> Result<Vec<Event>, Refusal> {
    open(state, update)?;
    let note = written(note, Refusal::UpdateNoteMissing)?.into();
    Ok(vec![Event::UpdateHeard { update, heard, note }])
}

pub(crate) fn try_it(state: &State, update: u32, note: &str) -> Result<Vec<Event>, Refusal> {
    open(state, update)?;
    let note = written(note, Refusal::UpdateNoteMissing)?.into();
    Ok(vec![Event::UpdateTried { update, note }])
}

/// A clock that comes late finds nothing to do.
pub(crate) fn miss(state: &State, update: u32, due: At) -> Result<Vec<Event>, Refusal> {
    let late = open(state, update).is_ok_and(|one| one.due == due && !one.missed);
    Ok(if late { vec![Event::UpdateMissed { update }] } else { vec![] })
}

impl State {
    pub(crate) fn of_update(&mut self, event: &Event, at: At) {
        let (Event::UpdateOwed { update, .. }
        | Event::UpdateHeard { update, .. }
        | Event::UpdateTried { update, .. }
        | Event::UpdateMissed { update }) = event
        else {
            return;
        };
        if let Event::UpdateOwed { of, due, .. } = event {
            let (heard, tried, missed) = (None, vec![], false);
            self.updates.insert(*update, Owed { of: *of, due: *due, heard, tried, missed });
            return;
        }
        let Some(one) = self.updates.get_mut(update) else { return };
        match event {
            Event::UpdateHeard { heard, .. } => one.heard = Some((*heard, at)),
            Event::UpdateTried { note, .. } => one.tried.push((at, note.clone())),
            _ => one.missed = true,
        }
    }
}
