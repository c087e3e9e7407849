//! What may be done with a plan.

use crate::command::{Act, Checked, Command};
use crate::event::{Event, Strategy};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::state::{Action, Holding, Standing, State};
use crate::{caution, limits, programme, words};
use kernel::retention::CASEWORK;
use kernel::{At, Class, Context, Decider};
use std::time::Duration;

/// The decider of one plan.
pub struct Perpetrator;

pub(crate) type Decided = Result<Vec<Event>, Refusal>;

const DAY: Duration = Duration::from_secs(86_400);

impl Decider for Perpetrator {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    const NOUN: &'static str = "perpetrator";
    const CLASS: Class = CASEWORK;

    fn decide(state: &State, Command { policy, act }: Command, context: &Context) -> Decided {
        let now = context.at;
        match act {
            Act::Open { elder: Some(elder), .. } => Err(Refusal::Elder(elder)),
            Act::Open { .. } if state.open() => Err(Refusal::Open),
            Act::Open { why, reason, owner, .. } => {
                let (reason, review_due) = (words::said(&reason)?, next_review(&policy, now));
                Ok(vec![Event::Opened { why, reason, owner, review_due }])
            }
            _ if !state.open() => Err(Refusal::NotOpen),
            act => in_plan(state, &policy, act, now),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// What may be done while it is open.
fn in_plan(state: &State, policy: &Policy, act: Act, now: At) -> Decided {
    match act {
        Act::Open { .. } => Err(Refusal::Open),
        Act::HandOver { owner, .. } if state.owner == Some(owner) => Ok(vec![]),
        Act::HandOver { owner, reason } => {
            Ok(vec![Event::HandedOver { owner, reason: words::said(&reason)? }])
        }
        Act::SetStrategy { strategy, aim } => {
            Ok(vec![Event::StrategySet { strategy, aim: words::said(&aim)? }])
        }
        Act::EndStrategy { strategy, result } => end_strategy(state, strategy, &result),
        Act::SetAction { strategy, what, provider, due } => {
            set_action(state, policy, (strategy, &what, provider, due), now)
        }
        Act::FinishAction { number, result } => {
            owed(state, number)?;
            Ok(vec![Event::ActionDone { number, result: words::said(&result)? }])
        }
        Act::DropAction { number, reason } => {
            owed(state, number)?;
            Ok(vec![Event::ActionDropped { number, reason: words::said(&reason)? }])
        }
        Act::BeginProgramme { provider, sessions, due } => {
            programme::begin(state, policy, (provider, sessions, due), now)
        }
        Act::RecordSession { programme, session, held_at, attendance, note } => {
            programme::record(state, (programme, session, held_at), attendance, &note, now)
        }
        Act::CompleteProgramme { programme, result } => {
            programme::complete(state, programme, &result)
        }
        Act::FailProgramme { programme, reason } => programme::fail(state, programme, &reason),
        Act::SetCondition { words, until } => caution::set(state, &words, until, now),
        Act::KeepCondition { condition, note } => caution::keep(state, condition, &note),
        Act::RunOut { condition } => caution::run_out(state, condition, now),
        Act::Breach { condition, what } => caution::breach(state, policy, (condition, &what), now),
        Act::Decide { condition, decision, reason, until } => {
            caution::decide(state, (condition, decision, until), &reason, now)
        }
        Act::Contact { checked, note } => contact(&checked, &note),
        Act::Review { checked, finding } => review(policy, &checked, &finding, now),
        Act::MissReview { due } if state.review_due == Some(due) && !state.review_missed => {
            Ok(vec![Event::ReviewMissed { due }])
        }
        Act::MissReview { .. } => Ok(vec![]),
        Act::Close { outcome, reason } => {
            settled(state)?;
            Ok(vec![Event::Closed { outcome, reason: words::said(&reason)? }])
        }
    }
}

/// A day that is to come, and not out of sight.
pub(crate) fn ahead(due: At, now: At) -> Result<(), Refusal> {
    match due {
        due if due <= now => Err(Refusal::Past),
        due if due > now.plus(DAY * limits::AHEAD_DAYS_MAX as u32) => Err(Refusal::TooFar),
        _ => Ok(()),
    }
}

//= Force policy, plans for perpetrators: looked at whole within the days that the force sets
fn next_review(policy: &Policy, now: At) -> At {
    now.plus(DAY * policy.review_days)
}

fn end_strategy(state: &State, strategy: Strategy, result: &str) -> Decided {
    let line = state.strategies.get(&strategy).filter(|line| line.result.is_none());
    line.ok_or(Refusal::NoStrategy)?;
    let owes = |one: &Action| one.strategy == strategy && one.standing == Standing::Owed;
    if state.actions.values().any(owes) {
        return Err(Refusal::StrategyOwes);
    }
    Ok(vec![Event::StrategyEnded { strategy, result: words::said(result)? }])
}

fn set_action(
    state: &State,
    policy: &Policy,
    (strategy, what, provider, due): (Strategy, &str, Option<String>, At),
    now: At,
) -> Decided {
    let line = state.strategies.get(&strategy).filter(|line| line.result.is_none());
    line.ok_or(Refusal::NoStrategy)?;
    let known = |code: &String| policy.provider(code).is_some_and(|one| !one.retired);
    if !provider.as_ref().is_none_or(known) {
        return Err(Refusal::NoProvider);
    }
    if state.actions.len() >= limits::ACTIONS_MAX {
        return Err(Refusal::TooMany);
    }
    ahead(due, now)?;
    let (number, what) = (state.actions.len() as u32 + 1, words::said(what)?);
    Ok(vec![Event::ActionSet { number, strategy, what, provider, due }])
}

fn owed(state: &State, number: u32) -> Result<(), Refusal> {
    let one = state.actions.get(&number).filter(|one| one.standing == Standing::Owed);
    one.map(|_| ()).ok_or(Refusal::NoSuchNumber)
}

fn contact(checked: &Checked, note: &str) -> Decided {
    let safety = words::safety(checked)?;
    Ok(vec![Event::Contacted { safety, note: words::said(note)? }])
}

fn review(policy: &Policy, checked: &Checked, finding: &str, now: At) -> Decided {
    let safety = words::safety(checked)?;
    let (finding, review_due) = (words::said(finding)?, next_review(policy, now));
    Ok(vec![Event::Reviewed { safety, finding, review_due }])
}

/// Whether nothing is left of which somebody must still say what became of it.
fn settled(state: &State) -> Result<(), Refusal> {
    let any = |is: fn(&Holding) -> bool| state.conditions.values().any(|one| is(&one.holding));
    if any(|holding| matches!(holding, Holding::Breached(..))) {
        return Err(Refusal::UndecidedBreach);
    }
    if any(Holding::open) {
        return Err(Refusal::ConditionsOpen);
    }
    let owed = state.actions.values().any(|one| one.standing == Standing::Owed);
    let running = state.programmes.values().any(|one| one.ended.is_none());
    if owed || running { Err(Refusal::StillOwed) } else { Ok(()) }
}
