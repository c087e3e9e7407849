//! Programmes: sessions that he comes to or not, until he went through all of them or failed.

use crate::decide::{Decided, ahead};
use crate::event::{Attendance, Event};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::state::{Programme, Session, State};
use crate::{limits, words};
use kernel::At;
use std::collections::BTreeMap;

pub(crate) fn begin(
    state: &State,
    policy: &Policy,
    (provider, sessions, due): (String, u32, At),
    now: At,
) -> Decided {
    let known = policy.provider(&provider).filter(|one| !one.retired);
    match known {
        None => return Err(Refusal::NoProvider),
        Some(known) if !known.programme => return Err(Refusal::NoProgramme),
        Some(_) => {}
    }
    if !(1..=limits::SESSIONS_MAX).contains(&sessions) {
        return Err(Refusal::SessionsWrong);
    }
    if state.programmes.len() >= limits::PROGRAMMES_MAX {
        return Err(Refusal::TooMany);
    }
    ahead(due, now)?;
    let number = state.programmes.len() as u32 + 1;
    Ok(vec![Event::ProgrammeBegun { number, provider, sessions, due }])
}

fn running(state: &State, programme: u32) -> Result<&Programme, Refusal> {
    let one = state.programmes.get(&programme).filter(|one| one.ended.is_none());
    one.ok_or(Refusal::NoSuchNumber)
}

pub(crate) fn record(
    state: &State,
    (programme, session, held_at): (u32, u32, At),
    attendance: Attendance,
    note: &str,
    now: At,
) -> Decided {
    let one = running(state, programme)?;
    if session == 0 || session > one.sessions {
        return Err(Refusal::NoSuchSession(one.sessions));
    }
    if held_at > now {
        return Err(Refusal::NotHeld);
    }
    let note = words::free(note)?;
    Ok(vec![Event::SessionRecorded { programme, session, held_at, attendance, note }])
}

pub(crate) fn complete(state: &State, programme: u32, result: &str) -> Decided {
    let one = running(state, programme)?;
    let left = one.sessions.saturating_sub(one.attended());
    if left > 0 {
        return Err(Refusal::SessionsOpen(left));
    }
    Ok(vec![Event::ProgrammeCompleted { programme, result: words::said(result)? }])
}

pub(crate) fn fail(state: &State, programme: u32, reason: &str) -> Decided {
    running(state, programme)?;
    Ok(vec![Event::ProgrammeFailed { programme, reason: words::said(reason)? }])
}

impl State {
    pub(crate) fn programme_after(&mut self, event: &Event) {
        match event {
            Event::ProgrammeBegun { number, provider, sessions, due } => {
                let (provider, held) = (provider.clone(), BTreeMap::new());
                let (sessions, due, ended) = (*sessions, *due, None);
                self.programmes.insert(*number, Programme { provider, sessions, due, held, ended });
            }
            Event::SessionRecorded { programme, session, held_at, attendance, note } => {
                if let Some(one) = self.programmes.get_mut(programme) {
                    let (held_at, attendance, note) = (*held_at, *attendance, note.clone());
                    one.held.insert(*session, Session { held_at, attendance, note });
                }
            }
            Event::ProgrammeCompleted { programme, result } => {
                self.end_programme(*programme, true, result);
            }
            Event::ProgrammeFailed { programme, reason } => {
                self.end_programme(*programme, false, reason);
            }
            _ => {}
        }
    }

    fn end_programme(&mut self, programme: u32, through: bool, words: &kernel::Personal<String>) {
        if let Some(one) = self.programmes.get_mut(&programme) {
            one.ended = Some((through, words.clone()));
        }
    }
}
