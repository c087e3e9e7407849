//! What may be done with a review, and why not.

use crate::clock;
use crate::command::{Act, Author, Command, Judgement};
use crate::event::{Cause, Event, Outcome, Task};
use crate::limits;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::state::{Stage, State};
use crate::words::{free, needed, within};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{At, Class, Context, Decider, Role};
use std::collections::BTreeSet;

/// The rules of a review.
#[derive(Clone, Copy, Debug)]
pub struct Review;

type Decision = Result<Vec<Event>, Refusal>;

impl Decider for Review {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "review";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decision {
        let Command { policy, act } = command;
        match act {
            Act::Open { incident, cause, author, since } => {
                Ok(open(state, &policy, incident, cause, author, since))
            }
            Act::Take { authors } => take(state, &authors, context),
            Act::PutBack { reason } => {
                held(state, context)?;
                let reason = needed(&reason, Refusal::ReasonMissing)?;
                Ok(vec![Event::PutBack { reason }])
            }
            Act::Escalate { due } => Ok(escalate(state, due)),
            Act::Decide(judgement) => judge(state, &policy, *judgement, context),
            Act::NoteCrime => note_crime(state),
            Act::LeaveCrime => leave_crime(state, &policy, context.at),
            Act::FinishTask { task, note } => {
                if !state.tasks.contains_key(&task) {
                    return Err(Refusal::NoSuchTask);
                }
                let note = needed(&note, Refusal::NoteMissing)?;
                Ok(vec![Event::TaskDone { task, note }])
            }
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// What waits already goes on waiting by its own clock; what was reviewed is put up anew, because
/// the decision that is now to be reviewed is another one.
//= National Standard for Incident Recording, domestic incidents: an incident that is no crime is
//=  on record as well, with what was decided
fn open(
    state: &State,
    policy: &Policy,
    incident: IncidentId,
    cause: Cause,
    author: Option<StaffId>,
    since: At,
) -> Vec<Event> {
    if state.stage.open() {
        return vec![];
    }
    let due = clock::review_due(policy, since);
    vec![Event::Opened { incident, cause, author, due, round: state.round + 1 }]
}

fn in_queue(state: &State) -> Result<(), Refusal> {
    match state.stage {
        Stage::None => Err(Refusal::NotOpen),
        Stage::Reviewed => Err(Refusal::Reviewed),
        Stage::Waiting | Stage::Taken(_) => Ok(()),
    }
}

//= Force policy, review of non-crime domestic incidents: whoever decided, answered or graded does
//=  not review it
fn not_author(state: &State, authors: &[Author], me: StaffId) -> Result<(), Refusal> {
    let known = state.authors.get(&me).copied();
    let found = authors.iter().filter(|author| author.staff == me).map(|author| author.part).min();
    known.or(found).map_or(Ok(()), |part| Err(Refusal::Author(part)))
}

fn take(state: &State, authors: &[Author], context: &Context) -> Decision {
    in_queue(state)?;
    let me = context.actor.staff().ok_or(Refusal::StaffOnly)?;
    not_author(state, authors, me)?;
    match state.stage.holder() {
        Some(holder) if holder == me => Ok(vec![]),
        Some(_) if !(state.escalated && context.actor.has(Role::Supervisor)) => {
            Err(Refusal::TakenByOther)
        }
        from => Ok(vec![Event::Taken { by: me, from }]),
    }
}

/// That it is in the queue, and with whoever asks.
fn held(state: &State, context: &Context) -> Result<StaffId, Refusal> {
    in_queue(state)?;
    let me = context.actor.staff().ok_or(Refusal::StaffOnly)?;
    match state.stage.holder() {
        Some(holder) if holder == me => Ok(me),
        Some(_) => Err(Refusal::TakenByOther),
        None => Err(Refusal::TakeFirst),
    }
}

fn escalate(state: &State, due: At) -> Vec<Event> {
    if !state.stage.open() || state.escalated || state.due != Some(due) {
        return vec![];
    }
    vec![Event::Escalated { due, holder: state.stage.holder() }]
}

fn judge(state: &State, policy: &Policy, said: Judgement, context: &Context) -> Decision {
    let me = held(state, context)?;
    not_author(state, &said.authors, me)?;
    let incident = state.incident.ok_or(Refusal::NotOpen)?;
    consistent(&said.outcomes, said.crime_now)?;
    let chosen = |outcome| said.outcomes.contains(&outcome);
    let offence = match chosen(Outcome::Reclass) {
        true => {
            Some(within(&said.offence, limits::OFFENCE_CHARS_MAX, Some(Refusal::OffenceMissing))?)
        }
        false => None,
    };
    let raise_to = match (chosen(Outcome::RaiseRisk), said.raise_to) {
        (true, None) => return Err(Refusal::RaiseMissing),
        (true, raised) => raised,
        (false, _) => None,
    };
    let finding = needed(&said.finding, Refusal::FindingMissing)?;
    let learning = free(&said.learning)?;
    let due = clock::task_due(policy, context.at);
    let tasks = said.outcomes.iter().filter_map(|outcome| task(*outcome));
    let left: Vec<_> = tasks.map(|task| Event::TaskLeft { incident, task, due }).collect();
    let outcomes = said.outcomes;
    let mut events =
        vec![Event::Decided { incident, outcomes, finding, learning, offence, raise_to }];
    events.extend(left);
    Ok(events)
}

/// What an outcome asks somebody to do. The crime is recorded by itself where that may be.
const fn task(outcome: Outcome) -> Option<Task> {
    match outcome {
        Outcome::RaiseRisk => Some(Task::RaiseRisk),
        Outcome::Refer => Some(Task::Refer),
        Outcome::Safeguard => Some(Task::Safeguard),
        Outcome::Confirm | Outcome::Reclass | Outcome::Close => None,
    }
}

/// Every review says whether it is a crime, once, unless it was recorded as one meanwhile.
fn consistent(outcomes: &BTreeSet<Outcome>, crime_now: bool) -> Result<(), Refusal> {
    let (confirm, reclass) =
        (outcomes.contains(&Outcome::Confirm), outcomes.contains(&Outcome::Reclass));
    let close = outcomes.contains(&Outcome::Close);
    if outcomes.is_empty() {
        return Err(Refusal::OutcomeMissing);
    }
    if confirm && reclass {
        return Err(Refusal::Contradiction);
    }
    if close && outcomes.len() > 1 {
        return Err(Refusal::CloseAlone);
    }
    if confirm && crime_now {
        return Err(Refusal::CrimeAlready);
    }
    if !(confirm || reclass || close || crime_now) {
        return Err(Refusal::CrimeOpen);
    }
    Ok(())
}

/// Whether the last round asked for a crime that is not recorded yet.
fn crime_asked(state: &State) -> bool {
    let asked = |last: &crate::state::Judged| {
        last.outcomes.contains(&Outcome::Reclass) && !last.crime_recorded
    };
    state.judged.last().is_some_and(asked)
}

fn note_crime(state: &State) -> Decision {
    match crime_asked(state) {
        true => Ok(vec![Event::CrimeRecorded {}]),
        false => Ok(vec![]),
    }
}

fn leave_crime(state: &State, policy: &Policy, at: At) -> Decision {
    let incident = state.incident.ok_or(Refusal::NotOpen)?;
    if !crime_asked(state) || state.tasks.contains_key(&Task::RecordCrime) {
        return Ok(vec![]);
    }
    let due = clock::task_due(policy, at);
    Ok(vec![Event::TaskLeft { incident, task: Task::RecordCrime, due }])
}
