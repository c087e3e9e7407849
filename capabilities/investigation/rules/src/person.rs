//! Suspects and witnesses of one incident.

use crate::decide::Decided;
use crate::event::{Event, PersonSaid, Role};
use crate::limits;
use crate::refusal::Refusal;
use crate::state::{Person, State};
use crate::words;

fn checked(said: &PersonSaid) -> Result<PersonSaid, Refusal> {
    let said = PersonSaid {
        name: words::free(&said.name, limits::OFFENCE_CHARS_MAX)?,
        description: words::free(&said.description, limits::REASON_CHARS_MAX)?,
        reach: words::free(&said.reach, limits::REASON_CHARS_MAX)?,
        account: words::free(&said.account, limits::REASON_CHARS_MAX)?,
    };
    if said.name.is_empty() && said.description.is_empty() {
        return Err(Refusal::PersonMissing);
    }
    Ok(said)
}

pub(crate) fn add(state: &State, role: Role, said: PersonSaid) -> Decided {
    if state.people.len() >= limits::PEOPLE_MAX {
        return Err(Refusal::TooMany);
    }
    let number = state.people.len() as u32 + 1;
    Ok(vec![Event::PersonAdded { number, role, said: checked(&said)?.into() }])
}

fn there(state: &State, number: u32) -> Result<&Person, Refusal> {
    let one = state.people.get(&number).filter(|one| one.removed.is_none());
    one.ok_or(Refusal::PersonUnknown)
}

pub(crate) fn change(state: &State, number: u32, said: PersonSaid) -> Decided {
    let one = there(state, number)?;
    let said = checked(&said)?;
    if one.said.known() == Some(&said) {
        return Ok(vec![]);
    }
    Ok(vec![Event::PersonChanged { number, said: said.into() }])
}

pub(crate) fn remove(state: &State, number: u32, reason: &str) -> Decided {
    there(state, number)?;
    Ok(vec![Event::PersonRemoved { number, reason: words::reason(reason)?.into() }])
}

impl State {
    pub(crate) fn people_after(&mut self, event: &Event) {
        match event {
            Event::PersonAdded { number, role, said } => {
                let one = Person { role: *role, said: said.clone(), removed: None };
                self.people.insert(*number, one);
            }
            Event::PersonChanged { number, said } => {
                if let Some(one) = self.people.get_mut(number) {
                    one.said = said.clone();
                }
            }
            Event::PersonRemoved { number, reason } => {
                if let Some(one) = self.people.get_mut(number) {
                    one.removed = Some(reason.clone());
                }
            }
            _ => {}
        }
    }
}
