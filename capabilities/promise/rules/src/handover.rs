//! A shift handed over: what is open, what was missed and what changed hands, signed off by the
//! supervisor who goes and by the one who comes. One stream a handover.

use crate::holder::{About, Holder};
use crate::limits::{ENTRIES_MAX, WORDS_MAX};
use kernel::id::StaffId;
use kernel::{At, Class, Context, Decider, Personal, Role};
use serde::{Deserialize, Serialize};

/// One promise as the handover found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which.
    pub about: About,
    /// The stream of its incident.
    pub incident: Option<String>,
    /// By when it is owed.
    pub due_at: At,
    /// Who holds it.
    pub holder: Option<Holder>,
}

/// One thing that happened to a handover.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// The supervisor who goes has signed.
    #[serde(rename = "handover.signed_off.v1")]
    SignedOff {
        /// Since when: the handover before this one.
        since: At,
        /// Everything that was open, the earliest due first; cut at the limit.
        open: Vec<Entry>,
        /// How many were open, cut or not.
        open_count: u64,
        /// What was missed since then; cut at the limit.
        missed: Vec<Entry>,
        /// How many were missed, cut or not.
        missed_count: u64,
        /// How many changed hands with a reason.
        handed_count: u64,
        /// What the next shift must know.
        note: Personal<String>,
        /// Who signed.
        by: StaffId,
    },
    /// The supervisor who comes has signed.
    #[serde(rename = "handover.accepted.v1")]
    Accepted {
        /// A word back.
        note: Personal<String>,
        /// Who signed.
        by: StaffId,
    },
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Sign as the supervisor who goes.
    SignOff {
        /// Since when.
        since: At,
        /// What is open.
        open: Vec<Entry>,
        /// How many are open.
        open_count: u64,
        /// What was missed.
        missed: Vec<Entry>,
        /// How many were missed.
        missed_count: u64,
        /// How many changed hands.
        handed_count: u64,
        /// What the next shift must know.
        note: String,
    },
    /// Sign as the supervisor who comes.
    Accept {
        /// A word back.
        note: String,
    },
}

/// Why something may not be, in words for a supervisor at the end of a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Somebody else asks.
    #[error("Only a supervisor signs a handover.")]
    NotASupervisor,
    /// Signed before.
    #[error("This handover is signed off already.")]
    SignedAlready,
    /// Nothing to accept.
    #[error("Nobody has signed this handover off yet.")]
    NotSigned,
    /// Two signatures, two people.
    #[error("You signed this off yourself. The supervisor who comes on must accept it.")]
    Yours,
    /// Accepted before.
    #[error("This handover is accepted already.")]
    AcceptedAlready,
    /// Too long.
    #[error("That is too long. Two thousand characters are enough.")]
    TooLong,
}

/// One handover.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What was signed, by whom, when.
    pub signed: Option<Signed>,
    /// Who accepted it, and when.
    pub accepted: Option<(StaffId, At, Personal<String>)>,
}

/// What was signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Signed {
    /// Since when.
    pub since: At,
    /// When it was signed.
    pub at: At,
    /// What was open.
    pub open: Vec<Entry>,
    /// How many were open.
    pub open_count: u64,
    /// What was missed.
    pub missed: Vec<Entry>,
    /// How many were missed.
    pub missed_count: u64,
    /// How many changed hands.
    pub handed_count: u64,
    /// What the next shift must know.
    pub note: Personal<String>,
    /// Who signed.
    pub by: StaffId,
}

/// The rules of a handover.
#[derive(Clone, Copy, Debug)]
pub struct Handover;

impl Decider for Handover {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "handover";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let leads = context.actor.has(Role::Supervisor);
        let by = context.actor.staff().filter(|_| leads).ok_or(Refusal::NotASupervisor)?;
        match (&state.signed, command) {
            (None, command @ Command::SignOff { .. }) => sign_off(command, by),
            (Some(_), Command::SignOff { .. }) => Err(Refusal::SignedAlready),
            (None, Command::Accept { .. }) => Err(Refusal::NotSigned),
            (Some(_), Command::Accept { .. }) if state.accepted.is_some() => {
                Err(Refusal::AcceptedAlready)
            }
            (Some(signed), Command::Accept { .. }) if signed.by == by => Err(Refusal::Yours),
            (Some(_), Command::Accept { note }) => {
                Ok(vec![Event::Accepted { note: words(&note)?.into(), by }])
            }
        }
    }

    fn evolve(mut state: State, event: &Event, at: At) -> State {
        match event.clone() {
            Event::SignedOff {
                since,
                open,
                open_count,
                missed,
                missed_count,
                handed_count,
                note,
                by,
            } => {
                state.signed = Some(Signed {
                    since,
                    at,
                    open,
                    open_count,
                    missed,
                    missed_count,
                    handed_count,
                    note,
                    by,
                });
            }
            Event::Accepted { note, by } => state.accepted = Some((by, at, note)),
        }
        state
    }
}

fn sign_off(command: Command, by: StaffId) -> Result<Vec<Event>, Refusal> {
    let Command::SignOff {
        since,
        mut open,
        open_count,
        mut missed,
        missed_count,
        handed_count,
        note,
    } = command
    else {
        return Err(Refusal::NotSigned);
    };
    let note = words(&note)?.into();
    open.truncate(ENTRIES_MAX);
    missed.truncate(ENTRIES_MAX);
    Ok(vec![Event::SignedOff {
        since,
        open,
        open_count,
        missed,
        missed_count,
        handed_count,
        note,
        by,
    }])
}

fn words(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > WORDS_MAX { Err(Refusal::TooLong) } else { Ok(text.to_owned()) }
}
