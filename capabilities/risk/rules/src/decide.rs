//! What may be kept and graded, and why not.

use crate::command::{Act, Answer, Command};
use crate::event::{Cause, Channel, Earshot, Event, Given};
use crate::instrument::Instrument;
use crate::judge;
use crate::limits;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::state::{Assessment, State};
use kernel::{Actor, At, Class, Context, Decider, Personal, Role};
use std::collections::BTreeSet;

/// The rules of an assessment.
#[derive(Clone, Copy, Debug)]
pub struct Risk;

pub(crate) type Decision = Result<Vec<Event>, Refusal>;

impl Decider for Risk {
    type Command = Command;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;
    const NOUN: &'static str = "risk";
    const CLASS: Class = kernel::retention::CASEWORK;

    fn decide(state: &State, command: Command, context: &Context) -> Decision {
        let Command { pack, policy, act } = command;
        let known = state.assessment();
        match act {
            Act::NoteEarshot { channel, who, words } => {
                note_earshot(known, &pack, channel, who, &words)
            }
            Act::Keep { channel, answers } => {
                keep(known, &pack, &policy, channel, answers, context.at)
            }
            Act::MarkChannel { channel } => mark(known, channel),
            Act::Begin { channel } => begin(known, &pack, channel),
            Act::Grade { grade, reason, acknowledged, officer } => {
                let by = judge::by(context, officer)?;
                let said = judge::Said { grade, reason, by };
                judge::grade(known, (&pack, &policy), &said, acknowledged, context.at)
            }
            Act::SecondGrade { grade, reason, officer } => {
                let by = judge::by(context, officer)?;
                judge::second(known, &judge::Said { grade, reason, by }, context)
            }
            Act::Reassess { cause } => {
                let known = known.filter(|known| known.graded.is_some());
                let known = known.ok_or(Refusal::NotGraded)?;
                Ok(reassess(known, &policy, cause, context.at))
            }
            Act::BookVisit { visit_at, note } => book(known, &policy, visit_at, &note, context.at),
            Act::AttendVisit { attended_at, note } => {
                known.ok_or(Refusal::NotUnderWay)?;
                if attended_at > context.at.plus(limits::AHEAD_MAX) {
                    return Err(Refusal::InFuture);
                }
                Ok(vec![Event::VisitAttended { attended_at, note: free(&note)?.into() }])
            }
            Act::AllowClosing { reason, officer } => allow(known, &reason, officer, context),
        }
    }

    fn evolve(state: State, event: &Event, at: At) -> State {
        state.after(event, at)
    }
}

/// Words that may be empty.
pub(crate) fn free(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        length if length > limits::NOTE_CHARS_MAX => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}

fn start(pack: &Instrument, channel: Channel) -> Event {
    let (instrument, version) = (pack.name.clone(), pack.version);
    Event::AssessmentStarted { instrument, version, channel }
}

/// An assessment goes on in whatever way the two talk now, and says so; outside a call it stays
/// what the officer said of it. That she is seen again after a drop is said too.
fn goes_on(before: Option<&Assessment>, pack: &Instrument, channel: Channel) -> Option<Event> {
    let Some(before) = before else { return Some(start(pack, channel)) };
    let told = [Channel::InPerson, Channel::AudioOnly];
    let known = match channel {
        Channel::NoCall => {
            before.channels.contains(&channel)
                || told.iter().any(|one| before.channels.contains(one))
        }
        Channel::Video | Channel::InPerson if before.cut_short => false,
        channel => before.channels.contains(&channel),
    };
    (!known).then_some(Event::ChannelMarked { channel })
}

fn same_pack(before: Option<&Assessment>, pack: &Instrument) -> Result<(), Refusal> {
    match before.is_none_or(|before| before.is_of(pack)) {
        true => Ok(()),
        false => Err(Refusal::OtherInstrument),
    }
}

