//! The rules: two people, nothing that is gone, and every copy on record before its first byte.

use crate::command::{Command, Found, Standing};
use crate::event::Event;
use crate::permit::ANSWERERS;
use crate::state::{Copy, Stage, State};
use crate::{Refusal, limits};
use kernel::id::StaffId;
use kernel::{Actor, At, Class, Context, Decider, Personal};
use recording::RecordingId;

/// The rules of an export.
#[derive(Clone, Copy, Debug)]
pub struct Export;

type Decision = Result<Vec<Event>, Refusal>;

impl Decider for Export {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "export";
    /// Who had what outlives what they had: misuse is found late.
    //= Data Protection Act 2018, section 62(1)(d): disclosure is logged, with its recipient
    const CLASS: Class = kernel::retention::ACCESS_LOG;

    fn decide(state: &State, command: Command, context: &Context) -> Decision {
        match command {
            Command::Request { incident, found, recipient, to, reason } => {
                if state.stage != Stage::None {
                    return Err(Refusal::AlreadyRequested);
                }
                let by = staff(context)?;
                let recordings = readable(&found)?;
                let most = limits::RECIPIENT_CHARS_MAX;
                let to = text(&to, most, Refusal::RecipientMissing)?;
                let reason = text(&reason, limits::REASON_CHARS_MAX, Refusal::ReasonMissing)?;
                Ok(vec![Event::Requested { incident, recordings, recipient, to, reason, by }])
            }
            Command::Approve { found } => approve(state, &found, context),
            Command::Refuse { reason } => refuse(state, &reason, context),
            Command::Expire => expire(state, context),
            Command::Begin { found, sealed_to } => {
                let by = staff(context)?;
                approved(state)?;
                if !state.is_one_of_two(by) {
                    return Err(Refusal::NotYours);
                }
                same(state, &found)?;
                if state.copies.len() >= limits::COPIES_MAX {
                    return Err(Refusal::TooManyCopies);
                }
                Ok(vec![Event::Begun { copy: state.copies.len() as u32 + 1, by, sealed_to }])
            }
            Command::NotePackaged { copy, sha256, bytes, members, master } => {
                own(context)?;
                match state.copies.get(&copy) {
                    Some(Copy::Making(by)) => {
                        let by = *by;
                        Ok(vec![Event::Packaged { copy, by, sha256, bytes, members, master }])
                    }
                    _ => Err(Refusal::NoSuchCopy),
                }
            }
            Command::NoteDownloaded { copy } => {
                own(context)?;
                match state.copies.get(&copy) {
                    Some(Copy::Made(by)) => Ok(vec![Event::Downloaded { copy, by: *by }]),
                    _ => Err(Refusal::NoSuchCopy),
                }
            }
            Command::NoteBrokenOff { copy, why } => {
                own(context)?;
                match state.copies.get(&copy) {
                    Some(Copy::Making(_) | Copy::Made(_)) => {
                        Ok(vec![Event::BrokenOff { copy, why }])
                    }
                    _ => Err(Refusal::NoSuchCopy),
                }
            }
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// Somebody else than who asked, while everything can still be read.
//= Management of Police Information code of practice, sharing: a decision to share is taken by
//= somebody with the authority, and is on record with its reason
fn approve(state: &State, found: &Found, context: &Context) -> Decision {
    let first = requested(state)?;
    let by = staff(context)?;
    if by == first {
        return Err(Refusal::SamePerson);
    }
    if over(state, context.at) {
        return Err(Refusal::Expired);
    }
    same(state, found)?;
    Ok(vec![Event::Approved { by }])
}

/// Whoever asked takes it back; whoever could approve says no.
fn refuse(state: &State, reason: &str, context: &Context) -> Decision {
    let first = requested(state)?;
    let by = staff(context)?;
    let answers = ANSWERERS.iter().any(|role| context.actor.has(*role));
    if by != first && !answers {
        return Err(Refusal::NotYours);
    }
    let reason = text(reason, limits::REASON_CHARS_MAX, Refusal::ReasonMissing)?;
    Ok(vec![Event::Refused { by, reason }])
}

fn expire(state: &State, context: &Context) -> Decision {
    own(context)?;
    requested(state)?;
    if over(state, context.at) { Ok(vec![Event::Expired {}]) } else { Err(Refusal::NotExpired) }
}

fn over(state: &State, at: At) -> bool {
    at >= state.requested_at.plus(limits::APPROVE_WITHIN)
}

/// What was named, if all of it can be read.
//= Data Protection Act 2018, section 39(1): what is past its time is not handed on either
fn readable(found: &Found) -> Result<Vec<RecordingId>, Refusal> {
    let mut named = Vec::new();
    for (recording, standing) in &found.recordings {
        match standing {
            Standing::Kept if named.contains(recording) => {}
            Standing::Kept => named.push(*recording),
            Standing::Running => return Err(Refusal::StillRunning),
            Standing::Gone => return Err(Refusal::DayCome),
            Standing::Foreign => return Err(Refusal::NotOfCase),
        }
    }
    if named.len() > limits::RECORDINGS_MAX {
        return Err(Refusal::TooMany);
    }
    if named.is_empty() && !found.papers {
        return Err(Refusal::NothingToExport);
    }
    Ok(named)
}

/// That what was asked for can still be read, no more and no less.
fn same(state: &State, found: &Found) -> Result<(), Refusal> {
    let named = readable(found)?;
    if named == state.recordings { Ok(()) } else { Err(Refusal::NotOfCase) }
}

fn requested(state: &State) -> Result<StaffId, Refusal> {
    match state.stage {
        Stage::None => Err(Refusal::NotRequested),
        Stage::Requested => state.requested_by.ok_or(Refusal::NotRequested),
        Stage::Approved => Err(Refusal::AlreadyApproved),
        Stage::Refused => Err(Refusal::Refused),
        Stage::Expired => Err(Refusal::Expired),
    }
}

fn approved(state: &State) -> Result<(), Refusal> {
    match state.stage {
        Stage::Approved => Ok(()),
        Stage::None => Err(Refusal::NotRequested),
        Stage::Requested => Err(Refusal::NotApproved),
        Stage::Refused => Err(Refusal::Refused),
        Stage::Expired => Err(Refusal::Expired),
    }
}

fn text(text: &str, most: usize, missing: Refusal) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(missing),
        long if long > most => Err(Refusal::TooLong),
        _ => Ok(text.to_owned().into()),
    }
}

fn staff(context: &Context) -> Result<StaffId, Refusal> {
    context.actor.staff().ok_or(Refusal::StaffOnly)
}

/// Whether Sightline itself says so: it alone knows what it wrote.
fn own(context: &Context) -> Result<(), Refusal> {
    if context.actor == Actor::System { Ok(()) } else { Err(Refusal::NoSuchCopy) }
}
