//! Grades: the officer's, and the second one. No answer and no number is asked here.

use crate::command::Officer;
use crate::decide::{Decision, free};
use crate::event::{Event, Given, Grade};
use crate::instrument::{Contrary, Instrument};
use crate::limits;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::state::Assessment;
use kernel::id::StaffId;
use kernel::{Actor, At, Context, Role};
use std::collections::BTreeMap;

/// What somebody judges.
pub(crate) struct Said {
    pub(crate) grade: Grade,
    pub(crate) reason: String,
    pub(crate) by: StaffId,
}

/// Whose judgement it is. One of the force's systems names the officer; a person is herself.
pub(crate) fn by(context: &Context, officer: Officer) -> Result<StaffId, Refusal> {
    context.actor.staff().or(officer).ok_or(Refusal::OfficerMissing)
}

/// A reason that says something.
pub(crate) fn reason(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::ReasonMissing),
        length if length > limits::REASON_CHARS_MAX => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}

//= College of Policing, Authorised Professional Practice on domestic abuse: the officer judges,
//= the instrument informs
pub(crate) fn grade(
    before: Option<&Assessment>,
    (pack, policy): (&Instrument, &Policy),
    said: &Said,
    acknowledged: BTreeMap<String, String>,
    at: At,
) -> Decision {
    let before =
        before.filter(|before| before.answers.values().any(|k| k.given != Given::NotAsked {}));
    let before = before.ok_or(Refusal::NothingAnswered)?;
    if !before.is_of(pack) {
        return Err(Refusal::OtherInstrument);
    }
    if before.earshot.is_empty() {
        return Err(Refusal::EarshotMissing);
    }
    let mut events = acknowledge(before, pack, &acknowledged)?;
    let reason = reason(&said.reason)?;
    let same = |one: &crate::state::Graded| {
        !one.outdated
            && one.grade == said.grade
            && one.reason.known().map(String::as_str) == Some(reason.as_str())
    };
    let again = before.reassess.is_some();
    if events.is_empty() && !again && before.graded.as_ref().is_some_and(same) {
        return Ok(vec![]);
    }
    let high = said.grade == Grade::High;
    // A high grade that is lowered before anybody has looked at it still owes the second.
    let second_due = before.second_due.or_else(|| high.then(|| policy.second_due(at)));
    events.push(Event::Graded {
        grade: said.grade,
        reason: reason.into(),
        answered: before.answered(),
        unanswered: pack.unanswered(&before.values()),
        by: Some(said.by),
        second_due,
        review_at: high.then(|| policy.review_at(at)),
    });
    Ok(events)
}

/// Every contradiction that stands is answered for, or the grade waits.
fn acknowledge(
    before: &Assessment,
    pack: &Instrument,
    acknowledged: &BTreeMap<String, String>,
) -> Decision {
    let mut events = Vec::new();
    for one in before.contrary(pack) {
        let note = acknowledged.get(&one.id).map(|note| free(note)).transpose()?;
        let Some(note) = note.filter(|note| !note.is_empty()) else {
            let says = says(&one, pack);
            return Err(Refusal::Contradiction { rule: one.id, says });
        };
        events.push(Event::ContradictionAcknowledged { rule: one.id, note: note.into() });
    }
    Ok(events)
}

/// In the force's own language.
fn says(one: &Contrary<'_>, pack: &Instrument) -> String {
    let ask = |id: &str| {
        pack.question(id).map(|q| q.ask.in_language(pack.language())).unwrap_or_default().to_owned()
    };
    match one.says {
        Some(words) => words.in_language(pack.language()).to_owned(),
        None => {
            let [first, second] = one.questions.map(ask);
            format!("\"{second}\" is only asked after another answer to \"{first}\".")
        }
    }
}

//= Force policy, risk assessment: a supervisor or specialist who did not make the assessment
//= looks at the grade again, and says why; where the two differ, both stay on record
pub(crate) fn second(before: Option<&Assessment>, said: &Said, context: &Context) -> Decision {
    let before = before.ok_or(Refusal::NotGraded)?;
    let graded = before.graded.as_ref().ok_or(Refusal::NotGraded)?;
    let may = |role| context.actor.has(role);
    if matches!(context.actor, Actor::Staff { .. })
        && !may(Role::Supervisor)
        && !may(Role::Specialist)
    {
        return Err(Refusal::NotSecondGrader);
    }
    if graded.by == Some(said.by) || before.authors().any(|author| author == said.by) {
        return Err(Refusal::Author);
    }
    let reason = reason(&said.reason)?;
    let same = |one: &crate::state::Judged| {
        one.grade == said.grade
            && one.by == Some(said.by)
            && one.reason.known().map(String::as_str) == Some(reason.as_str())
    };
    if before.second.as_ref().is_some_and(same) {
        return Ok(vec![]);
    }
    Ok(vec![Event::SecondGraded {
        grade: said.grade,
        reason: reason.into(),
        by: Some(said.by),
        agrees: said.grade == graded.grade,
    }])
}
