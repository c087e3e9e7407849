//! Conditions of a caution: kept, or breached and decided. None of them ends in silence.

use crate::decide::{Decided, ahead};
use crate::event::{Decision, Event};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::state::{Condition, Holding, State};
use crate::{limits, words};
use kernel::At;

pub(crate) fn set(state: &State, text: &str, until: At, now: At) -> Decided {
    if state.conditions.len() >= limits::CONDITIONS_MAX {
        return Err(Refusal::TooMany);
    }
    ahead(until, now)?;
    let number = state.conditions.len() as u32 + 1;
    Ok(vec![Event::ConditionSet { number, words: words::said(text)?, until }])
}

fn open(state: &State, condition: u32) -> Result<&Condition, Refusal> {
    let one = state.conditions.get(&condition).filter(|one| one.holding.open());
    one.ok_or(Refusal::NoSuchNumber)
}

pub(crate) fn keep(state: &State, condition: u32, note: &str) -> Decided {
    if matches!(open(state, condition)?.holding, Holding::Breached(..)) {
        return Err(Refusal::BreachOpen);
    }
    Ok(vec![Event::ConditionKept { condition, note: words::said(note)? }])
}

/// A clock that comes late finds nothing to do.
pub(crate) fn run_out(state: &State, condition: u32, now: At) -> Decided {
    let holds = state.conditions.get(&condition);
    let holds = holds.is_some_and(|one| one.holding == Holding::Holds && one.until <= now);
    Ok(if holds { vec![Event::ConditionRanOut { condition }] } else { vec![] })
}

/// A breach is decided within a working day.
//= Criminal Justice Act 2003, section 24: who fails a condition may be prosecuted for the offence
pub(crate) fn breach(
    state: &State,
    policy: &Policy,
    (condition, what): (u32, &str),
    now: At,
) -> Decided {
    if matches!(open(state, condition)?.holding, Holding::Breached(..)) {
        return Err(Refusal::BreachOpen);
    }
    let days = policy.breach_working_days;
    let decide_by = calendar::add_working_days(policy.jurisdiction, now, days);
    let decide_by = decide_by.map_err(|_| Refusal::NoCalendar)?;
    Ok(vec![Event::ConditionBreached { condition, what: words::said(what)?, decide_by }])
}

pub(crate) fn decide(
    state: &State,
    (condition, decision, until): (u32, Decision, Option<At>),
    reason: &str,
    now: At,
) -> Decided {
    let one = state.conditions.get(&condition).ok_or(Refusal::NoSuchNumber)?;
    if !matches!(one.holding, Holding::Breached(..)) {
        return Err(Refusal::NoBreach);
    }
    let until = match decision {
        Decision::Vary => {
            let until = until.ok_or(Refusal::UntilMissing)?;
            ahead(until, now)?;
            Some(until)
        }
        Decision::Prosecute | Decision::NoAction => None,
    };
    let reason = words::said(reason)?;
    Ok(vec![Event::BreachDecided { condition, decision, reason, until }])
}

impl State {
    pub(crate) fn condition_after(&mut self, event: &Event) {
        if let Event::ConditionSet { number, words, until } = event {
            let (words, until, holding) = (words.clone(), *until, Holding::Holds);
            self.conditions.insert(*number, Condition { words, until, holding, breaches: 0 });
            return;
        }
        let (condition, holding) = match event {
            Event::ConditionKept { condition, .. } => (condition, Holding::Kept),
            Event::ConditionRanOut { condition } => (condition, Holding::RanOut),
            Event::ConditionBreached { condition, what, decide_by } => {
                (condition, Holding::Breached(*decide_by, what.clone()))
            }
            Event::BreachDecided { condition, decision: Decision::Vary, .. } => {
                (condition, Holding::Holds)
            }
            Event::BreachDecided { condition, decision, .. } => {
                (condition, Holding::Decided(*decision))
            }
            _ => return,
        };
        let Some(one) = self.conditions.get_mut(condition) else { return };
        one.breaches += u32::from(matches!(holding, Holding::Breached(..)));
        one.holding = holding;
        if let Event::BreachDecided { until: Some(until), .. } = event {
            one.until = *until;
        }
    }
}
