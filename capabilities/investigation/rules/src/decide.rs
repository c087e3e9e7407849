//! What may be kept, and why not: the account here, each other part in a file of its own.

use crate::command::Command;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::State;
use crate::{classify, enquiry, exhibit, handoff, limits, person, statement};
use kernel::{At, Class, Context, Decider, Personal};

/// The rules of an investigation.
#[derive(Clone, Copy, Debug)]
pub struct Investigation;

/// What every rule answers.
pub(crate) type Decided = Result<Vec<Event>, Refusal>;

impl Decider for Investigation {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "investigation";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decided {
        let now = context.at;
        match command {
            Command::KeepAccount { text } => keep(state, &text),
            Command::RecordCrime { offence, reason } => classify::crime(state, &offence, &reason),
            Command::Classify { tables, crime } => classify::coded(state, &tables, &crime, now),
            Command::RecordNonCrime { reason } => classify::non_crime(state, &reason),
            Command::RecordOutcome { tables, code, note } => {
                classify::outcome(state, &tables, code, &note)
            }
            Command::NoteRecordingMissed { due } => classify::missed(state, due, now),
            Command::KeepStatement { sections } => statement::keep(state, sections),
            Command::DraftStatement => statement::draft(state),
            Command::OfferStatement { way, seen } => statement::offer(state, way, seen),
            Command::AcknowledgeAloud { way, seen, spoken_at } => {
                statement::aloud(state, way, seen, spoken_at, now)
            }
            Command::AnswerStatement { version, right, words, answered_at } => {
                statement::answer(state, version, (right, &words), answered_at)
            }
            Command::TakeStatementBack => statement::take_back(state),
            Command::OpenEnquiry { what, owner, due } => {
                enquiry::open(state, &what, owner, due, now)
            }
            Command::MoveEnquiry { number, owner, due } => {
                enquiry::move_on(state, number, (owner, due), now)
            }
            Command::FinishEnquiry { number, found } => enquiry::finish(state, number, &found),
            Command::DropEnquiry { number, reason } => enquiry::give_up(state, number, &reason),
            Command::AddPerson { role, said } => person::add(state, role, said),
            Command::ChangePerson { number, said } => person::change(state, number, said),
            Command::RemovePerson { number, reason } => person::remove(state, number, &reason),
            Command::AddExhibit { source, name, found, digest } => {
                exhibit::add(state, source, (&name, &found), digest, context.actor.staff())
            }
            Command::MoveExhibit { number, to, reason } => {
                exhibit::move_on(state, number, (&to, &reason), context.actor.staff())
            }
            Command::WithdrawExhibit { number, reason } => {
                exhibit::withdraw(state, number, &reason)
            }
            Command::NoteFilesGone { files, bytes } => Ok(match files {
                0 => vec![],
                _ => vec![Event::FilesGone { files, bytes }],
            }),
            Command::HandOff { tables } => handoff::hand_off(state, &tables, now),
            Command::TakeIn { reference, system } => handoff::take_in(state, &reference, system),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// Only what changed is stored: a pause in typing makes one small event, not the whole account
/// again, and what has not changed makes none.
fn keep(state: &State, text: &str) -> Decided {
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
