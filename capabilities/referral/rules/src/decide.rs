//! What may be asked of an agency, what an agency may do, and why not.

use crate::AgencyId;
use crate::command::{Command, Request};
use crate::event::{Basis, Event, Outcome};
use crate::limits;
use crate::refusal::Refusal;
use crate::state::{Asked, State, Step};
use kernel::{
    At, Class, Context, Decider, Personal,
    time::{hours, minutes},
};

/// The rules of a referral.
#[derive(Clone, Copy, Debug)]
pub struct Referral;

impl Decider for Referral {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "referral";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        match (&state.0, command) {
            (None, Command::Request(request)) => requested(*request, context),
            (Some(_), Command::Request(_)) => Err(Refusal::AlreadyRequested),
            (None, _) => Err(Refusal::NotOpen),
            (Some(asked), command) => of_hub(asked, command, context.at),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// What the hub and the clock may do; the rest is the agency's.
fn of_hub(asked: &Asked, command: Command, at: At) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Send { to, shared } => {
            if !asked.step.open() || asked.step == Step::Engaged {
                return Err(Refusal::NotOpen);
            }
            if asked.is_with(to) {
                return Err(Refusal::ThereAlready);
            }
            if shared.keys().any(|field| !asked.allowed.contains(field)) {
                return Err(Refusal::NotAllowed);
            }
            let acknowledge_by = acknowledge_by(asked, at);
            let chase_at = between(at, acknowledge_by);
            let shared = Personal::new(shared);
            Ok(vec![Event::Sent { to, shared, chase_at, acknowledge_by }])
        }
        Command::Answer { answer } => {
            if !asked.question || !asked.step.open() {
                return Err(Refusal::NoQuestion);
            }
            room(asked)?;
            let answer = said(&answer, Refusal::AnswerMissing)?;
            Ok(vec![Event::QuestionAnswered { answer }])
        }
        Command::Withdraw { .. } if !asked.step.open() => Err(Refusal::NotOpen),
        Command::Withdraw { reason } => {
            Ok(vec![Event::Withdrawn { reason: said(&reason, Refusal::ReasonMissing)? }])
        }
        Command::Chase { due } => match asked.step.waits() {
            Some(waits) if asked.chase_at == Some(due) => Ok(vec![Event::Chased { waits }]),
            _ => Err(Refusal::NotOpen),
        },
        Command::Escalate { due } => match asked.step.waits() {
            Some(waits) if asked.escalate_at == Some(due) => {
                let count = asked.escalations + 1;
                let more = count < limits::ESCALATIONS_MAX;
                let again_at = more.then(|| at.plus(limits::ESCALATED_AGAIN));
                Ok(vec![Event::Escalated { waits, count, again_at }])
            }
            _ => Err(Refusal::NotOpen),
        },
        Command::Close { agency: None, outcome, note } => closed(asked, outcome, &note),
        command => of_agency(asked, command, at),
    }
}

/// What the agency that has it may do, and no other.
fn of_agency(asked: &Asked, command: Command, at: At) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::See { agency } => {
            mine(asked, agency)?;
            Ok(if asked.step == Step::Sent { vec![Event::Seen {}] } else { vec![] })
        }
        Command::Accept { agency } => {
            unanswered(asked, agency)?;
            let escalate_at = asked.due_at.max(at.plus(limits::ANSWER_AT_LEAST));
            Ok(vec![Event::Accepted { chase_at: between(at, escalate_at), escalate_at }])
        }
        Command::Decline { agency, why, reason } => {
            unanswered(asked, agency)?;
            let reason = said(&reason, Refusal::DeclineReasonMissing)?;
            let escalate_at = at.plus(limits::ANSWER_AT_LEAST);
            Ok(vec![Event::Declined { why, reason, escalate_at }])
        }
        Command::Ask { agency, question } => {
            worked_on(asked, agency)?;
            room(asked)?;
            let question = said(&question, Refusal::QuestionMissing)?;
            Ok(vec![Event::QuestionAsked { question }])
        }
        Command::Try { agency, note } => {
            mine(asked, agency)?;
            if asked.step != Step::Accepted {
                return Err(Refusal::NotAccepted);
            }
            room(asked)?;
            Ok(vec![Event::ContactTried { note: said(&note, Refusal::NoteMissing)? }])
        }
        Command::Engage { agency, contacted_at, how, note } => {
            mine(asked, agency)?;
            match asked.step {
                Step::Accepted => {}
                Step::Engaged => return Err(Refusal::AlreadyEngaged),
                _ => return Err(Refusal::NotAccepted),
            }
            // A time is typed to the minute.
            let first = asked.sent_at.map(|sent| sent.minus(minutes(1)));
            if contacted_at > at || first.is_some_and(|first| contacted_at < first) {
                return Err(Refusal::ContactTimeWrong);
            }
            Ok(vec![Event::Engaged { contacted_at, how, note: said(&note, Refusal::NoteMissing)? }])
        }
        Command::Close { agency: Some(agency), outcome, note } => {
            mine(asked, agency)?;
            closed(asked, outcome, &note)
        }
        _ => Err(Refusal::NotOpen),
    }
}

