//! What may be asked of an agency, and why not.

use crate::command::Command;
use crate::event::{Basis, Event};
use crate::limits;
use crate::state::State;
use kernel::{At, Class, Context, Decider, Personal, time::hours};

/// The rules of a referral.
#[derive(Clone, Copy, Debug)]
pub struct Referral;

/// Why something may not be, in words for an officer at 3 a.m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Without consent and without a reason.
    #[error("She has not agreed. Say why it goes all the same.")]
    OverrideReasonMissing,
    /// Nothing to go by.
    #[error("Say what they must know to help her.")]
    SummaryMissing,
    /// No reason.
    #[error("Say why it is withdrawn.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// Not within hours.
    #[error("Choose from 1 to 72 hours.")]
    DueWrong,
    /// It was requested before.
    #[error("This referral was made already.")]
    AlreadyRequested,
    /// Nothing to withdraw.
    #[error("This referral is not open.")]
    NotOpen,
}

impl Decider for Referral {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "referral";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        match (state, command) {
            (State::NotRequested, command @ Command::Request { .. }) => request(command, context),
            (_, Command::Request { .. }) => Err(Refusal::AlreadyRequested),
            (State::Requested { .. }, Command::Withdraw { reason }) => {
                let reason = reason.trim();
                match reason.chars().count() {
                    0 => Err(Refusal::ReasonMissing),
                    length if length > limits::REASON_CHARS_MAX => Err(Refusal::TooLong),
                    _ => Ok(vec![Event::Withdrawn { reason: reason.to_owned().into() }]),
                }
            }
            (_, Command::Withdraw { .. }) => Err(Refusal::NotOpen),
        }
    }

    fn evolve(state: State, event: &Event, _: At) -> State {
        state.after(event)
    }
}

//= Data Protection Act 2018, Schedule 1 paragraph 18: to keep somebody at risk safe, without
//= consent where it cannot be had, and the reason is written down
fn request(command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
    let Command::Request { incident, agency, basis, override_reason, summary, due_in_hours } =
        command
    else {
        return Err(Refusal::NotOpen);
    };
    let (why, summary) = (override_reason.trim(), summary.trim());
    if basis == Basis::Override && why.is_empty() {
        return Err(Refusal::OverrideReasonMissing);
    }
    if summary.is_empty() {
        return Err(Refusal::SummaryMissing);
    }
    let long = why.chars().count() > limits::REASON_CHARS_MAX
        || summary.chars().count() > limits::SUMMARY_CHARS_MAX;
    if long {
        return Err(Refusal::TooLong);
    }
    if !(1..=limits::DUE_HOURS_MAX).contains(&due_in_hours) {
        return Err(Refusal::DueWrong);
    }
    let overridden = basis == Basis::Override;
    Ok(vec![Event::Requested {
        incident,
        agency,
        basis,
        override_reason: overridden.then(|| Personal::new(why.to_owned())),
        summary: summary.to_owned().into(),
        due_at: context.at.plus(hours(u64::from(due_in_hours))),
    }])
}
