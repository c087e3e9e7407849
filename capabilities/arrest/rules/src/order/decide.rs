//! What may be recorded of a notice, an order, or bail, and what has to be decided.

use super::command::{Act, Command, Making};
use super::event::{Authority, Clock, Event, Kind, Step};
use super::refusal::Refusal;
use super::state::{Made, State};
use crate::event::Owed;
use crate::limits::{AHEAD_MAX, BAIL_FIRST_MONTHS};
use crate::policy::Policy;
use crate::{clock, words};
use incident::IncidentId;
use kernel::{At, Class, Context, Decider};

/// The rules of a notice, an order, or bail.
#[derive(Clone, Copy, Debug)]
pub struct Order;

type Decided = Result<Vec<Event>, Refusal>;

impl Decider for Order {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "order";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decided {
        let Command { policy, act } = command;
        let now = context.at;
        match act {
            Act::Make(making) => made(state, &policy, *making, now),
            Act::Tell { how, note } => told(state, &policy, how, &note),
            Act::TellAtArrest { how, note, told_at } => {
                let covered = state.told_with_arrest(told_at);
                if covered { told(state, &policy, how, &note) } else { Ok(vec![]) }
            }
            Act::Close { owed_elsewhere } => closed(state, owed_elsewhere),
            Act::Note { clock, step, due } => noted(state, clock, step, due, now),
            Act::Review { note, review_at } => {
                let known = standing(state)?;
                if review_at.is_some_and(|at| at <= now) {
                    return Err(Refusal::DayPassed);
                }
                if review_at.is_none() && state.ends_at.is_none() && state.court_due.is_none() {
                    return Err(Refusal::EndOrReviewMissing);
                }
                let note = reason(&note)?;
                let (of, incident) = (known.of, known.incident);
                Ok(vec![Event::Reviewed { of, incident, note, review_at }])
            }
            Act::Extend { until, authority, decided_at, reason } => {
                let known = standing(state)?;
                let extension = Extension { until, authority, decided_at };
                extendable(state, known, &extension, now)?;
                let tell = owed(state, &policy, known.incident, now)?;
                let reason = self::reason(&reason)?;
                Ok(vec![Event::Extended { of: known.of, until, authority, reason, tell }])
            }
            Act::Apply { court_at, reason } => {
                let known = standing(state)?;
                if court_at <= now {
                    return Err(Refusal::CourtInPast);
                }
                let limit = state.court_limit.filter(|_| known.of.is_notice());
                if limit.is_some_and(|limit| court_at > limit) {
                    return Err(Refusal::HearingTooLate);
                }
                let tell = owed(state, &policy, known.incident, now)?;
                let reason = self::reason(&reason)?;
                Ok(vec![Event::Applied { of: known.of, court_at, reason, tell }])
            }
            Act::Breach { breached_at, reason } => {
                let known = standing(state)?;
                past(breached_at, now)?;
                let tell = owed(state, &policy, known.incident, now)?;
                Ok(vec![Event::Breached { breached_at, reason: self::reason(&reason)?, tell }])
            }
            Act::End { ended_as, ended_at, reason } => {
                let known = standing(state)?;
                past(ended_at, now)?;
                let tell = owed(state, &policy, known.incident, now)?;
                let reason = self::reason(&reason)?;
                Ok(vec![Event::Ended { ended_as, ended_at, reason, tell }])
            }
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

fn made(state: &State, policy: &Policy, making: Making, now: At) -> Decided {
    if state.made.is_some() {
        return Err(Refusal::MadeAlready);
    }
    let Making { of, incident, arrest, starts_at, arrested_at, ends_at, review_at, .. } = making;
    past(starts_at, now)?;
    let counted_from = arrested_at.filter(|_| of == Kind::Bail).unwrap_or(starts_at);
    // The law says when a notice is over: nobody types it.
    let (ends_at, court_by) = match of.is_notice() {
        true => (None, Some(clock::court_by(policy.jurisdiction, starts_at)?)),
        false => (ends_at, None),
    };
    fits(of, counted_from, starts_at, ends_at)?;
    if ends_at.is_none() && review_at.is_none() && court_by.is_none() {
        return Err(Refusal::EndOrReviewMissing);
    }
    if [ends_at, review_at].into_iter().flatten().any(|at| at <= now) {
        return Err(Refusal::DayPassed);
    }
    let terms = words::needed(&making.terms, crate::Refusal::TermsMissing)?.into();
    let suspect = words::needed(&making.suspect, crate::Refusal::SuspectMissing)?.into();
    let issued_by = words::free(&making.issued_by)?.into();
    let tell = owed(state, policy, incident, now)?;
    Ok(vec![Event::Made {
        of,
        incident,
        arrest,
        starts_at,
        counted_from,
        ends_at,
        review_at,
        court_by,
        suspect,
        terms,
        issued_by,
        tell,
    }])
}

/// Whether its end is one that the law knows.
fn fits(of: Kind, counted_from: At, starts_at: At, ends_at: Option<At>) -> Result<(), Refusal> {
    let Some(ends_at) = ends_at else {
        let needs = matches!(of, Kind::ViolenceOrder | Kind::Bail);
        return if needs { Err(Refusal::EndMissing) } else { Ok(()) };
    };
    if ends_at <= starts_at {
        return Err(Refusal::EndBeforeStart);
    }
    match of {
        //= Crime and Security Act 2010, section 28(10): 14 to 28 days
        Kind::ViolenceOrder => match clock::violence_order_days(starts_at, ends_at) {
            14..=28 => Ok(()),
            _ => Err(Refusal::OrderDays),
        },
        Kind::Bail if ends_at > clock::bail_limit(counted_from, BAIL_FIRST_MONTHS)? => {
            Err(Refusal::BailTooLong)
        }
        //= Domestic Abuse Act 2021, section 38: as long as it says, with no least and no most
        _ => Ok(()),
    }
}

struct Extension {
    until: At,
    authority: Authority,
    decided_at: At,
}

fn extendable(state: &State, known: &Made, extension: &Extension, now: At) -> Result<(), Refusal> {
    let Extension { until, authority, decided_at } = *extension;
    past(decided_at, now)?;
    let end = if known.of.is_notice() { state.court_due } else { state.ends_at };
    if end.is_some_and(|end| until <= end) {
        return Err(Refusal::NotLonger);
    }
    if until <= now {
        return Err(if known.of.is_notice() { Refusal::CourtInPast } else { Refusal::DayPassed });
    }
    match known.of {
        Kind::ViolenceOrder => return Err(Refusal::NotExtendable),
        Kind::Bail => bail_allows(known, authority, until)?,
        //= Crime and Security Act 2010, section 27(9): a notice goes on while the court adjourns
        //= Domestic Abuse Act 2021, section 29(7): the same for a domestic abuse notice
        _ if authority != Authority::Court => return Err(Refusal::CourtAlone),
        _ => {}
    }
    if end.is_some_and(|end| decided_at > end) {
        return Err(Refusal::EndedBefore);
    }
    Ok(())
}

//= Police and Criminal Evidence Act 1984, section 47ZC: an inspector, to six months
//= Police and Criminal Evidence Act 1984, section 47ZD: a superintendent, to nine months
//= Police and Criminal Evidence Act 1984, section 47ZF: a court, beyond them
fn bail_allows(known: &Made, authority: Authority, until: At) -> Result<(), Refusal> {
    let months = match authority {
        Authority::Inspector => 6,
        Authority::Superintendent => 9,
        Authority::Court => return Ok(()),
    };
    let limit = clock::bail_limit(known.counted_from, months)?;
    if until > limit { Err(Refusal::BailTooLong) } else { Ok(()) }
}

fn told(state: &State, policy: &Policy, how: String, note: &str) -> Decided {
    if state.tell_by.is_none() {
        return Err(Refusal::NothingToTell);
    }
    if !policy.has_telling(&how) {
        return Err(Refusal::TellingUnknown);
    }
    Ok(vec![Event::VictimTold { how, note: words::free(note)?.into() }])
}

//= Code of Practice for Victims of Crime in England and Wales 2021, right 6: she hears before
//=  the case leaves anybody's sight
fn closed(state: &State, owed_elsewhere: bool) -> Decided {
    if state.made.is_none() || state.closed {
        return Err(Refusal::ClosedAlready);
    }
    if state.stands() {
        return Err(Refusal::StillStands);
    }
    if state.tell_by.is_some() || owed_elsewhere {
        return Err(Refusal::TellHerFirst);
    }
    Ok(vec![Event::Closed {}])
}

fn noted(state: &State, clock: Clock, step: Step, due: At, now: At) -> Decided {
    let end = state.due(clock).ok_or(Refusal::NotDue)?;
    match step {
        Step::Over if end == due && now >= end && !state.over.contains(&clock) => {
            Ok(vec![Event::RanOver { clock, due: end }])
        }
        Step::First | Step::Last if now >= due && now < end => {
            Ok(vec![Event::Warned { clock, step, due: end }])
        }
        _ => Err(Refusal::NotDue),
    }
}

fn standing(state: &State) -> Result<&Made, Refusal> {
    state.made.as_ref().filter(|_| state.stands()).ok_or(Refusal::NotStanding)
}

fn reason(text: &str) -> Result<kernel::Personal<String>, Refusal> {
    Ok(words::needed(text, crate::Refusal::ReasonMissing)?.into())
}

fn past(at: At, now: At) -> Result<(), Refusal> {
    if at > now.plus(AHEAD_MAX) { Err(Refusal::InFuture) } else { Ok(()) }
}

/// What was owed first keeps its day.
fn owed(state: &State, policy: &Policy, incident: IncidentId, from: At) -> Result<Owed, Refusal> {
    let by = clock::tell_by(policy, from)?;
    Ok(Owed { incident, by: state.tell_by.map_or(by, |before| before.min(by)) })
}