fn mine(asked: &Asked, agency: AgencyId) -> Result<(), Refusal> {
    if asked.is_with(agency) { Ok(()) } else { Err(Refusal::NotYours) }
}

fn worked_on(asked: &Asked, agency: AgencyId) -> Result<(), Refusal> {
    mine(asked, agency)?;
    match asked.step {
        Step::Sent | Step::Seen | Step::Accepted | Step::Engaged => Ok(()),
        Step::Requested | Step::Declined | Step::Closed | Step::Withdrawn => Err(Refusal::NotOpen),
    }
}

fn unanswered(asked: &Asked, agency: AgencyId) -> Result<(), Refusal> {
    mine(asked, agency)?;
    match asked.step {
        Step::Sent | Step::Seen => Ok(()),
        Step::Declined => Err(Refusal::AlreadyDeclined),
        Step::Accepted | Step::Engaged => Err(Refusal::AlreadyAccepted),
        Step::Requested | Step::Closed | Step::Withdrawn => Err(Refusal::NotOpen),
    }
}

fn closed(asked: &Asked, outcome: Outcome, note: &str) -> Result<Vec<Event>, Refusal> {
    match asked.step {
        Step::Engaged => {}
        Step::Accepted if outcome == Outcome::Helped => return Err(Refusal::NotEngaged),
        Step::Accepted => {}
        Step::Closed | Step::Withdrawn => return Err(Refusal::NotOpen),
        Step::Requested | Step::Sent | Step::Seen | Step::Declined => {
            return Err(Refusal::NotAccepted);
        }
    }
    Ok(vec![Event::Closed { outcome, note: said(note, Refusal::NoteMissing)? }])
}

/// By when an agency that gets it now says yes or no.
fn acknowledge_by(asked: &Asked, at: At) -> At {
    let floor = at.plus(limits::ANSWER_AT_LEAST);
    match asked.acknowledge_by {
        Some(by) if asked.sent_at.is_none() => by.max(floor),
        _ => between(at, asked.due_at).max(floor),
    }
}

fn between(from: At, to: At) -> At {
    from.plus(to.since(from) / 2)
}

fn room(asked: &Asked) -> Result<(), Refusal> {
    if asked.notes.len() < limits::NOTES_MAX { Ok(()) } else { Err(Refusal::TooManyNotes) }
}

pub(crate) fn said(text: &str, missing: Refusal) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > limits::REASON_CHARS_MAX => Err(Refusal::TooLong),
        _ => Ok(text.to_owned().into()),
    }
}

//= Data Protection Act 2018, Schedule 1 paragraph 18: to keep somebody at risk safe, without
//= consent where it cannot be had, and the reason is written down
fn requested(request: Request, context: &Context) -> Result<Vec<Event>, Refusal> {
    let kind = &request.kind;
    let (why, summary) = (request.override_reason.trim(), request.summary.trim());
    let overridden = request.basis == Basis::Override;
    if !kind.bases.contains(&request.basis) {
        return Err(Refusal::ConsentNeeded);
    }
    if overridden && why.is_empty() {
        return Err(Refusal::OverrideReasonMissing);
    }
    let ground = request.ground.filter(|_| overridden);
    if ground.as_deref().is_some_and(|code| kind.ground(code).is_none()) {
        return Err(Refusal::GroundUnknown);
    }
    if request.criteria.iter().any(|code| kind.criterion(code).is_none()) {
        return Err(Refusal::CriterionUnknown);
    }
    if kind.criteria_needed && request.criteria.is_empty() {
        return Err(Refusal::CriterionMissing);
    }
    if summary.is_empty() {
        return Err(Refusal::SummaryMissing);
    }
    let long = why.chars().count() > limits::REASON_CHARS_MAX
        || summary.chars().count() > limits::SUMMARY_CHARS_MAX;
    if long {
        return Err(Refusal::TooLong);
    }
    if !(1..=limits::DUE_HOURS_MAX).contains(&request.due_in_hours) {
        return Err(Refusal::DueWrong);
    }
    let acknowledge = kind.acknowledge_hours.min(request.due_in_hours);
    let shares = kind.shares.iter().copied();
    Ok(vec![Event::Requested {
        incident: request.incident,
        agency: kind.code.clone(),
        basis: request.basis,
        override_reason: overridden.then(|| Personal::new(why.to_owned())),
        summary: summary.to_owned().into(),
        due_at: context.at.plus(hours(u64::from(request.due_in_hours))),
        acknowledge_by: Some(context.at.plus(hours(u64::from(acknowledge)))),
        ground,
        criteria: request.criteria,
        allowed: shares.filter(|field| !request.withheld.contains(field)).collect(),
        to: request.to,
    }])
}
