//! One meeting of agencies about those in greatest danger: its list, its minutes, what each
//! agency will do and by when. One stream a meeting. Pure.

use crate::decide::said;
use crate::{AgencyId, ReferralId, Refusal as Wrong, limits};
use incident::IncidentId;
use kernel::{At, Class, Context, Decider, Personal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// A meeting will be.
    #[serde(rename = "conference.planned.v1")]
    Planned {
        /// When.
        meets_at: At,
        /// Where, or how one joins.
        place: Personal<String>,
    },
    /// A case is on its list.
    #[serde(rename = "conference.case_listed.v1")]
    CaseListed {
        /// The referral.
        referral: ReferralId,
        /// Of which incident.
        incident: IncidentId,
        /// Whether she was heard of in the twelve months before.
        repeat: bool,
    },
    /// A case is taken off.
    #[serde(rename = "conference.case_taken_off.v1")]
    CaseTakenOff {
        /// The referral.
        referral: ReferralId,
        /// Why.
        reason: Personal<String>,
    },
    /// What was said about a case.
    #[serde(rename = "conference.minuted.v1")]
    Minuted {
        /// The referral.
        referral: ReferralId,
        /// The minutes, whole: what was written before is replaced.
        minutes: Personal<String>,
    },
    /// Somebody will do something.
    #[serde(rename = "conference.action_set.v1")]
    ActionSet {
        /// Its number at this meeting.
        action: u32,
        /// About which case.
        referral: ReferralId,
        /// The agency that will; nothing for the police.
        agency: Option<AgencyId>,
        /// What.
        what: Personal<String>,
        /// By when.
        due_at: At,
    },
    /// It was done.
    #[serde(rename = "conference.action_done.v1")]
    ActionDone {
        /// Its number.
        action: u32,
        /// What came of it.
        note: Personal<String>,
    },
    /// The meeting is over.
    #[serde(rename = "conference.held.v1")]
    Held {},
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Plan a meeting.
    Plan { meets_at: At, place: String },
    /// Put a case on its list; `heard_at`: when she was heard of before, about another incident.
    List { referral: ReferralId, incident: IncidentId, heard_at: Option<At> },
    /// Take it off.
    TakeOff { referral: ReferralId, reason: String },
    /// Write its minutes.
    Minute { referral: ReferralId, minutes: String },
    /// Set an action.
    SetAction { referral: ReferralId, agency: Option<AgencyId>, what: String, due_at: At },
    /// It was done.
    DoAction { action: u32, note: String },
    /// The meeting is over.
    Hold,
}

/// Why something may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No meeting.
    #[error("This meeting was not planned.")]
    Unknown,
    /// Planned before.
    #[error("This meeting is planned already.")]
    PlannedAlready,
    /// In the past.
    #[error("Choose a time that is still to come.")]
    InThePast,
    /// No place.
    #[error("Say where it meets, in at most 200 characters.")]
    PlaceWrong,
    /// On the list.
    #[error("This case is on the list already.")]
    ListedAlready,
    /// Not on it.
    #[error("This case is not on the list of this meeting.")]
    NotListed,
    /// Enough.
    #[error("There are as many as one meeting can have.")]
    TooMany,
    /// Over.
    #[error("This meeting is over. Put the case on the list of the next one.")]
    Over,
    /// Not yet.
    #[error("This meeting has not begun yet.")]
    NotYet,
    /// No reason.
    #[error("Say why it is taken off.")]
    ReasonMissing,
    /// No minutes.
    #[error("Write what was said.")]
    MinutesMissing,
    /// No action.
    #[error("Say what will be done.")]
    ActionMissing,
    /// No note.
    #[error("Say what came of it.")]
    NoteMissing,
    /// No such action.
    #[error("There is no such action.")]
    NoAction,
    /// Done before.
    #[error("This action is done already.")]
    DoneAlready,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
}

/// A case on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The referral.
    pub referral: ReferralId,
    /// Of which incident.
    pub incident: IncidentId,
    /// Whether she was heard of in the twelve months before.
    pub repeat: bool,
    /// What was said.
    pub minutes: Option<Personal<String>>,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// About which case.
    pub referral: ReferralId,
    /// The agency that will; nothing for the police.
    pub agency: Option<AgencyId>,
    /// What.
    pub what: Personal<String>,
    /// By when.
    pub due_at: At,
    /// When it was done, and what came of it.
    pub done: Option<(At, Personal<String>)>,
}

/// One meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// When it meets; nothing while it is not planned.
    pub meets_at: Option<At>,
    /// Where.
    pub place: Personal<String>,
    /// Its list, in order.
    pub cases: Vec<Case>,
    /// Its actions, by number.
    pub actions: BTreeMap<u32, Action>,
    /// When it was over.
    pub held_at: Option<At>,
}

impl State {
    /// Whether a case is on the list.
    pub fn lists(&self, referral: ReferralId) -> bool {
        self.cases.iter().any(|case| case.referral == referral)
    }
}

