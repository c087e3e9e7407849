//! Crime or no crime, by whose table, since when, and what came of it.

use crate::command::Crime;
use crate::decide::Decided;
use crate::event::{Event, OffenceCode};
use crate::limits::{self, AHEAD_MAX, LIFETIME};
use crate::refusal::Refusal;
use crate::state::{Classified, State};
use crate::tables::Tables;
use crate::words;
use kernel::At;

//= Home Office Crime Recording Rules, general rules: the decision and its reason are kept
pub(crate) fn crime(state: &State, offence: &str, reason: &str) -> Decided {
    let offence = words::needed(offence, limits::OFFENCE_CHARS_MAX, Refusal::OffenceMissing)?;
    let reason = words::reason(reason)?;
    let (offence, reason) = (offence.into(), reason.into());
    let (code, since, until) = (None, None, None);
    Ok(unless_said(state, Event::RecordedCrime { offence, reason, code, since, until }))
}

/// By the table. Both times may be unknown; neither can be in the future.
pub(crate) fn coded(state: &State, tables: &Tables, crime: &Crime, now: At) -> Decided {
    let offence = tables.offences.offered(crime.code.trim()).ok_or(Refusal::OffenceUnknown)?;
    times(crime.from, crime.until, now)?;
    let code = OffenceCode {
        code: offence.code.clone(),
        class: offence.class.clone(),
        table: tables.offences.version,
    };
    let recorded = Event::RecordedCrime {
        offence: offence.title.clone().into(),
        reason: words::reason(&crime.reason)?.into(),
        code: Some(code),
        since: crime.from,
        until: crime.until,
    };
    Ok(unless_said(state, recorded))
}

fn times(from: Option<At>, until: Option<At>, now: At) -> Result<(), Refusal> {
    let latest = now.plus(AHEAD_MAX);
    if from.into_iter().chain(until).any(|at| at > latest) {
        return Err(Refusal::OffenceInFuture);
    }
    match (from, until) {
        (Some(from), _) if from < now.minus(LIFETIME) => Err(Refusal::OffenceTooLongAgo),
        (Some(from), Some(until)) if until < from => Err(Refusal::EndsBeforeStart),
        (None, Some(_)) => Err(Refusal::StartMissing),
        _ => Ok(()),
    }
}

//= Home Office Crime Recording Rules, general rules: an incident that is no crime says why not
pub(crate) fn non_crime(state: &State, reason: &str) -> Decided {
    let reason = words::reason(reason)?.into();
    Ok(unless_said(state, Event::RecordedNonCrime { reason }))
}

/// The same decision again is none.
fn unless_said(state: &State, event: Event) -> Vec<Event> {
    let again = match &event {
        Event::RecordedCrime { offence, reason, code, since, until } => Classified::Crime {
            offence: offence.clone(),
            reason: reason.clone(),
            code: code.clone(),
            since: *since,
            until: *until,
        },
        Event::RecordedNonCrime { reason } => Classified::NonCrime { reason: reason.clone() },
        _ => return vec![event],
    };
    if state.classified.as_ref() == Some(&again) { vec![] } else { vec![event] }
}

//= Home Office Counting Rules, outcomes: every recorded crime ends in an outcome type
pub(crate) fn outcome(state: &State, tables: &Tables, code: String, note: &str) -> Decided {
    if !matches!(state.classified, Some(Classified::Crime { .. })) {
        return Err(Refusal::NoCrime);
    }
    let table = &tables.outcomes;
    let code = table.offered(code.trim()).ok_or(Refusal::OutcomeUnknown)?.code.clone();
    let note = words::reason(note)?;
    let last = state.outcome();
    if last.is_some_and(|last| last.code == code && last.note.known() == Some(&note)) {
        return Ok(vec![]);
    }
    Ok(vec![Event::OutcomeRecorded { code, table: table.version, note: note.into() }])
}

//= Home Office Crime Recording Rules, general rules: recorded within 24 hours of the report
pub(crate) fn missed(state: &State, due: At, now: At) -> Decided {
    if state.classified.is_some() || state.missed.is_some() || now < due {
        return Err(Refusal::NotDue);
    }
    Ok(vec![Event::RecordingMissed { due }])
}
