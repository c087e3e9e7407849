//! How one referral is shown, to the hub and to the agency alike: what was written, what of her
//! record went with it, what was said since. The agency's page adds nothing to it.

use crate::kinds;
use minijinja::{Value, context};
use referral::{Asked, Field, ReferralId};

/// The page's part of one referral. Personal: note the consultation first.
pub(crate) fn referral(id: ReferralId, asked: &Asked) -> Value {
    let kind = kinds::table().get(asked.kind.text());
    let criterion = |code: &String| kind.and_then(|kind| kind.criterion(code)).map(str::to_owned);
    let criteria: Vec<_> = asked.criteria.iter().filter_map(criterion).collect();
    let shared: Vec<_> = asked
        .shared
        .known()
        .into_iter()
        .flatten()
        .map(|(field, text)| context! { field => field.code(), text, codes => codes(*field, text) })
        .collect();
    let notes: Vec<_> = asked
        .notes
        .iter()
        .map(|note| {
            let (at, what, code) = (note.at.0, note.what, note.code);
            context! { at, what, code, text => note.text.known() }
        })
        .collect();
    let micros = |at: Option<kernel::At>| at.map(|at| at.0);
    context! {
        id => id.to_string(),
        short => short(&id.to_string()),
        title => kinds::title(asked.kind.text()),
        kind => asked.kind.text(),
        step => asked.step.code(),
        open => asked.step.open(),
        basis => asked.basis.code(),
        override_reason => asked.override_reason.as_ref().and_then(|why| why.known()),
        summary => asked.summary.known(),
        at => asked.at.0,
        sent_at => micros(asked.sent_at),
        due_at => asked.due_at.0,
        next_at => next_at(asked),
        question => asked.question,
        criteria, shared, notes,
    }
}

/// By when the next thing is owed; nothing once she was spoken with.
fn next_at(asked: &Asked) -> Option<i64> {
    use referral::Step;
    match asked.step {
        Step::Requested | Step::Sent | Step::Seen => {
            Some(asked.acknowledge_by.unwrap_or(asked.due_at).0)
        }
        Step::Accepted | Step::Declined => Some(asked.due_at.0),
        Step::Engaged | Step::Closed | Step::Withdrawn => None,
    }
}

/// What people say for a referral: the last digits of its id, since the first are its time.
pub(crate) fn short(id: &str) -> String {
    id.chars().skip(id.len().saturating_sub(6)).collect::<String>().to_uppercase()
}

/// Codes that the page says in words.
fn codes(field: Field, text: &str) -> Vec<String> {
    match field {
        Field::ContactRules => text.split(',').map(|code| format!("rule-{code}")).collect(),
        Field::Relationship => vec![format!("relationship-{text}")],
        Field::Children => vec![format!("children-{text}")],
        _ => vec![],
    }
}
