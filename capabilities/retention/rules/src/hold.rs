//! A hold outranks the clock: two people, a reason, a review date. One stream a hold.
//! It never lapses by itself; it is alarmed until two people have looked at it again.

mod command;
mod event;
mod state;

pub use command::Command;
pub use event::{Event, Ground};
pub use state::{Asked, Stage, State};

use crate::subject::{Mark, Thing, all_living, own, reason, second, sorted, staff};
use crate::{Refusal, limits};
use kernel::{At, Class, Context, Day, Decider, id::StaffId};

/// The rules of a hold.
#[derive(Clone, Copy, Debug)]
pub struct Hold;

impl Decider for Hold {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "hold";
    const CLASS: Class = crate::RECORD;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Propose { .. } => propose(state, command, context),
            Command::Confirm { subjects } => {
                let by = second(context, proposed(state)?)?;
                if passed(state.review_on, context.at) {
                    return Err(Refusal::ProposalLapsed);
                }
                let (things, late) = sorted(&state.things, &subjects, context.at)?;
                let placed = Event::Placed { things, review_on: state.review_on, by };
                Ok(std::iter::once(placed).chain(late.into_iter().map(failed)).collect())
            }
            // The proposer takes it back, or the second person says no.
            Command::Decline { reason: why } => {
                proposed(state)?;
                Ok(vec![Event::Declined { by: staff(context)?, reason: reason(&why)? }])
            }
            Command::Review { review_on, reason: why } => {
                review(state, review_on, reason(&why)?, context)
            }
            Command::ProposeEnd { reason: why } => {
                standing(state)?;
                unasked(state)?;
                Ok(vec![Event::EndProposed { by: staff(context)?, reason: reason(&why)? }])
            }
            Command::ConfirmAsked => confirm_asked(state, context),
            Command::DropAsked => {
                standing(state)?;
                state.asked.ok_or(Refusal::NothingAsked)?;
                Ok(vec![Event::RequestDropped { by: staff(context)? }])
            }
            Command::NoteReviewMissed => note_missed(state, context),
            Command::NoteKept { key } => note(state, context, key, Mark::Kept),
            Command::NoteFailed { key } => note(state, context, key, Mark::Failed),
            Command::NoteLetGo { key } => note(state, context, key, Mark::LetGo),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

fn propose(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    let Command::Propose { subjects, ground, reason: why, review_on } = command else {
        return Err(Refusal::NotProposed);
    };
    if state.stage != Stage::None {
        return Err(Refusal::AlreadyProposed);
    }
    let by = staff(context)?;
    let things = all_living(&subjects, context.at)?;
    let why = reason(&why)?;
    ahead(review_on, context.at)?;
    Ok(vec![Event::Proposed { things, ground, reason: why, review_on, by }])
}

/// In time, somebody who has not kept it before may keep it on alone. Otherwise, and always once
/// the date has passed, it takes two: no one person carries a hold on for ever.
fn review(
    state: &State,
    review_on: Day,
    why: kernel::Personal<String>,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    standing(state)?;
    unasked(state)?;
    ahead(review_on, context.at)?;
    let by = staff(context)?;
    let fresh = state.proposed_by != Some(by) && state.reviewed_by != Some(by);
    if fresh && !passed(state.review_on, context.at) {
        return Ok(vec![Event::Reviewed { review_on, reason: Some(why), by, with: None }]);
    }
    Ok(vec![Event::ReviewProposed { review_on, reason: why, by }])
}

fn confirm_asked(state: &State, context: &Context) -> Result<Vec<Event>, Refusal> {
    standing(state)?;
    match state.asked.ok_or(Refusal::NothingAsked)? {
        Asked::Review { by, review_on } => {
            let with = second(context, by)?;
            ahead(review_on, context.at)?;
            Ok(vec![Event::Reviewed { review_on, reason: None, by, with: Some(with) }])
        }
        Asked::End { by } => Ok(vec![Event::Ended { by, with: second(context, by)? }]),
    }
}

fn note_missed(state: &State, context: &Context) -> Result<Vec<Event>, Refusal> {
    own(context)?;
    standing(state)?;
    if !passed(state.review_on, context.at) {
        return Err(Refusal::ReviewAhead);
    }
    Ok(vec![Event::ReviewMissed { review_on: state.review_on, times: state.missed + 1 }])
}

/// What the key store did, told by Sightline itself; each once.
fn note(state: &State, context: &Context, key: String, now: Mark) -> Result<Vec<Event>, Refusal> {
    own(context)?;
    let was = state.marks.get(&key).copied().ok_or(Refusal::NotProposed)?;
    match (was, now) {
        (Mark::Asked, Mark::Kept) => Ok(vec![Event::Kept { key }]),
        (Mark::Asked, Mark::Failed) => Ok(vec![Event::Failed { key }]),
        (Mark::Asked | Mark::Kept, Mark::LetGo) if state.stage == Stage::Ended => {
            Ok(vec![Event::LetGo { key }])
        }
        (Mark::Asked | Mark::Kept, Mark::LetGo) => Err(Refusal::NotProposed),
        _ => Err(Refusal::AlreadyNoted),
    }
}

fn failed(thing: Thing) -> Event {
    Event::Failed { key: thing.key }
}

fn proposed(state: &State) -> Result<StaffId, Refusal> {
    match state.stage {
        Stage::None => Err(Refusal::NotProposed),
        Stage::Proposed => state.proposed_by.ok_or(Refusal::NotProposed),
        Stage::Placed => Err(Refusal::AlreadyConfirmed),
        Stage::Declined => Err(Refusal::Declined),
        Stage::Ended => Err(Refusal::Ended),
    }
}

fn standing(state: &State) -> Result<(), Refusal> {
    match state.stage {
        Stage::Placed => Ok(()),
        Stage::None => Err(Refusal::NotProposed),
        Stage::Proposed => Err(Refusal::NotPlaced),
        Stage::Declined => Err(Refusal::Declined),
        Stage::Ended => Err(Refusal::Ended),
    }
}

fn unasked(state: &State) -> Result<(), Refusal> {
    if state.asked.is_some() { Err(Refusal::AlreadyAsked) } else { Ok(()) }
}

/// Whether a review date has passed.
fn passed(review_on: Day, at: At) -> bool {
    review_on.start() <= at
}

//= Data Protection Act 2018, section 39(2): time limits for a periodic review
fn ahead(review_on: Day, at: At) -> Result<(), Refusal> {
    if passed(review_on, at) {
        return Err(Refusal::ReviewPast);
    }
    if review_on > at.day().plus(limits::REVIEW_DAYS_MAX) {
        return Err(Refusal::ReviewTooFar);
    }
    Ok(())
}
