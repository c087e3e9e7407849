//! What may be kept, and why not.

use crate::command::Command;
use crate::event::Event;
use crate::limits;
use crate::state::{Classified, State};
use kernel::{At, Class, Context, Decider, Personal};

/// The rules of an investigation.
#[derive(Clone, Copy, Debug)]
pub struct Investigation;

/// Why something may not be, in words for an officer at 3 a.m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too much for one account.
    #[error("The account is too long to keep in one piece. Shorten it.")]
    AccountTooLong,
    /// No offence was named.
    #[error("Name the offence.")]
    OffenceMissing,
    /// No reason was given.
    #[error("Give the reason: somebody else will read it.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
}

impl Decider for Investigation {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "investigation";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, _: &Context) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::KeepAccount { text } => keep(state, &text),
            Command::RecordCrime { offence, reason } => crime(state, &offence, &reason),
            Command::RecordNonCrime { reason } => non_crime(state, &reason),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// Only what changed is stored: a pause in typing makes one small event, not the whole account
/// again, and what has not changed makes none.
fn keep(state: &State, text: &str) -> Result<Vec<Event>, Refusal> {
    if text.chars().count() > limits::ACCOUNT_CHARS_MAX {
        return Err(Refusal::AccountTooLong);
    }
    let new = paragraphs(text);
    let old: Vec<Option<&str>> =
        state.paragraphs.iter().map(|one| one.text.known().map(String::as_str)).collect();
    let same = |old: &Option<&str>, new: &String| *old == Some(new.as_str());
    let head = old.iter().zip(&new).take_while(|(a, b)| same(a, b)).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| same(a, b));
    let tail = tail.count();
    let removed = old_rest.len() - tail;
    let changed = &new_rest[..new_rest.len() - tail];
    if removed == 0 && changed.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![Event::AccountKept {
        from: head as u32,
        removed: removed as u32,
        paragraphs: changed.iter().cloned().map(Personal::new).collect(),
    }])
}

/// Paragraphs are what a blank line parts.
fn paragraphs(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim_end) {
        match (line.trim().is_empty(), open) {
            (true, _) => open = false,
            (false, true) => {
                if let Some(last) = found.last_mut() {
                    last.push('\n');
                    last.push_str(line);
                }
            }
            (false, false) => {
                found.push(line.to_owned());
                open = true;
            }
        }
    }
    found
}

//= Home Office Crime Recording Rules, general rules: the decision and its reason are kept
fn crime(state: &State, offence: &str, reason: &str) -> Result<Vec<Event>, Refusal> {
    let offence = written(offence, limits::OFFENCE_CHARS_MAX, Refusal::OffenceMissing)?;
    let reason = written(reason, limits::REASON_CHARS_MAX, Refusal::ReasonMissing)?;
    let again =
        Classified::Crime { offence: offence.clone().into(), reason: reason.clone().into() };
    if state.classified.as_ref() == Some(&again) {
        return Ok(vec![]);
    }
    Ok(vec![Event::RecordedCrime { offence: offence.into(), reason: reason.into() }])
}

//= Home Office Crime Recording Rules, general rules: an incident that is no crime says why not
fn non_crime(state: &State, reason: &str) -> Result<Vec<Event>, Refusal> {
    let reason = written(reason, limits::REASON_CHARS_MAX, Refusal::ReasonMissing)?;
    let again = Classified::NonCrime { reason: reason.clone().into() };
    if state.classified.as_ref() == Some(&again) {
        return Ok(vec![]);
    }
    Ok(vec![Event::RecordedNonCrime { reason: reason.into() }])
}

fn written(text: &str, chars_max: usize, missing: Refusal) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > chars_max => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}
