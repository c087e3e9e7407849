//! Who may hold a promise, and how it changes hands: never silently, never into nothing.

use crate::command::Command;
use crate::event::Event;
use crate::holder::{Holder, Reason};
use crate::limits::WORDS_MAX;
use crate::state::State;
use kernel::id::StaffId;
use kernel::{At, Class, Context, Decider, Role};

/// The rules of who holds a promise.
#[derive(Clone, Copy, Debug)]
pub struct Promise;

/// Why something may not be, in words for an officer at 3 a.m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A machine asks.
    #[error("Only a member of staff can do this.")]
    NotStaff,
    /// It was kept, or is not needed any more.
    #[error("This is not owed any more. There is nothing left to do for it.")]
    NotOwed,
    /// It is one's own.
    #[error("You hold this already.")]
    AlreadyYours,
    /// It is somebody else's.
    #[error("A colleague holds this. Ask them or a supervisor to hand it over.")]
    HeldByAnother,
    /// Nobody holds it.
    #[error("Nobody holds this yet. Take it, or give it to somebody.")]
    NotHeld,
    /// Somebody holds it.
    #[error("Somebody holds this already. Hand it over, and say why.")]
    Held,
    /// It is not one's own to give.
    #[error("Only whoever holds this, or a supervisor, can hand it over.")]
    NotYours,
    /// One may take it oneself, or give it to a team.
    #[error("Only a supervisor gives this to a colleague. Give it to a team, or take it.")]
    OnlySupervisor,
    /// From and to are the same.
    #[error("They hold this already. Choose somebody else.")]
    SameHolder,
    /// No reason.
    #[error("Say why it changes hands.")]
    ReasonMissing,
    /// Something else, but not what.
    #[error("Say in words what the reason is.")]
    WordsMissing,
    /// An empty note.
    #[error("Write what the next one must know.")]
    NoteMissing,
    /// Too long.
    #[error("That is too long. Two thousand characters are enough.")]
    TooLong,
}

type Decided = Result<Vec<Event>, Refusal>;

impl Decider for Promise {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "promise";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decided {
        let me = context.actor.staff().ok_or(Refusal::NotStaff)?;
        let leads = context.actor.has(Role::Supervisor);
        match command {
            Command::Take { owed: false, .. }
            | Command::Give { owed: false, .. }
            | Command::HandOver { owed: false, .. } => Err(Refusal::NotOwed),
            Command::Take { about, .. } => match &state.holder {
                None => Ok(vec![Event::Taken { about, by: me, from: None }]),
                Some(Holder::Team { team }) => {
                    Ok(vec![Event::Taken { about, by: me, from: Some(team.clone()) }])
                }
                Some(Holder::Person { staff }) if *staff == me => Err(Refusal::AlreadyYours),
                Some(Holder::Person { .. }) => Err(Refusal::HeldByAnother),
            },
            Command::Give { to, .. } if !leads && gives_away(&to, me) => {
                Err(Refusal::OnlySupervisor)
            }
            Command::Give { about, to, .. } => match &state.holder {
                None => Ok(vec![Event::Given { about, to, by: me }]),
                Some(_) => Err(Refusal::Held),
            },
            Command::HandOver { about, to, reason, words, .. } => {
                let from = state.holder.clone().ok_or(Refusal::NotHeld)?;
                may_hand_over(&from, me, leads)?;
                if from == to {
                    return Err(Refusal::SameHolder);
                }
                let reason = reason.ok_or(Refusal::ReasonMissing)?;
                let words = words.trim();
                if words.is_empty() && reason == Reason::Other {
                    return Err(Refusal::WordsMissing);
                }
                let words = short_enough(words)?.into();
                Ok(vec![Event::HandedOver { about, from, to, reason, words, by: me }])
            }
            Command::Note { about, note } => match note.trim() {
                "" => Err(Refusal::NoteMissing),
                note => Ok(vec![Event::Noted { about, note: short_enough(note)?.into(), by: me }]),
            },
        }
    }

    fn evolve(state: State, event: &Event, _: At) -> State {
        state.after(event)
    }
}

/// To somebody who did not ask for it.
fn gives_away(to: &Holder, me: StaffId) -> bool {
    matches!(to, Holder::Person { staff } if *staff != me)
}

/// What a team holds, anybody of it hands over; who is in it, the force's own lists know.
fn may_hand_over(from: &Holder, me: StaffId, leads: bool) -> Result<(), Refusal> {
    match from {
        Holder::Person { staff } if *staff != me && !leads => Err(Refusal::NotYours),
        Holder::Person { .. } | Holder::Team { .. } => Ok(()),
    }
}

fn short_enough(words: &str) -> Result<String, Refusal> {
    let short = words.chars().count() <= WORDS_MAX;
    if short { Ok(words.to_owned()) } else { Err(Refusal::TooLong) }
}
