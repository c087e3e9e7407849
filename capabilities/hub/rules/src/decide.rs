//! What may happen next in the hub.

use crate::command::Command;
use crate::event::Event;
use crate::hours::{Hours, HoursFault};
use crate::state::{Duty, State};
use kernel::At;
use kernel::id::StaffId;

/// Why not, for a supervisor or a responder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The hours make no sense.
    #[error("{0}")]
    Hours(HoursFault),
    /// It would end before it starts.
    #[error("The time until which this holds has passed.")]
    UntilPassed,
    /// Nothing to go back from.
    #[error("The hub goes by its hours already.")]
    ByHours,
    /// Somebody is.
    #[error("This responder is on shift already.")]
    OnShift,
    /// Nobody is.
    #[error("This responder is not on shift. Sign on first.")]
    NotOnShift,
    /// A person is in front of them.
    #[error("This responder is on a call. Finish it or hand it over first.")]
    OnCall,
    /// One at a time.
    #[error("This responder is on another call.")]
    OnOtherCall,
    /// Nothing to rest from.
    #[error("This responder is on a break already.")]
    OnBreak,
    /// Nothing to come back from.
    #[error("This responder is not on a break.")]
    NotOnBreak,
}

type Decided = Result<Vec<Event>, Refusal>;

pub(crate) fn decide(state: &State, command: Command, at: At) -> Decided {
    match command {
        Command::SetHours { hours } => set_hours(state, hours),
        Command::Open { reason, until } => {
            not_passed(until, at)?;
            Ok(vec![Event::Opened { reason, until }])
        }
        Command::Close { reason, until } => {
            not_passed(until, at)?;
            Ok(vec![Event::Closed { reason, until }])
        }
        Command::ResumeHours => match state.overridden {
            Some(_) => Ok(vec![Event::HoursResumed {}]),
            None => Err(Refusal::ByHours),
        },
        Command::StartShift { staff, name } => match state.responders.get(&staff) {
            Some(_) => Err(Refusal::OnShift),
            None => Ok(vec![Event::ShiftStarted { staff, name: name.into() }]),
        },
        Command::EndShift { staff } => match duty(state, staff)? {
            Duty::Busy { .. } => Err(Refusal::OnCall),
            Duty::Free | Duty::OnBreak => Ok(vec![Event::ShiftEnded { staff }]),
        },
        Command::TakeCall { staff, call } => take_call(state, staff, call),
        Command::LeaveCall { call } => {
            let left = state.on_call(&call).map(|staff| Event::ResponderFree { staff });
            Ok(left.into_iter().collect())
        }
        Command::StartBreak { staff } => match duty(state, staff)? {
            Duty::Busy { .. } => Err(Refusal::OnCall),
            Duty::OnBreak => Err(Refusal::OnBreak),
            Duty::Free => Ok(vec![Event::BreakStarted { staff }]),
        },
        Command::EndBreak { staff } => match duty(state, staff)? {
            Duty::OnBreak => Ok(vec![Event::BreakEnded { staff }]),
            Duty::Busy { .. } | Duty::Free => Err(Refusal::NotOnBreak),
        },
    }
}

fn not_passed(until: Option<At>, at: At) -> Result<(), Refusal> {
    if until.is_some_and(|until| until <= at) { Err(Refusal::UntilPassed) } else { Ok(()) }
}

fn duty(state: &State, staff: StaffId) -> Result<&Duty, Refusal> {
    state.responders.get(&staff).map(|one| &one.duty).ok_or(Refusal::NotOnShift)
}

fn set_hours(state: &State, hours: Hours) -> Decided {
    hours.check().map_err(Refusal::Hours)?;
    if state.hours_version > 0 && state.hours == hours {
        return Ok(vec![]);
    }
    Ok(vec![Event::HoursSet { version: state.hours_version + 1, hours }])
}

/// A call picked up is a fact: it puts the responder on shift, and on no other call. A second
/// responder who takes the same call over sets the first one free.
fn take_call(state: &State, staff: StaffId, call: String) -> Decided {
    let mut events = Vec::new();
    match state.responders.get(&staff).map(|one| &one.duty) {
        None => events.push(Event::ShiftStarted { staff, name: String::new().into() }),
        Some(Duty::Busy { call: theirs }) if *theirs == call => return Ok(vec![]),
        Some(Duty::Busy { .. }) => return Err(Refusal::OnOtherCall),
        Some(Duty::OnBreak) => events.push(Event::BreakEnded { staff }),
        Some(Duty::Free) => {}
    }
    if let Some(first) = state.on_call(&call) {
        events.push(Event::ResponderFree { staff: first });
    }
    events.push(Event::ResponderBusy { staff, call });
    Ok(events)
}
