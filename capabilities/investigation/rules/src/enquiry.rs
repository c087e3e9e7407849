//! Lines of enquiry: what is to be found out, by whom, by when, and what came of it.

use crate::decide::Decided;
use crate::event::Event;
use crate::limits;
use crate::refusal::Refusal;
use crate::state::{Enquiry, EnquiryEnd, State};
use crate::words;
use kernel::At;
use kernel::id::StaffId;

pub(crate) fn open(state: &State, what: &str, owner: Option<StaffId>, due: At, now: At) -> Decided {
    if state.enquiries.len() >= limits::ENQUIRIES_MAX {
        return Err(Refusal::TooMany);
    }
    let what = words::needed(what, limits::REASON_CHARS_MAX, Refusal::EnquiryEmpty)?.into();
    let number = state.enquiries.len() as u32 + 1;
    Ok(vec![Event::EnquiryOpened { number, what, owner, due: sensible(due, now)? }])
}

fn sensible(due: At, now: At) -> Result<At, Refusal> {
    let within = due > now && due <= now.plus(limits::DUE_MAX);
    if within { Ok(due) } else { Err(Refusal::DueWrong) }
}

fn going(state: &State, number: u32) -> Result<&Enquiry, Refusal> {
    let one = state.enquiries.get(&number).ok_or(Refusal::EnquiryUnknown)?;
    if one.end.is_some() { Err(Refusal::EnquiryOver) } else { Ok(one) }
}

pub(crate) fn move_on(
    state: &State,
    number: u32,
    (owner, due): (Option<StaffId>, Option<At>),
    now: At,
) -> Decided {
    let one = going(state, number)?;
    let due = match due {
        Some(due) if due != one.due => sensible(due, now)?,
        _ => one.due,
    };
    if (owner, due) == (one.owner, one.due) {
        return Ok(vec![]);
    }
    Ok(vec![Event::EnquiryMoved { number, owner, due }])
}

pub(crate) fn finish(state: &State, number: u32, found: &str) -> Decided {
    going(state, number)?;
    let found = words::reason(found)?.into();
    Ok(vec![Event::EnquiryFinished { number, found }])
}

pub(crate) fn give_up(state: &State, number: u32, reason: &str) -> Decided {
    going(state, number)?;
    let reason = words::reason(reason)?.into();
    Ok(vec![Event::EnquiryDropped { number, reason }])
}

impl State {
    pub(crate) fn enquiry_after(&mut self, event: &Event, at: At) {
        let (number, end) = match event {
            Event::EnquiryOpened { number, what, owner, due } => {
                let (what, owner, due) = (what.clone(), *owner, *due);
                self.enquiries.insert(*number, Enquiry { at, what, owner, due, end: None });
                return;
            }
            Event::EnquiryMoved { number, owner, due } => {
                if let Some(one) = self.enquiries.get_mut(number) {
                    (one.owner, one.due) = (*owner, *due);
                }
                return;
            }
            Event::EnquiryFinished { number, found } => {
                (number, EnquiryEnd { at, done: true, words: found.clone() })
            }
            Event::EnquiryDropped { number, reason } => {
                (number, EnquiryEnd { at, done: false, words: reason.clone() })
            }
            _ => return,
        };
        if let Some(one) = self.enquiries.get_mut(number) {
            one.end = Some(end);
        }
    }
}
