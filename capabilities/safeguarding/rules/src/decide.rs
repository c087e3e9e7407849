//! What may be kept and owed, and why not.

use crate::command::Command;
use crate::event::{Advice, Event, Owner};
use crate::state::{Standing, State};
use crate::{child, code, contact, limits, marker};
use kernel::{At, Class, Context, Decider, Personal};
use std::collections::BTreeSet;

/// The rules of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Safeguarding;

/// Why something may not be, in words for an officer at 3 a.m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing was written.
    #[error("Say what has to be done.")]
    WhatMissing,
    /// No reason was given.
    #[error("Say why it is owed no more.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// In the past, or too far ahead.
    #[error("Choose a time from now to four weeks ahead.")]
    DueWrong,
    /// No such action is owed.
    #[error("That action is not owed any more.")]
    NotOwed,
    /// As many as there may be.
    #[error("This plan has as many actions as it may have.")]
    TooMany,
    /// Nobody was named.
    #[error("Say who the child is.")]
    ChildNameMissing,
    /// Not a day of birth of a child.
    #[error("Enter a day of birth of a child, e.g. 2017-05-03, or leave it empty.")]
    BornWrong,
    /// No such school.
    #[error("Choose the school, or the authority's officer when the child is taught at home.")]
    SchoolUnknown,
    /// As many as there may be.
    #[error("This plan has as many children as it may have.")]
    TooManyChildren,
    /// No such child.
    #[error("That child is not in this plan.")]
    NoSuchChild,
    /// It is done, or not owed any more.
    #[error("That notice is done, or not owed any more.")]
    NoticeDone,
    /// Nobody was told.
    #[error("Tell the school first.")]
    NotToldYet,
    /// With whom was not said.
    #[error("Say whom you spoke with.")]
    SpokeWithMissing,
    /// A day beyond every calendar.
    #[error("The bell of that day cannot be found. Ring the school now.")]
    NoCalendar,
    /// One of the kind stands.
    #[error("This address is marked with that already. Keep it on, or take it off.")]
    MarkerThere,
    /// Nothing said.
    #[error("Say what whoever takes the next call must know.")]
    MarkerWordsMissing,
    /// No reason.
    #[error("Say why, for whoever reads this later.")]
    MarkerWhyMissing,
    /// In the past, or too far ahead.
    #[error("Choose a day within a year on which somebody looks at the marker again.")]
    MarkerReviewWrong,
    /// No such marker.
    #[error("That marker does not stand.")]
    NoSuchMarker,
    /// No such update.
    #[error("She has heard that already, or is not owed to.")]
    NoSuchUpdate,
    /// Nothing said.
    #[error("Write what was said, or why she could not be told.")]
    UpdateNoteMissing,
    /// The meaning of a codeword.
    #[error("Say what is done when she says the codeword.")]
    CodewordMeaningMissing,
    /// Not a telephone number.
    #[error("Enter the safe number with all its digits, or leave it empty.")]
    NumberWrong,
}

impl Decider for Safeguarding {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "safeguarding";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Keep { advice, note } => keep(state, &advice, &note),
            Command::SetAction { what, owner, due_at } => {
                set(state, &what, owner, due_at, context.at)
            }
            Command::Complete { action } => {
                owed(state, action)?;
                Ok(vec![Event::ActionDone { action }])
            }
            Command::Drop { action, reason } => {
                owed(state, action)?;
                let reason = written(&reason, Refusal::ReasonMissing)?.into();
                Ok(vec![Event::ActionDropped { action, reason }])
            }
            Command::RecordChild(new) => child::record(state, &new, context.at),
            Command::TellSchool { child, told, spoke_with } => {
                child::tell(state, child, told, &spoke_with)
            }
            Command::AcknowledgeSchool { child, note } => child::acknowledge(state, child, &note),
            Command::WithdrawNotice { child, reason } => child::withdraw(state, child, &reason),
            Command::NoteBell { child, due } => child::bell(state, child, due),
            Command::RuleContact { ways, hours, words } => contact::rule(state, ways, hours, words),
            command => later(state, command, context.at),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// What is asked of markers and of what she is owed to hear.
fn later(state: &State, command: Command, now: At) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::SetMarker { of, words, review_at } => {
            marker::set(state, of, &words, review_at, now)
        }
        Command::KeepMarker { marker, review_at, note } => {
            marker::keep(state, marker, review_at, &note, now)
        }
        Command::EndMarker { marker, reason } => marker::end(state, marker, &reason),
        Command::OweUpdate { of, jurisdiction, since } => code::owe(state, of, jurisdiction, since),
        Command::TellUpdate { update, heard, note } => code::tell(state, update, heard, &note),
        Command::TryUpdate { update, note } => code::try_it(state, update, &note),
        Command::MissUpdate { update, due } => code::miss(state, update, due),
        _ => Ok(vec![]),
    }
}

fn keep(state: &State, advice: &BTreeSet<Advice>, note: &str) -> Result<Vec<Event>, Refusal> {
    let note = note.trim();
    if note.chars().count() > limits::NOTE_CHARS_MAX {
        return Err(Refusal::TooLong);
    }
    let given = advice.difference(&state.advice).map(|one| Event::AdviceGiven { advice: *one });
    let back = state.advice.difference(advice).map(|one| Event::AdviceWithdrawn { advice: *one });
    let mut events: Vec<Event> = given.chain(back).collect();
    let before = state.note.as_ref().map_or(Some(""), |kept| kept.known().map(String::as_str));
    if before != Some(note) {
        events.push(Event::NoteKept { note: Personal::new(note.to_owned()) });
    }
    Ok(events)
}

fn set(
    state: &State,
    what: &str,
    owner: Owner,
    due_at: At,
    now: At,
) -> Result<Vec<Event>, Refusal> {
    let what = written(what, Refusal::WhatMissing)?;
    if due_at <= now || due_at > now.plus(limits::DUE_WITHIN) {
        return Err(Refusal::DueWrong);
    }
    if state.actions.len() >= limits::ACTIONS_MAX {
        return Err(Refusal::TooMany);
    }
    let action = state.actions.keys().next_back().map_or(1, |last| last + 1);
    Ok(vec![Event::ActionSet { action, what: what.into(), owner, due_at }])
}

fn owed(state: &State, action: u32) -> Result<(), Refusal> {
    let found = state.actions.get(&action).filter(|one| one.standing == Standing::Owed);
    found.map(|_| ()).ok_or(Refusal::NotOwed)
}

pub(crate) fn written(text: &str, missing: Refusal) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        length if length > limits::WORDS_CHARS_MAX => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}
