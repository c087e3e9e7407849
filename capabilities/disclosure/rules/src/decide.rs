//! What may happen next to an application, and why not. This file knows who may speak at all;
//! the parts beneath know their own order.

mod applying;
mod checking;
mod deciding;
mod telling;

use crate::Refusal;
use crate::command::Command;
use crate::event::Event;
use crate::state::{Case, State};
use kernel::id::StaffId;
use kernel::{At, Class, Context, Decider, Personal};

/// The rules of the scheme.
#[derive(Clone, Copy, Debug)]
pub struct Disclosure;

type Decision = Result<Vec<Event>, Refusal>;

impl Decider for Disclosure {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "disclosure";
    const CLASS: Class = kernel::retention::APPLICATION;

    fn decide(state: &State, command: Command, context: &Context) -> Decision {
        // Whoever manages the subject cannot tell an application from none.
        if !state.visible_to(&context.actor) {
            return Err(Refusal::NotFound);
        }
        match (state, command) {
            (State::None, Command::Apply { route, entry, form, table }) => {
                applying::apply(route, entry, *form, *table, context)
            }
            (State::None, _) => Err(Refusal::NotFound),
            (_, Command::Apply { .. }) => Err(Refusal::AlreadyApplied),
            (State::Left, _) => Err(Refusal::LeftTheScheme),
            // A deadline that fires after the end is no news.
            (State::Ended(..), Command::NoteTime) => Ok(vec![]),
            (State::Ended(case, _), command) => after_the_end(case, command, context),
            (State::Open(case), Command::NoteTime) => checking::note_time(case, context.at),
            (State::Open(case), command) => open(case, command, context),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// Who must not know can be said for as long as it is kept.
fn after_the_end(case: &Case, command: Command, context: &Context) -> Decision {
    match command {
        Command::DeclareConflict { .. } | Command::LiftConflict { .. } => {
            let by = context.actor.staff().ok_or(Refusal::StaffOnly)?;
            applying::conflict(case, command, by)
        }
        _ => Err(Refusal::Ended),
    }
}

fn open(case: &Case, command: Command, context: &Context) -> Decision {
    match command {
        // Another system may ask and answer checks; everything else is an officer's.
        Command::AskCheck { code } => checking::ask(case, code, context),
        Command::AnswerCheck { check, result } => checking::answer(case, check, result, context),
        Command::InterruptTelling { cause } => telling::interrupt(case, cause, context),
        command => by_staff(case, command, context),
    }
}

fn by_staff(case: &Case, command: Command, context: &Context) -> Decision {
    let by = context.actor.staff().ok_or(Refusal::StaffOnly)?;
    let at = context.at;
    match command {
        Command::RaiseDanger { emergency } => applying::raise_danger(emergency, by),
        Command::DeclareConflict { .. } | Command::LiftConflict { .. } => {
            applying::conflict(case, command, by)
        }
        Command::RecordContact { .. }
        | Command::SkipCheck { .. }
        | Command::CompleteStage { .. }
        | Command::AssessRisk { .. }
        | Command::Pause { .. }
        | Command::Resume => checking::decide(case, command, by, at),
        Command::RequestDeviation { .. }
        | Command::ApproveDeviation { .. }
        | Command::RefuseDeviation { .. }
        | Command::ProposeDecision { .. }
        | Command::Vote { .. }
        | Command::RecordAgencyVote { .. }
        | Command::ChangeWords { .. }
        | Command::ApproveDecision { .. }
        | Command::SendBackDecision { .. } => deciding::decide(case, command, by, at),
        command => telling::decide(case, command, by, at),
    }
}

/// What was written in a field that must not be empty, without the blanks around it.
fn said(text: &str, field: &'static str, max: usize) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Missing(field));
    }
    short(text, field, max)?;
    Ok(Personal::new(text.to_owned()))
}

fn short(text: &str, field: &'static str, max: usize) -> Result<(), Refusal> {
    let long = text.chars().count() > max;
    if long { Err(Refusal::TooLong(field)) } else { Ok(()) }
}

/// Two people: whoever agrees is not whoever asked.
fn other(by: StaffId, author: StaffId) -> Result<(), Refusal> {
    if by == author { Err(Refusal::TwoPeople) } else { Ok(()) }
}
