//! A seal on an incident in which one of us is a party, or that colleagues would look at out of
//! curiosity: only who is admitted can open it, and for everybody else it does not exist.
//! A supervisor who must get in breaks it, for a few hours, and somebody else looks at why.

use crate::refusal::Refusal;
use crate::{limits, words};
use kernel::id::StaffId;
use kernel::retention::CASEWORK;
use kernel::{At, Class, Context, Decider, Personal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The decider of one seal.
pub struct Seal;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// Only these can open it.
    #[serde(rename = "seal.set.v1")]
    Set {
        /// Who.
        admitted: BTreeSet<StaffId>,
        /// Why.
        reason: Personal<String>,
    },
    /// One more can.
    #[serde(rename = "seal.admitted.v1")]
    Admitted {
        /// Who.
        staff: StaffId,
        /// Why.
        reason: Personal<String>,
    },
    /// One of them cannot any more.
    #[serde(rename = "seal.dismissed.v1")]
    Dismissed {
        /// Who.
        staff: StaffId,
        /// Why.
        reason: Personal<String>,
    },
    /// A supervisor had to get in.
    #[serde(rename = "seal.broken.v1")]
    Broken {
        /// Who.
        by: StaffId,
        /// Until when it is open to her.
        until: At,
        /// By when somebody else looks at why.
        look_by: At,
        /// Why.
        reason: Personal<String>,
    },
    /// Somebody else looked at why it was broken.
    #[serde(rename = "seal.break_looked_at.v1")]
    BreakLookedAt {
        /// What she found.
        finding: Personal<String>,
    },
    /// It is like any other incident again.
    #[serde(rename = "seal.lifted.v1")]
    Lifted {
        /// Why.
        reason: Personal<String>,
    },
}

/// A seal that was broken, and why nobody has looked at yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Who broke it.
    pub by: StaffId,
    /// When.
    pub at: At,
    /// By when somebody else looks at why.
    pub look_by: At,
    /// Why.
    pub reason: Personal<String>,
}

/// How it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Whether it is sealed, and since when.
    pub since: Option<At>,
    /// Why.
    pub reason: Option<Personal<String>>,
    /// Who can open it.
    pub admitted: BTreeSet<StaffId>,
    /// Who broke it, and until when it is open to them.
    pub open_until: BTreeMap<StaffId, At>,
    /// Breaks that nobody has looked at, the eldest first.
    pub unseen: Vec<Break>,
}

impl State {
    /// Whether this colleague can open it at `now`, as far as the seal goes.
    pub fn admits(&self, staff: StaffId, now: At) -> bool {
        let broken = || self.open_until.get(&staff).is_some_and(|until| now < *until);
        self.since.is_none() || self.admitted.contains(&staff) || broken()
    }

    /// By when somebody looks at why it was broken.
    pub fn look_by(&self) -> Option<At> {
        self.unseen.iter().map(|one| one.look_by).min()
    }
}

/// One request. Who is a party in the incident is known to whoever asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Only these may open it.
    Set { admitted: BTreeSet<StaffId>, parties: BTreeSet<StaffId>, reason: String },
    /// One more may.
    Admit { staff: StaffId, parties: BTreeSet<StaffId>, reason: String },
    /// One of them may not any more.
    Dismiss { staff: StaffId, reason: String },
    /// I must get in.
    Break { parties: BTreeSet<StaffId>, until: At, look_by: At, reason: String },
    /// I looked at why it was broken.
    LookAt { finding: String },
    /// It need not be sealed any more.
    Lift { reason: String },
}

impl Decider for Seal {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    const NOUN: &'static str = "seal";
    const CLASS: Class = CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        let one = match command {
            Command::Set { .. } if state.since.is_some() => return Err(Refusal::Sealed),
            Command::Set { admitted, parties, reason } => {
                admissible(&admitted, &parties)?;
                Event::Set { admitted, reason: words::reason(&reason)? }
            }
            Command::LookAt { finding } => look_at(state, &finding, context)?,
            _ if state.since.is_none() => return Err(Refusal::NotSealed),
            Command::Admit { staff, .. } if state.admitted.contains(&staff) => {
                return Err(Refusal::Admitted);
            }
            Command::Admit { staff, parties, reason } => {
                let mut admitted = state.admitted.clone();
                admitted.insert(staff);
                admissible(&admitted, &parties)?;
                Event::Admitted { staff, reason: words::reason(&reason)? }
            }
            Command::Dismiss { staff, reason } => dismiss(state, staff, &reason)?,
            Command::Break { parties, until, look_by, reason } => {
                let by = context.actor.staff().ok_or(Refusal::StaffOnly)?;
                match () {
                    () if parties.contains(&by) => return Err(Refusal::Party),
                    () if state.admits(by, context.at) => return Err(Refusal::Admitted),
                    () => Event::Broken { by, until, look_by, reason: words::reason(&reason)? },
                }
            }
            Command::Lift { reason } => Event::Lifted { reason: words::reason(&reason)? },
        };
        Ok(vec![one])
    }

    fn evolve(mut state: State, event: &Event, at: At) -> State {
        match event {
            Event::Set { admitted, reason } => {
                (state.since, state.reason) = (Some(at), Some(reason.clone()));
                state.admitted = admitted.clone();
            }
            Event::Admitted { staff, .. } => {
                state.admitted.insert(*staff);
            }
            Event::Dismissed { staff, .. } => {
                state.admitted.remove(staff);
                state.open_until.remove(staff);
            }
            Event::Broken { by, until, look_by, reason } => {
                state.open_until.insert(*by, *until);
                let (by, look_by, reason) = (*by, *look_by, reason.clone());
                state.unseen.push(Break { by, at, look_by, reason });
            }
            Event::BreakLookedAt { .. } => state.unseen.clear(),
            // A break stays to be looked at, whatever became of the seal.
            Event::Lifted { .. } => {
                (state.since, state.reason) = (None, None);
                state.admitted.clear();
                state.open_until.clear();
            }
        }
        state
    }
}

fn admissible(admitted: &BTreeSet<StaffId>, parties: &BTreeSet<StaffId>) -> Result<(), Refusal> {
    match admitted.len() {
        0 => Err(Refusal::NobodyAdmitted),
        some if some > limits::ADMITTED_MAX => Err(Refusal::TooManyAdmitted),
        _ if !admitted.is_disjoint(parties) => Err(Refusal::Party),
        _ => Ok(()),
    }
}

fn dismiss(state: &State, staff: StaffId, reason: &str) -> Result<Event, Refusal> {
    let broke = state.open_until.contains_key(&staff);
    if !state.admitted.contains(&staff) && !broke {
        return Err(Refusal::NotAdmitted);
    }
    if state.admitted.len() == 1 && state.admitted.contains(&staff) {
        return Err(Refusal::NobodyAdmitted);
    }
    Ok(Event::Dismissed { staff, reason: words::reason(reason)? })
}

fn look_at(state: &State, finding: &str, context: &Context) -> Result<Event, Refusal> {
    if state.unseen.is_empty() {
        return Err(Refusal::NotBroken);
    }
    let me = context.actor.staff().ok_or(Refusal::StaffOnly)?;
    if state.unseen.iter().any(|one| one.by == me) {
        return Err(Refusal::OwnBreak);
    }
    Ok(Event::BreakLookedAt { finding: words::reason(finding)? })
}