//= SafeLives, guidance on asking: before the questions, who is near and who can hear
fn note_earshot(
    before: Option<&Assessment>,
    pack: &Instrument,
    channel: Channel,
    who: BTreeSet<Earshot>,
    words: &str,
) -> Decision {
    same_pack(before, pack)?;
    let words = free(words)?;
    if who.contains(&Earshot::Alone) && who.len() > 1 {
        return Err(Refusal::AloneWithOthers);
    }
    if before.is_some_and(|before| before.earshot.len() >= limits::EARSHOT_MAX) {
        return Err(Refusal::TooLong);
    }
    let last = before.and_then(|before| before.earshot.last());
    let same = last
        .is_some_and(|last| last.who.known() == Some(&who) && last.words.known() == Some(&words));
    let mut events = Vec::new();
    // How they talk may be said before anything else is known.
    let nothing = who.is_empty() && words.is_empty();
    if !(nothing && channel == Channel::NoCall) {
        events.extend(goes_on(before, pack, channel));
    }
    if !same && !nothing {
        events.push(Event::EarshotNoted { who: who.into(), words: words.into() });
    }
    Ok(events)
}

fn keep(
    before: Option<&Assessment>,
    pack: &Instrument,
    policy: &Policy,
    channel: Channel,
    answers: Vec<Answer>,
    at: At,
) -> Decision {
    let long = |one: &Answer| one.note.chars().count() > limits::NOTE_CHARS_MAX;
    if answers.len() > limits::ANSWERS_MAX || answers.iter().any(long) {
        return Err(Refusal::TooLong);
    }
    same_pack(before, pack)?;
    if let Some(wrong) = answers.iter().find(|one| !pack.accepts(&one.question, &one.given)) {
        return Err(Refusal::NoSuchAnswer(wrong.question.clone()));
    }
    let changed: Vec<Event> =
        answers.into_iter().filter(|one| changed(before, one)).map(answered).collect();
    if changed.is_empty() {
        return Ok(vec![]);
    }
    let mut events: Vec<Event> = goes_on(before, pack, channel).into_iter().collect();
    events.extend(changed);
    // What she says after the grade may change it; by whom and when is on the board.
    if let Some(before) = before.filter(|before| before.graded.is_some()) {
        events.extend(reassess(before, policy, Cause::AnswersChanged, at));
    }
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
fn mark(before: Option<&Assessment>, channel: Channel) -> Decision {
    let before = before.filter(|before| before.under_way()).ok_or(Refusal::NotUnderWay)?;
    let again = match channel {
        Channel::Interrupted => !before.cut_short,
        Channel::Video => before.cut_short,
        channel => !before.channels.contains(&channel),
    };
    match again {
        true => Ok(vec![Event::ChannelMarked { channel }]),
        false => Ok(vec![]),
    }
}

fn begin(before: Option<&Assessment>, pack: &Instrument, channel: Channel) -> Decision {
    if before.is_some_and(|before| before.is_of(pack) && before.under_way()) {
        return Err(Refusal::UnderWay);
    }
    Ok(vec![start(pack, channel)])
}

/// A cause is told once; the earliest time stands.
fn reassess(before: &Assessment, policy: &Policy, cause: Cause, at: At) -> Vec<Event> {
    let due = policy.reassess_due(cause, at);
    match &before.reassess {
        Some(owed) if owed.causes.contains_key(&cause) => vec![],
        Some(owed) => vec![Event::ReassessmentDue { cause, due: owed.due.min(due) }],
        None => vec![Event::ReassessmentDue { cause, due }],
    }
}

fn book(
    before: Option<&Assessment>,
    policy: &Policy,
    visit_at: At,
    note: &str,
    at: At,
) -> Decision {
    before.ok_or(Refusal::NotUnderWay)?;
    let last = at.plus(kernel::time::hours(u64::from(policy.visit_hours_max)));
    if visit_at < at || visit_at > last {
        return Err(Refusal::VisitTime(policy.visit_hours_max));
    }
    Ok(vec![Event::VisitBooked { visit_at, note: free(note)?.into() }])
}

fn allow(
    before: Option<&Assessment>,
    reason: &str,
    officer: crate::command::Officer,
    context: &Context,
) -> Decision {
    let unseen = before.filter(|before| before.unseen());
    let before = unseen.ok_or(Refusal::NothingToAllow)?;
    let by = judge::by(context, officer)?;
    let staff = matches!(context.actor, Actor::Staff { .. });
    let supervisor = !staff || context.actor.has(Role::Supervisor);
    if !supervisor || before.first_by() == Some(by) {
        return Err(Refusal::NotSupervisor);
    }
    if before.visit.is_none() {
        return Err(Refusal::VisitMissing);
    }
    let reason = judge::reason(reason)?;
    Ok(vec![Event::ClosingAllowed { by: Some(by), reason: reason.into() }])
}
