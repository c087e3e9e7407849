//! What the officer sees of a telling: where it stands, the one thing that is next, and the
//! words only while they may be read out.

use crate::call::list;
use crate::telling::found::Found;
use ::disclosure::limits::SAFETY_FRESH;
use ::disclosure::state::{End, Running};
use ::disclosure::{Case, Channel, Command, Interruption, Line, Part, SCRIPT, State, permit};
use engine::Fault;
use kernel::{At, Personal};
use minijinja::{Value, context};
use serde::Serialize;
use ui::Serde;

/// The part, and whether the words stand in it.
pub(crate) struct Page {
    pub(crate) value: Value,
    pub(crate) words: bool,
}

/// A line of the script.
#[derive(Serialize)]
struct Shown {
    id: &'static str,
    text: &'static str,
    lang: &'static str,
    done: bool,
}

pub(crate) async fn page(found: &Found) -> Result<Page, Fault> {
    let case = found.case();
    let now = found.engine().now();
    let open_call = list::open(found.engine(), found.id).await?;
    let running = case.telling.running.as_ref().filter(|_| matches!(found.state, State::Open(_)));
    let words = running.and_then(|running| words(case, running, now));
    let shows = words.is_some();
    let script = running.map(|running| {
        context! {
            channel => running.channel.code(),
            attempt => case.telling.attempts,
            safe_at => running.safe_at.map(|at| at.0),
            next => next(case, running, now),
            before => Serde(lines(case, Part::Before, running.channel)),
            after => Serde(lines(case, Part::After, running.channel)),
        }
    });
    let begin = begin(found, open_call.is_some());
    let begin = (running.is_none()).then_some(begin);
    let value = context! {
        // The layout's line above the title; nothing here has a reference that may be said.
        reference => "",
        id => found.id.to_string(),
        base => found.address("telling"),
        application => format!("/disclosures/{}", found.id),
        closing => found.address("closing"),
        call => open_call.map(|call| call.to_string()),
        ended => ended(&found.state),
        running => script,
        begin => begin,
        words => words,
        version => case.decision.as_ref().map(|paper| paper.version),
        script_version => SCRIPT.version,
        fresh_minutes => SAFETY_FRESH.as_secs() / 60,
        interruptions => codes(Interruption::ALL, Interruption::code),
        ..context! { so_far => so_far(found), reconsider => reconsider(found) }
    };
    Ok(Page { value, words: shows })
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

/// By which channels it may be begun now, or the rule that forbids every one.
fn begin(found: &Found, has_call: bool) -> Value {
    let may = |channel: Channel| {
        let call = (channel == Channel::Video).then_some(::call::CallId(0));
        let present = String::new();
        found.would(Command::StartTelling { channel, call, present })
    };
    let blocked = may(Channel::InPerson).err().map(|refusal| refusal.to_string());
    let channels = Channel::ALL.iter().copied();
    let channels = channels.filter(|channel| *channel != Channel::Video || has_call);
    context! {
        blocked => blocked,
        again => found.case().telling.attempts > 0,
        channels => channels.map(Channel::code).collect::<Vec<_>>(),
    }
}

fn ended(state: &State) -> Option<&'static str> {
    match state {
        State::Ended(_, End::Made { .. }) => Some("made"),
        State::Ended(_, End::Closed { .. }) => Some("closed"),
        State::None | State::Left | State::Open(_) => None,
    }
}

/// What was done stays, however often it is interrupted.
fn so_far(found: &Found) -> Value {
    let telling = &found.case().telling;
    context! {
        identity => telling.running.as_ref().is_some_and(|running| running.identity),
        undertaking => telling.undertaking,
        told_at => telling.told.map(|(at, ..)| at.0),
        acknowledged => telling.acknowledged,
        plan => telling.plan,
        referred => telling.referred,
        read => telling.read.len(),
    }
}

/// The reconsideration after an undertaking that was refused.
fn reconsider(found: &Found) -> Option<Value> {
    let telling = &found.case().telling;
    if telling.undertaking != Some(false) {
        return None;
    }
    let me = found.staff.who.id;
    let actor = &found.staff.caller.actor;
    let may = found.app.may(actor, permit::APPROVE, found.staff.caller.purpose);
    Some(context! {
        decided => telling.reconsidered,
        proposed => telling.reconsideration.map(|(tell, _)| tell),
        mine => telling.reconsideration.is_some_and(|(_, by)| by == me),
        may_approve => may,
    })
}

/// Whether her answer that she is safe and alone still counts.
fn fresh(running: &Running, now: At) -> bool {
    running.safe_at.is_some_and(|at| now.since(at) <= SAFETY_FRESH)
}

/// The step that is owed now.
fn next(case: &Case, running: &Running, now: At) -> &'static str {
    let telling = &case.telling;
    let left = |part| !case.lines_left(part, running.channel).is_empty();
    if !running.identity {
        return "identity";
    }
    match telling.told {
        None if !fresh(running, now) => "safety",
        None if left(Part::Before) => "before",
        None => match (telling.undertaking, telling.reconsidered) {
            (None, _) => "undertaking",
            (Some(false), None) => "reconsider",
            (Some(false), Some(false)) => "not_tell",
            (Some(true), _) | (Some(false), Some(true)) => "words",
        },
        Some(_) if running.safe_at.is_none() => "safety",
        Some(_) if !telling.acknowledged => "acknowledge",
        Some(_) if left(Part::After) => "after",
        Some(_) if !telling.plan => "plan",
        Some(_) if !telling.referred => "specialist",
        Some(_) if case.owes_answer(true) => "answer",
        Some(_) => "end",
    }
}

//= Disclosure scheme guidance (DA Act 2021 s.77), disclosure: only the approved words are told,
//= and only when it is safe to hear them
fn words(case: &Case, running: &Running, now: At) -> Option<String> {
    let may = matches!(next(case, running, now), "words" | "acknowledge") && fresh(running, now);
    let words = case.approved_words().filter(|_| may)?;
    words.clone().into_known()
}

fn lines(case: &Case, part: Part, channel: Channel) -> Vec<Shown> {
    let welsh = case.language == "cy";
    let shown = |line: &'static Line| Shown {
        id: line.id,
        text: if welsh { line.cy } else { line.en },
        lang: if welsh { "cy" } else { "en" },
        done: case.telling.read.contains(line.id),
    };
    SCRIPT.of(part, channel).map(shown).collect()
}

/// Words that are not erased.
pub(crate) fn known(words: Option<&Personal<String>>) -> Option<&str> {
    words.and_then(Personal::known).map(String::as_str)
}