/// The rules of a meeting.
#[derive(Clone, Copy, Debug)]
pub struct Conference;

impl Decider for Conference {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "conference";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let Some(meets_at) = state.meets_at else {
            return plan(command, context.at).map(|event| vec![event]);
        };
        work(state, meets_at, command, context.at).map(|event| vec![event])
    }

    fn evolve(mut state: State, event: &Event, at: At) -> State {
        match event {
            Event::Planned { meets_at, place } => {
                (state.meets_at, state.place) = (Some(*meets_at), place.clone());
            }
            Event::CaseListed { referral, incident, repeat } => {
                let (referral, incident, repeat) = (*referral, *incident, *repeat);
                state.cases.push(Case { referral, incident, repeat, minutes: None });
            }
            Event::CaseTakenOff { referral, .. } => {
                state.cases.retain(|case| case.referral != *referral);
            }
            Event::Minuted { referral, minutes } => {
                for case in state.cases.iter_mut().filter(|case| case.referral == *referral) {
                    case.minutes = Some(minutes.clone());
                }
            }
            Event::ActionSet { action, referral, agency, what, due_at } => {
                let (referral, agency, due_at) = (*referral, *agency, *due_at);
                let set = Action { referral, agency, what: what.clone(), due_at, done: None };
                state.actions.insert(*action, set);
            }
            Event::ActionDone { action, note } => {
                if let Some(action) = state.actions.get_mut(action) {
                    action.done = Some((at, note.clone()));
                }
            }
            Event::Held {} => state.held_at = Some(at),
        }
        state
    }
}

fn plan(command: Command, at: At) -> Result<Event, Refusal> {
    let Command::Plan { meets_at, place } = command else { return Err(Refusal::Unknown) };
    let place = place.trim();
    if meets_at <= at {
        return Err(Refusal::InThePast);
    }
    if place.is_empty() || place.chars().count() > limits::LINE_CHARS_MAX {
        return Err(Refusal::PlaceWrong);
    }
    Ok(Event::Planned { meets_at, place: place.to_owned().into() })
}

fn work(state: &State, meets_at: At, command: Command, at: At) -> Result<Event, Refusal> {
    let over = state.held_at.is_some();
    match command {
        Command::Plan { .. } => Err(Refusal::PlannedAlready),
        Command::List { .. } if over => Err(Refusal::Over),
        Command::List { referral, .. } if state.lists(referral) => Err(Refusal::ListedAlready),
        Command::List { .. } if state.cases.len() >= limits::CASES_MAX => Err(Refusal::TooMany),
        Command::List { referral, incident, heard_at } => {
            let day = std::time::Duration::from_secs(86_400);
            let from = meets_at.minus(day * limits::REPEAT_DAYS);
            let repeat = heard_at.is_some_and(|heard| heard >= from && heard <= meets_at);
            Ok(Event::CaseListed { referral, incident, repeat })
        }
        Command::TakeOff { .. } if over => Err(Refusal::Over),
        Command::TakeOff { referral, reason } => {
            listed(state, referral)?;
            Ok(Event::CaseTakenOff { referral, reason: words(&reason, Refusal::ReasonMissing)? })
        }
        Command::Minute { referral, minutes } => {
            listed(state, referral)?;
            let minutes = minutes.trim();
            match minutes.chars().count() {
                0 => Err(Refusal::MinutesMissing),
                length if length > limits::SUMMARY_CHARS_MAX => Err(Refusal::TooLong),
                _ => Ok(Event::Minuted { referral, minutes: minutes.to_owned().into() }),
            }
        }
        Command::SetAction { .. } if state.actions.len() >= limits::ACTIONS_MAX => {
            Err(Refusal::TooMany)
        }
        Command::SetAction { referral, agency, what, due_at } => {
            listed(state, referral)?;
            let what = words(&what, Refusal::ActionMissing)?;
            if due_at <= at {
                return Err(Refusal::InThePast);
            }
            let action = state.actions.len() as u32 + 1;
            Ok(Event::ActionSet { action, referral, agency, what, due_at })
        }
        Command::DoAction { action, note } => match state.actions.get(&action) {
            None => Err(Refusal::NoAction),
            Some(set) if set.done.is_some() => Err(Refusal::DoneAlready),
            Some(_) => Ok(Event::ActionDone { action, note: words(&note, Refusal::NoteMissing)? }),
        },
        Command::Hold if over => Err(Refusal::Over),
        Command::Hold if at < meets_at => Err(Refusal::NotYet),
        Command::Hold => Ok(Event::Held {}),
    }
}

fn listed(state: &State, referral: ReferralId) -> Result<(), Refusal> {
    if state.lists(referral) { Ok(()) } else { Err(Refusal::NotListed) }
}

fn words(text: &str, missing: Refusal) -> Result<Personal<String>, Refusal> {
    said(text, Wrong::NoteMissing).map_err(|wrong| match wrong {
        Wrong::TooLong => Refusal::TooLong,
        _ => missing,
    })
}
