//! What may be kept and graded, and why not.

use crate::command::{Answer, Command};
use crate::event::{Channel, Event, Given, Grade};
use crate::limits;
use crate::state::{Assessment, State};
use kernel::{At, Class, Context, Decider, Personal};

/// The rules of an assessment.
#[derive(Clone, Copy, Debug)]
pub struct Risk;

/// Why something may not be, in words for an officer at 3 a.m.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing was asked.
    #[error("Ask at least one question before you grade.")]
    NothingAnswered,
    /// No reason for the grade.
    #[error("Say in your own words why. The answers do not decide it: you do.")]
    ReasonMissing,
    /// Too long.
    #[error("That is too long.")]
    TooLong,
    /// The questions changed meanwhile.
    #[error("The questions have changed. Open the assessment again.")]
    OtherInstrument,
    /// Nothing to mark.
    #[error("No assessment is under way.")]
    NotUnderWay,
}

impl Decider for Risk {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "risk";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, _: &Context) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Keep { instrument, version, channel, answers } => {
                keep(state.assessment(), instrument, version, channel, answers)
            }
            Command::MarkChannel { channel } => mark(state.assessment(), channel),
            Command::Grade { grade, reason, questions } => {
                graded(state.assessment(), grade, &reason, questions)
            }
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

fn keep(
    before: Option<&Assessment>,
    instrument: String,
    version: u32,
    channel: Channel,
    answers: Vec<Answer>,
) -> Result<Vec<Event>, Refusal> {
    let long = |one: &Answer| one.note.chars().count() > limits::NOTE_CHARS_MAX;
    if answers.len() > limits::ANSWERS_MAX || answers.iter().any(long) {
        return Err(Refusal::TooLong);
    }
    if before.is_some_and(|b| b.instrument != instrument || b.version != version) {
        return Err(Refusal::OtherInstrument);
    }
    let changed: Vec<Event> =
        answers.into_iter().filter(|one| changed(before, one)).map(answered).collect();
    let mut events = Vec::new();
    if changed.is_empty() {
        return Ok(events);
    }
    match before {
        None => events.push(Event::AssessmentStarted { instrument, version, channel }),
        // An assessment goes on in whatever way the two talk now, and says so.
        Some(before) if !before.channels.contains(&channel) => {
            events.push(Event::ChannelMarked { channel });
        }
        Some(_) => {}
    }
    events.extend(changed);
    Ok(events)
}

fn changed(before: Option<&Assessment>, one: &Answer) -> bool {
    match before.and_then(|before| before.answers.get(&one.question)) {
        Some(kept) => {
            kept.given != one.given
                || kept.note.known().map(String::as_str) != Some(one.note.trim())
        }
        None => one.given != Given::NotAsked {} || !one.note.trim().is_empty(),
    }
}

fn answered(one: Answer) -> Event {
    let note = Personal::new(one.note.trim().to_owned());
    Event::Answered { question: one.question, given: one.given, note }
}

//= College of Policing, Authorised Professional Practice on domestic abuse: how it was assessed
//= is part of the assessment
fn mark(before: Option<&Assessment>, channel: Channel) -> Result<Vec<Event>, Refusal> {
    let before = before.filter(|before| before.under_way()).ok_or(Refusal::NotUnderWay)?;
    match before.channels.contains(&channel) {
        true => Ok(vec![]),
        false => Ok(vec![Event::ChannelMarked { channel }]),
    }
}

//= College of Policing, Authorised Professional Practice on domestic abuse: the officer judges,
//= the instrument informs
fn graded(
    before: Option<&Assessment>,
    grade: Grade,
    reason: &str,
    questions: u32,
) -> Result<Vec<Event>, Refusal> {
    let reason = reason.trim();
    let before =
        before.filter(|before| before.answers.values().any(|k| k.given != Given::NotAsked {}));
    let before = before.ok_or(Refusal::NothingAnswered)?;
    match reason.chars().count() {
        0 => return Err(Refusal::ReasonMissing),
        length if length > limits::REASON_CHARS_MAX => return Err(Refusal::TooLong),
        _ => {}
    }
    let same = |one: &crate::state::Graded| {
        !one.outdated
            && one.grade == grade
            && one.reason.known().map(String::as_str) == Some(reason)
    };
    if before.graded.as_ref().is_some_and(same) {
        return Ok(vec![]);
    }
    let answered = before.answered();
    Ok(vec![Event::Graded {
        grade,
        reason: reason.to_owned().into(),
        answered,
        unanswered: questions.saturating_sub(answered),
    }])
}
