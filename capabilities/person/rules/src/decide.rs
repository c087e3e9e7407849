//! What may be done with a record of a person.

use crate::command::{Command, Theirs};
use crate::event::{Appearance, Event, How, Known, Part, Role};
use crate::likeness::{self, Facts};
use crate::refusal::Refusal;
use crate::state::State;
use crate::{PersonId, limits, words};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::retention::CASEWORK;
use kernel::{At, Class, Context, Decider};

/// The decider of one record.
pub struct Person;

pub(crate) type Decided = Result<Vec<Event>, Refusal>;

impl Decider for Person {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    const NOUN: &'static str = "person";
    const CLASS: Class = CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decided {
        match command {
            Command::Appear { appearance, how } => appear(state, appearance, how),
            Command::GoInto { into } => go_into(state, into),
            Command::ComeBack { from } => Ok(match state.merged_into == Some(from) {
                true => vec![Event::Unmerged { from }],
                false => vec![],
            }),
            Command::Release { other, reason } => release(state, other, &reason),
            _ if !state.exists() => Err(Refusal::Missing),
            _ if state.merged_into.is_some() => Err(Refusal::Merged),
            Command::Part { incident, part, to, reason } => {
                there(state, incident, part)?;
                let reason = words::reason(&reason)?;
                Ok(vec![Event::Parted { incident, part, to, reason }])
            }
            Command::Recast { incident, part, role, reason } => {
                recast(state, Appearance { incident, part, role }, &reason)
            }
            Command::Describe(known) => describe(state, *known),
            Command::MarkColleague { staff, reason } => mark_colleague(state, staff, &reason),
            Command::UnmarkColleague { reason } => {
                let staff = state.colleague.ok_or(Refusal::NoColleague)?;
                let reason = words::reason(&reason)?;
                Ok(vec![Event::ColleagueUnmarked { staff, reason }])
            }
            Command::Absorb { me, other, ours, theirs, reason } => {
                absorb(state, (me, &ours), (other, &theirs), &reason, context)
            }
            Command::TellApart { other, reason } => {
                let reason = words::reason(&reason)?;
                if state.absorbed.contains_key(&other) {
                    return Err(Refusal::OtherMerged);
                }
                let said = state.apart.contains(&other);
                Ok(if said { vec![] } else { vec![Event::ToldApart { other, reason }] })
            }
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// Asked again, or of an appearance that is here already, nothing happens.
fn appear(state: &State, one: Appearance, how: How) -> Decided {
    if state.merged_into.is_some() {
        return Err(Refusal::Merged);
    }
    if state.appearances.contains_key(&(one.incident, one.part)) {
        return Ok(vec![]);
    }
    if state.appearances.len() >= limits::APPEARANCES_MAX {
        return Err(Refusal::TooMany);
    }
    if likeness::face_each_other(&[one], &state.appearances()) {
        return Err(Refusal::OtherEnd);
    }
    Ok(vec![Event::Appeared { appearance: one, how }])
}

fn there(state: &State, incident: IncidentId, part: Part) -> Result<Role, Refusal> {
    // What another record brought leaves with that record.
    let seen = state.appearances.get(&(incident, part)).filter(|seen| seen.from.is_none());
    seen.map(|seen| seen.role).ok_or(Refusal::NotThere)
}

fn recast(state: &State, one: Appearance, reason: &str) -> Decided {
    let role = there(state, one.incident, one.part)?;
    if role == one.role {
        return Ok(vec![]);
    }
    if likeness::face_each_other(&[one], &state.appearances()) {
        return Err(Refusal::OtherEnd);
    }
    let Appearance { incident, part, role } = one;
    Ok(vec![Event::Recast { incident, part, role, reason: words::reason(reason)? }])
}

fn describe(state: &State, known: Known) -> Decided {
    let known = Known {
        name: words::free(&known.name)?,
        also: words::free(&known.also)?,
        born: words::free(&known.born)?,
        phones: words::free(&known.phones)?,
        places: words::free(&known.places)?,
        language: words::free(&known.language)?,
        warning: words::free(&known.warning)?,
        references: words::free(&known.references)?,
    };
    if !known.born.is_empty() && names::born(&known.born).is_none() {
        return Err(Refusal::NoSuchDay);
    }
    let same = state.known.as_ref().and_then(kernel::Personal::known) == Some(&known);
    Ok(if same { vec![] } else { vec![Event::Described { known: known.into() }] })
}

fn mark_colleague(state: &State, staff: StaffId, reason: &str) -> Decided {
    match state.colleague {
        Some(have) if have == staff => Ok(vec![]),
        Some(_) => Err(Refusal::ColleagueAlready),
        None => Ok(vec![Event::ColleagueMarked { staff, reason: words::reason(reason)? }]),
    }
}

fn absorb(
    state: &State,
    (me, ours): (PersonId, &Facts),
    (other, theirs): (PersonId, &Theirs),
    reason: &str,
    context: &Context,
) -> Decided {
    if me == other {
        return Err(Refusal::Same);
    }
    if state.absorbed.contains_key(&other) {
        return Ok(vec![]);
    }
    // The lower id is the elder; so no two records can each be part of the other.
    if other < me {
        return Err(Refusal::ElderStands);
    }
    if theirs.merged {
        return Err(Refusal::OtherMerged);
    }
    let both = state.appearances.len() + theirs.appearances.len();
    if both > limits::APPEARANCES_MAX || state.absorbed.len() >= limits::ABSORBED_MAX {
        return Err(Refusal::TooMany);
    }
    two_people(state, ours, theirs)?;
    let likeness = likeness::likeness(ours, &theirs.facts);
    let decides = |role| context.actor.has(role);
    let decides = decides(kernel::Role::Supervisor) || decides(kernel::Role::Specialist);
    let apart = theirs.told_apart || state.apart.contains(&other);
    match likeness.len() {
        0 => return Err(Refusal::NothingAlike),
        _ if apart && !decides => return Err(Refusal::ToldApart),
        few if few < limits::LIKENESS_MIN && !decides => return Err(Refusal::TooLittleAlike),
        _ => {}
    }
    let reason = words::reason(reason)?;
    Ok(vec![Event::Absorbed { other, appearances: theirs.appearances.clone(), likeness, reason }])
}

/// What no reason outweighs.
fn two_people(state: &State, ours: &Facts, theirs: &Theirs) -> Result<(), Refusal> {
    if likeness::born_apart(ours, &theirs.facts) {
        return Err(Refusal::BornApart);
    }
    if likeness::face_each_other(&state.appearances(), &theirs.appearances) {
        return Err(Refusal::FaceEachOther);
    }
    match (state.colleague, theirs.colleague) {
        (Some(one), Some(other)) if one != other => Err(Refusal::TwoColleagues),
        _ => Ok(()),
    }
}

fn release(state: &State, other: PersonId, reason: &str) -> Decided {
    if !state.absorbed.contains_key(&other) {
        return Err(Refusal::NotAbsorbed);
    }
    Ok(vec![Event::Released { other, reason: words::reason(reason)? }])
}

fn go_into(state: &State, into: PersonId) -> Decided {
    match state.merged_into {
        Some(have) if have == into => Ok(vec![]),
        Some(_) => Err(Refusal::OtherMerged),
        None if !state.exists() => Err(Refusal::Missing),
        None => Ok(vec![Event::Merged { into }]),
    }
}
