//! The hand-off to the force's records system: told that a case is ready, it fetches the case and
//! says under which reference of its own it stands.

use crate::decide::Decided;
use crate::event::Event;
use crate::limits;
use crate::refusal::Refusal;
use crate::state::{Classified, State};
use crate::tables::Tables;
use crate::words;
use kernel::At;

pub(crate) fn hand_off(state: &State, tables: &Tables, now: At) -> Decided {
    match &state.classified {
        None => return Err(Refusal::NotClassified),
        Some(Classified::Crime { code: None, .. }) => return Err(Refusal::NotCoded),
        Some(Classified::Crime { .. } | Classified::NonCrime { .. }) => {}
    }
    if state.statement.on_offer().is_some() {
        return Err(Refusal::OnOffer);
    }
    if !state.hand_offs.is_empty() && !state.changed {
        return Err(Refusal::NothingNew);
    }
    let serial = state.hand_offs.len() as u32 + 1;
    Ok(vec![Event::HandedOff { serial, due: now.plus(tables.policy.take_in()) }])
}

/// Said twice it is said once. One case has one reference, however often it is handed off.
pub(crate) fn take_in(state: &State, reference: &str, system: String) -> Decided {
    let last = state.hand_offs.last().ok_or(Refusal::NotHandedOff)?;
    let most = limits::REFERENCE_CHARS_MAX;
    let reference = words::needed(reference, most, Refusal::ReferenceMissing)?;
    let known = state.hand_offs.iter().rev().find_map(|one| one.taken_in.as_ref());
    if known.is_some_and(|(_, _, stands)| stands.known().is_some_and(|one| *one != reference)) {
        return Err(Refusal::ReferenceDiffers);
    }
    if last.taken_in.is_some() {
        return Ok(vec![]);
    }
    let serial = state.hand_offs.len() as u32;
    Ok(vec![Event::TakenIn { serial, reference: reference.into(), system }])
}
