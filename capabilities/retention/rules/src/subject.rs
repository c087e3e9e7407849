//! What a hold or a promotion is about: a key, as the key store knew it when it was asked.

use crate::{Refusal, limits};
use kernel::{Actor, At, Context, Day, Personal, id::StaffId};
use serde::{Deserialize, Serialize};

/// One key and what hangs on it. Holds nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// The key's name: the stream, or `stream#class` for fields that are kept apart.
    pub key: String,
    /// The stream.
    pub stream: String,
    /// Its retention class.
    pub class: String,
    /// The day at whose start it goes, unless something outranks it.
    pub expires_on: Day,
}

/// What was found under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// No such key was ever born.
    Unknown,
    /// A key.
    Known {
        /// Which.
        thing: Thing,
        /// Whether a hold or a promotion keeps it past its day.
        kept: bool,
        /// Whether it is destroyed.
        forgotten: bool,
    },
}

impl Subject {
    /// The thing, while it can still be read at `at`.
    fn living(&self, at: At) -> Result<&Thing, Refusal> {
        match self {
            Self::Unknown => Err(Refusal::Unknown),
            Self::Known { forgotten: true, .. } => Err(Refusal::DayCome),
            Self::Known { thing, kept, .. } if *kept || at < thing.expires_on.start() => Ok(thing),
            Self::Known { .. } => Err(Refusal::DayCome),
        }
    }
}

/// How a key fares under what outranks its clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It is to be wrapped again; nobody may rely on it yet.
    Asked,
    /// It is wrapped again, durably: its day cannot take it.
    Kept,
    /// Its day came first: it is not kept.
    Failed,
    /// That wrapping is gone; the old deadline counts again.
    LetGo,
}

/// Every subject must still be readable: a hold on what is gone would be a promise to nobody.
//= Management of Police Information code of practice, review, retention and disposal: what is
//= to be kept is decided before it would go
pub(crate) fn all_living(subjects: &[Subject], at: At) -> Result<Vec<Thing>, Refusal> {
    let mut things = Vec::<Thing>::new();
    for subject in subjects {
        let thing = subject.living(at)?;
        if !things.iter().any(|known| known.key == thing.key) {
            things.push(thing.clone());
        }
    }
    match things.len() {
        0 => Err(Refusal::NothingNamed),
        many if many > limits::THINGS_MAX => Err(Refusal::TooMany),
        _ => Ok(things),
    }
}

/// Of what was proposed, what can still be kept and what came too late. What can be kept is not
/// given up for what cannot.
pub(crate) fn sorted(
    proposed: &[Thing],
    subjects: &[Subject],
    at: At,
) -> Result<(Vec<Thing>, Vec<Thing>), Refusal> {
    let lives = |thing: &&Thing| {
        subjects.iter().any(|s| s.living(at).is_ok_and(|found| found.key == thing.key))
    };
    let (living, late): (Vec<_>, Vec<_>) = proposed.iter().partition(lives);
    if living.is_empty() {
        return Err(Refusal::DayCome);
    }
    Ok((living.into_iter().cloned().collect(), late.into_iter().cloned().collect()))
}

/// A reason that says something.
pub(crate) fn reason(text: &str) -> Result<Personal<String>, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::ReasonMissing),
        long if long > limits::REASON_CHARS_MAX => Err(Refusal::TooLong),
        _ => Ok(text.to_owned().into()),
    }
}

/// The member of staff who asks.
pub(crate) fn staff(context: &Context) -> Result<StaffId, Refusal> {
    context.actor.staff().ok_or(Refusal::StaffOnly)
}

/// Whether Sightline itself asks: it alone says what the key store did.
pub(crate) fn own(context: &Context) -> Result<(), Refusal> {
    if context.actor == Actor::System { Ok(()) } else { Err(Refusal::NotProposed) }
}

/// Somebody else than who asked first.
//= Management of Police Information code of practice, review, retention and disposal: nobody
//= alone decides that a record stays
pub(crate) fn second(context: &Context, first: StaffId) -> Result<StaffId, Refusal> {
    let second = staff(context)?;
    if second == first { Err(Refusal::SamePerson) } else { Ok(second) }
}
