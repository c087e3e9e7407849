//! What may be asked of a policing team, and why not.

use crate::command::{Command, Request};
use crate::event::Event;
use crate::limits;
use crate::state::State;
use kernel::{At, Class, Context, Decider};

/// The rules of an arrest request.
#[derive(Clone, Copy, Debug)]
pub struct Arrest;

/// Why something may not be, in words for an officer at 3 a.m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody is named or described.
    #[error("Say who is to be arrested: a name, or how to recognise him.")]
    SuspectMissing,
    /// No grounds.
    #[error("Say what he is suspected of, and why.")]
    GroundsMissing,
    /// No necessity.
    #[error("Choose at least one reason why an arrest is necessary.")]
    NecessityMissing,
    /// Necessity without words.
    #[error("Say in your own words why it is necessary.")]
    NecessityWordsMissing,
    /// Nobody thought of the team.
    #[error("Say what the team must know before it knocks. If nothing is known, write that.")]
    RisksMissing,
    /// No reason.
    #[error("Say why it is withdrawn.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// It was requested before.
    #[error("This arrest was requested already.")]
    AlreadyRequested,
    /// Nothing to withdraw.
    #[error("This request is not open.")]
    NotOpen,
}

impl Decider for Arrest {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "arrest";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, _: &Context) -> Result<Vec<Event>, Refusal> {
        match (state, command) {
            (State::NotRequested, Command::Request(request)) => requested(*request),
            (_, Command::Request(_)) => Err(Refusal::AlreadyRequested),
            (State::Requested { .. }, Command::Withdraw { reason }) => {
                let reason = written(&reason, Refusal::ReasonMissing)?.into();
                Ok(vec![Event::Withdrawn { reason }])
            }
            (_, Command::Withdraw { .. }) => Err(Refusal::NotOpen),
        }
    }

    fn evolve(state: State, event: &Event, _: At) -> State {
        state.after(event)
    }
}

//= Police and Criminal Evidence Act 1984, section 24(4): grounds to believe it is necessary
fn requested(request: Request) -> Result<Vec<Event>, Refusal> {
    let suspect = written(&request.suspect, Refusal::SuspectMissing)?;
    let grounds = written(&request.grounds, Refusal::GroundsMissing)?;
    if request.necessity.is_empty() {
        return Err(Refusal::NecessityMissing);
    }
    let necessity_words = written(&request.necessity_words, Refusal::NecessityWordsMissing)?;
    let risks = written(&request.risks, Refusal::RisksMissing)?;
    let whereabouts = request.whereabouts.trim().to_owned();
    if whereabouts.chars().count() > limits::WORDS_CHARS_MAX {
        return Err(Refusal::TooLong);
    }
    Ok(vec![Event::Requested {
        incident: request.incident,
        suspect: suspect.into(),
        grounds: grounds.into(),
        necessity: request.necessity.into_iter().collect(),
        necessity_words: necessity_words.into(),
        whereabouts: whereabouts.into(),
        risks: risks.into(),
    }])
}

fn written(text: &str, missing: Refusal) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > limits::WORDS_CHARS_MAX => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}
