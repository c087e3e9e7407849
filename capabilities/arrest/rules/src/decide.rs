//! What may be asked of a policing team, what it may answer, and why not. What happened in the
//! world is never refused for a task that is undone; putting a case away is.

use crate::clock;
use crate::command::{Act, Bail, Command, Request};
use crate::event::{BailGiven, Event, Owed, RiskGrade};
use crate::limits::{self, BAIL_FIRST_MONTHS};
use crate::policy::{Means, Policy};
use crate::refusal::Refusal;
use crate::state::{Stage, State};
use crate::{OrderId, words};
use kernel::{At, Class, Context, Decider, Role};

/// The rules of an arrest request.
#[derive(Clone, Copy, Debug)]
pub struct Arrest;

type Decided = Result<Vec<Event>, Refusal>;

impl Decider for Arrest {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "arrest";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decided {
        let Command { policy, act } = command;
        let now = context.at;
        match act {
            Act::Request(request) => requested(state, &policy, *request, now),
            Act::Grade { risk, reason } => graded(state, &policy, risk, &reason, now),
            Act::Assign { team, note } => assigned(state, &policy, team, &note),
            Act::Take => taken(state, context),
            Act::HandOver { team, reason } => handed_over(state, &policy, team, &reason),
            Act::Attempt { tried_at, place, reason, result } => {
                wanted(state)?;
                past(tried_at, now)?;
                let result = Some(result).filter(|code| policy.has_result(code));
                Ok(vec![Event::Attempted {
                    tried_at,
                    place: words::needed(&place, Refusal::PlaceMissing)?.into(),
                    reason: words::needed(&reason, Refusal::ReasonMissing)?.into(),
                    result: result.ok_or(Refusal::ResultUnknown)?,
                    attempt_due: clock::attempt_due(&policy, state.risk, now),
                }])
            }
            Act::Circulate { .. } | Act::CancelCirculation { .. } => circulation(state, act),
            Act::CarryOut { arrested_at, place, custody } => {
                wanted(state)?;
                past(arrested_at, now)?;
                Ok(vec![Event::CarriedOut {
                    arrested_at,
                    place: words::needed(&place, Refusal::PlaceMissing)?.into(),
                    custody: words::free(&custody)?.into(),
                    tell: owed(state, &policy, arrested_at)?,
                }])
            }
            Act::Attend { attended_at, place } => {
                wanted(state)?;
                past(attended_at, now)?;
                Ok(vec![Event::AttendedVoluntarily {
                    attended_at,
                    place: words::needed(&place, Refusal::PlaceMissing)?.into(),
                    tell: owed(state, &policy, attended_at)?,
                }])
            }
            Act::Release { released_at } => released(state, &policy, released_at, now),
            Act::Conclude { outcome, note, court_at, bail, order } => {
                let said = Concluded { outcome, note, court_at, bail, order };
                concluded(state, &policy, said, now)
            }
            Act::Tell { .. } | Act::TryTelling { .. } => told(state, &policy, act),
            Act::AskWithdrawal { .. }
            | Act::AgreeWithdrawal { .. }
            | Act::RefuseWithdrawal { .. } => withdrawal(state, act, context),
            Act::Close { owed_elsewhere } => closed(state, owed_elsewhere),
            Act::NoteAttemptMissed { due } => {
                let up = state.attempt_due == Some(due) && now >= due;
                if up { Ok(vec![Event::AttemptMissed { due }]) } else { Err(Refusal::NotDue) }
            }
            Act::NoteTellingMissed { due } => {
                let up = state.tell_by == Some(due) && now >= due && !state.telling_missed;
                if up { Ok(vec![Event::TellingMissed { due }]) } else { Err(Refusal::NotDue) }
            }
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

//= Police and Criminal Evidence Act 1984, section 24(4): grounds to believe it is necessary
fn requested(state: &State, policy: &Policy, request: Request, now: At) -> Decided {
    if state.stage != Stage::NotRequested {
        return Err(Refusal::AlreadyRequested);
    }
    let suspect = words::needed(&request.suspect, Refusal::SuspectMissing)?;
    if request.open_already {
        return Err(Refusal::OpenAlready);
    }
    let grounds = words::needed(&request.grounds, Refusal::GroundsMissing)?;
    if request.necessity.is_empty() {
        return Err(Refusal::NecessityMissing);
    }
    let necessity_words = words::needed(&request.necessity_words, Refusal::NecessityWordsMissing)?;
    let risks = words::needed(&request.risks, Refusal::RisksMissing)?;
    Ok(vec![Event::Requested {
        incident: request.incident,
        suspect: suspect.into(),
        grounds: grounds.into(),
        necessity: request.necessity.into_iter().collect(),
        necessity_words: necessity_words.into(),
        whereabouts: words::free(&request.whereabouts)?.into(),
        risks: risks.into(),
        wishes: Some(words::free(&request.wishes)?.into()),
        risk: request.risk,
        attempt_due: Some(clock::attempt_due(policy, request.risk, now)),
        reported_at: request.reported_at,
    }])
}

/// Raised, the shorter clock starts now and never ends later than the one that ran; otherwise
/// the new one counts from where the old one did.
fn graded(state: &State, policy: &Policy, risk: RiskGrade, reason: &str, now: At) -> Decided {
    wanted(state)?;
    let reason = words::needed(reason, Refusal::ReasonMissing)?.into();
    // The order of the grades is the order of the alphabet of pressure: high comes first.
    let raised = state.risk.is_some_and(|before| risk < before);
    let attempt_due = if raised {
        let fresh = clock::attempt_due(policy, Some(risk), now);
        state.attempt_due.map_or(fresh, |before| before.min(fresh))
    } else {
        clock::attempt_due(policy, Some(risk), state.since)
    };
    Ok(vec![Event::Graded { risk, reason, attempt_due }])
}

fn assigned(state: &State, policy: &Policy, team: String, note: &str) -> Decided {
    wanted(state)?;
    if state.stage == Stage::Taken {
        return Err(Refusal::TakenAlready);
    }
    if !policy.has_team(&team) {
        return Err(Refusal::TeamUnknown);
    }
    Ok(vec![Event::Assigned { team, note: words::free(note)?.into() }])
}

fn taken(state: &State, context: &Context) -> Decided {
    wanted(state)?;
    match state.stage {
        Stage::Taken => Err(Refusal::TakenAlready),
        Stage::Requested => Err(Refusal::NotAssigned),
        _ => Ok(vec![Event::Taken { officer: context.actor.staff() }]),
    }
}

fn handed_over(state: &State, policy: &Policy, team: String, reason: &str) -> Decided {
    wanted(state)?;
    if state.stage == Stage::Requested {
        return Err(Refusal::NotAssigned);
    }
    if !policy.has_team(&team) {
        return Err(Refusal::TeamUnknown);
    }
    let reason = words::needed(reason, Refusal::ReasonMissing)?.into();
    Ok(vec![Event::HandedOver { from: state.holder, team, reason }])
}

/// He may be wanted until the day it is put away; an arrest does not cancel what others see.
fn circulation(state: &State, act: Act) -> Decided {
    match act {
        Act::Circulate { reference } => {
            wanted(state)?;
            if state.circulated {
                return Err(Refusal::CirculatedAlready);
            }
            let reference = words::needed(&reference, Refusal::ReferenceMissing)?.into();
            Ok(vec![Event::Circulated { reference }])
        }
        Act::CancelCirculation { reason } if state.circulated => {
            let reason = words::needed(&reason, Refusal::ReasonMissing)?.into();
            Ok(vec![Event::CirculationCancelled { reason }])
        }
        _ => Err(Refusal::NotCirculated),
    }
}

fn released(state: &State, policy: &Policy, released_at: At, now: At) -> Decided {
    if state.stage != Stage::Arrested || state.released_at.is_some() {
        return Err(Refusal::NotInCustody);
    }
    past(released_at, now)?;
    Ok(vec![Event::Released { released_at, tell: owed(state, policy, released_at)? }])
}

/// What came of it, as it was said.
struct Concluded {
    outcome: String,
    note: String,
    court_at: Option<At>,
    bail: Bail,
    order: OrderId,
}

fn concluded(state: &State, policy: &Policy, said: Concluded, now: At) -> Decided {
    if !state.stage.made() {
        return Err(if state.stage.wanted() { Refusal::NotMade } else { Refusal::NotOpen });
    }
    let outcome = policy.outcome(&said.outcome).ok_or(Refusal::OutcomeUnknown)?;
    let note = words::free(&said.note)?.into();
    if said.court_at.is_some_and(|court_at| court_at <= now) {
        return Err(Refusal::CourtInPast);
    }
    let bail = match outcome.means {
        Means::Bail => Some(bailed(state, said.bail, said.order, now)?),
        Means::Charge | Means::Investigation | Means::Nothing | Means::Other => None,
    };
    Ok(vec![Event::OutcomeRecorded {
        outcome: outcome.code.clone(),
        codes: policy.version,
        settled: outcome.settled,
        note,
        court_at: said.court_at,
        bail,
        tell: owed(state, policy, now)?,
    }])
}

fn bailed(state: &State, bail: Bail, order: OrderId, now: At) -> Result<BailGiven, Refusal> {
    let ends_at = bail.ends_at.ok_or(Refusal::BailEndMissing)?;
    let terms = words::needed(&bail.terms, Refusal::TermsMissing)?.into();
    if ends_at <= now || bail.review_at.is_some_and(|review| review <= now) {
        return Err(Refusal::DayPassed);
    }
    let arrested_at = state.arrested_at.or(state.attended_at).unwrap_or(now);
    if ends_at > clock::bail_limit(arrested_at, BAIL_FIRST_MONTHS)? {
        return Err(Refusal::BailTooLong);
    }
    Ok(BailGiven { order, arrested_at, ends_at, review_at: bail.review_at, terms })
}

fn told(state: &State, policy: &Policy, act: Act) -> Decided {
    if state.tell_by.is_none() {
        return Err(Refusal::NothingToTell);
    }
    match act {
        Act::Tell { how, note } => {
            if !policy.has_telling(&how) {
                return Err(Refusal::TellingUnknown);
            }
            Ok(vec![Event::VictimTold { how, note: words::free(&note)?.into() }])
        }
        Act::TryTelling { note } => {
            let note = words::needed(&note, Refusal::ReasonMissing)?.into();
            Ok(vec![Event::TellingTried { note }])
        }
        _ => Err(Refusal::NothingToTell),
    }
}

/// Two people, the second a supervisor.
fn withdrawal(state: &State, act: Act, context: &Context) -> Decided {
    if !state.stage.wanted() {
        return Err(if state.stage.made() { Refusal::MadeAlready } else { Refusal::NotOpen });
    }
    match (act, state.withdrawal) {
        (Act::AskWithdrawal { .. }, Some(_)) => Err(Refusal::WithdrawalAsked),
        (Act::AskWithdrawal { reason }, None) => {
            let reason = words::needed(&reason, Refusal::ReasonMissing)?.into();
            Ok(vec![Event::WithdrawalAsked { by: context.actor.staff(), reason }])
        }
        (Act::AgreeWithdrawal { reason, owed_elsewhere }, Some(asked_by)) => {
            let reason = words::needed(&reason, Refusal::ReasonMissing)?.into();
            another_supervisor(asked_by, context)?;
            if state.circulated {
                return Err(Refusal::StillCirculated);
            }
            if owed_elsewhere {
                return Err(Refusal::TellHerFirst);
            }
            Ok(vec![Event::Withdrawn { reason }])
        }
        (Act::RefuseWithdrawal { reason }, Some(asked_by)) => {
            let reason = words::needed(&reason, Refusal::ReasonMissing)?.into();
            another_supervisor(asked_by, context)?;
            Ok(vec![Event::WithdrawalRefused { reason }])
        }
        _ => Err(Refusal::WithdrawalNotAsked),
    }
}

fn another_supervisor(
    asked_by: Option<kernel::id::StaffId>,
    context: &Context,
) -> Result<(), Refusal> {
    let me = context.actor.staff();
    let fits = context.actor.has(Role::Supervisor) && me.is_some() && me != asked_by;
    if fits { Ok(()) } else { Err(Refusal::AnotherPerson) }
}

//= Code of Practice for Victims of Crime in England and Wales 2021, right 6: she hears before
//=  the case leaves anybody's sight
fn closed(state: &State, owed_elsewhere: bool) -> Decided {
    if !state.stage.made() {
        return Err(if state.stage.wanted() { Refusal::NotMade } else { Refusal::NotOpen });
    }
    if state.tell_by.is_some() || owed_elsewhere {
        return Err(Refusal::TellHerFirst);
    }
    if state.circulated {
        return Err(Refusal::StillCirculated);
    }
    if !state.settled {
        return Err(Refusal::NotSettled);
    }
    Ok(vec![Event::Closed {}])
}

fn wanted(state: &State) -> Result<(), Refusal> {
    match state.stage {
        stage if stage.wanted() => Ok(()),
        stage if stage.made() => Err(Refusal::MadeAlready),
        _ => Err(Refusal::NotOpen),
    }
}

/// A time that somebody typed: a clock on a wall may be a little ahead of ours.
fn past(at: At, now: At) -> Result<(), Refusal> {
    if at > now.plus(limits::AHEAD_MAX) { Err(Refusal::InFuture) } else { Ok(()) }
}

/// What was owed first keeps its day.
fn owed(state: &State, policy: &Policy, from: At) -> Result<Owed, Refusal> {
    let incident = state.incident.ok_or(Refusal::NotOpen)?;
    let by = clock::tell_by(policy, from)?;
    Ok(Owed { incident, by: state.tell_by.map_or(by, |before| before.min(by)) })
}
