//! The gate, the form, and who must not know.

use super::{Decision, said, short};
use crate::Refusal;
use crate::application::{
    Applicant, Application, AtRisk, Emergency, Entry, Form, Route, SafeContact, Subject,
};
use crate::clocks::Basis;
use crate::command::Command;
use crate::event::Event;
use crate::limits::{CHILDREN_MAX, CONFLICTED_MAX, NAME_CHARS_MAX, WORDS_CHARS_MAX};
use crate::stage::{Stage, StageTable};
use crate::state::Case;
use kernel::id::StaffId;
use kernel::{Actor, Context, Personal};

pub(super) fn apply(
    route: Route,
    entry: Entry,
    form: Form,
    table: StageTable,
    context: &Context,
) -> Decision {
    enters(route, entry, &context.actor)?;
    //= Disclosure scheme guidance (DA Act 2021 s.77), first contact: danger now is met at once
    //= and outside the scheme
    match form.danger_now {
        None => return Err(Refusal::EmergencyGateFirst),
        Some(true) => {
            let emergency = Personal::new(emergency(form));
            return Ok(vec![Event::LeftForEmergency { route, entry, emergency }]);
        }
        Some(false) => {}
    }
    if !table.is_sound() {
        return Err(Refusal::TableUnsound);
    }
    if form.conflicted.len() > CONFLICTED_MAX {
        return Err(Refusal::TooMany);
    }
    // Whoever hands it in would lose sight of it in the same breath.
    if context.actor.staff().is_some_and(|id| form.conflicted.contains(&id)) {
        return Err(Refusal::NotForYourself);
    }
    let basis = Basis { table: &table, applied_at: context.at, pauses: &[], extended_days: 0 };
    let clocks = basis.clocks(Stage::Initial, context.at)?;
    let (language, conflicted) = (form.language.trim().to_owned(), form.conflicted.clone());
    if language.is_empty() {
        return Err(Refusal::Missing("language"));
    }
    short(&language, "language", 20)?;
    let application = Box::new(application(route, form)?);
    let table = Box::new(table);
    Ok(vec![Event::Applied { route, entry, language, application, table, clocks, conflicted }])
}

/// Each way in has those who use it.
fn enters(route: Route, entry: Entry, actor: &Actor) -> Result<(), Refusal> {
    let staff = matches!(actor, Actor::Staff { .. });
    let fits = match entry {
        Entry::Public => route.is_ask() && matches!(actor, Actor::Guest { .. } | Actor::System),
        Entry::Telephone => route.is_ask() && staff,
        Entry::Api => matches!(actor, Actor::Client { .. }),
        Entry::Officer | Entry::Agency => route == Route::Know && staff,
    };
    if fits { Ok(()) } else { Err(Refusal::WrongEntry) }
}

/// Nothing is asked of somebody in danger but what she said already.
fn emergency(form: Form) -> Emergency {
    let at_risk = form.person_at_risk.unwrap_or_default();
    let first = |one: String, other: String| if one.trim().is_empty() { other } else { one };
    Emergency {
        name: first(at_risk.name, form.applicant.name),
        phone: first(form.applicant.contact.phone, at_risk.contact.phone),
        place: first(form.where_now, at_risk.address),
        words: form.concern,
        subject_name: form.subject.name,
    }
}

fn application(route: Route, form: Form) -> Result<Application, Refusal> {
    let (applicant, proposer) = if route.is_ask() {
        (Some(Personal::new(applicant(form.applicant)?)), None)
    } else {
        (None, Some(said(&form.proposer, "proposer", NAME_CHARS_MAX)?))
    };
    let person_at_risk = match (route, form.person_at_risk) {
        (Route::AskSelf, _) => None,
        (_, None) => return Err(Refusal::NobodyAtRisk),
        (_, Some(person)) => Some(Personal::new(at_risk(person)?)),
    };
    if form.children.len() > CHILDREN_MAX {
        return Err(Refusal::TooMany);
    }
    for child in &form.children {
        for text in [&child.name, &child.age, &child.lives_with] {
            short(text, "children", NAME_CHARS_MAX)?;
        }
    }
    Ok(Application {
        applicant,
        person_at_risk,
        subject: Personal::new(subject(form.subject)?),
        concern: said(&form.concern, "concern", WORDS_CHARS_MAX)?,
        children: Personal::new(form.children),
        proposer,
    })
}

//= Disclosure scheme guidance (DA Act 2021 s.77), first contact: who asks, and when and where it
//= is safe to reach her
fn applicant(one: Applicant) -> Result<Applicant, Refusal> {
    said(&one.name, "name", NAME_CHARS_MAX)?;
    said(&one.date_of_birth, "date_of_birth", NAME_CHARS_MAX)?;
    born(&one.date_of_birth, "date_of_birth")?;
    contact(&one.contact)?;
    short(&one.relation, "relation", NAME_CHARS_MAX)?;
    let empty = |text: &str| text.trim().is_empty();
    let no_way = empty(&one.contact.phone) && empty(&one.contact.email);
    if no_way || empty(&one.contact.times) {
        return Err(Refusal::NoSafeContact);
    }
    Ok(one)
}

fn at_risk(one: AtRisk) -> Result<AtRisk, Refusal> {
    said(&one.name, "person_at_risk_name", NAME_CHARS_MAX)?;
    born(&one.date_of_birth, "person_at_risk_date_of_birth")?;
    short(&one.address, "person_at_risk_address", NAME_CHARS_MAX)?;
    contact(&one.contact)?;
    Ok(one)
}

fn subject(one: Subject) -> Result<Subject, Refusal> {
    said(&one.name, "subject_name", NAME_CHARS_MAX)?;
    born(&one.date_of_birth, "subject_date_of_birth")?;
    short(&one.address, "subject_address", NAME_CHARS_MAX)?;
    said(&one.relationship, "subject_relationship", NAME_CHARS_MAX)?;
    Ok(one)
}

fn contact(one: &SafeContact) -> Result<(), Refusal> {
    for text in [&one.phone, &one.email, &one.times, &one.place] {
        short(text, "safe_contact", NAME_CHARS_MAX)?;
    }
    short(&one.words, "safe_contact", WORDS_CHARS_MAX)
}

/// Nothing, or a day that was.
fn born(text: &str, field: &'static str) -> Result<(), Refusal> {
    let is_day = text.trim().parse::<calendar::Date>().is_ok();
    if text.trim().is_empty() || is_day { Ok(()) } else { Err(Refusal::NotADate(field)) }
}

pub(super) fn raise_danger(emergency: Emergency, by: StaffId) -> Decision {
    Ok(vec![Event::DangerRaised { emergency: Personal::new(emergency), by }])
}

pub(super) fn conflict(case: &Case, command: Command, by: StaffId) -> Decision {
    match command {
        Command::DeclareConflict { staff, reason } => {
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            if staff == by {
                return Err(Refusal::NotForYourself);
            }
            if case.conflicted.contains(&staff) {
                return Ok(vec![]);
            }
            if case.conflicted.len() >= CONFLICTED_MAX {
                return Err(Refusal::TooMany);
            }
            Ok(vec![Event::ConflictDeclared { staff, reason, by }])
        }
        Command::LiftConflict { staff, reason } => {
            let reason = said(&reason, "reason", WORDS_CHARS_MAX)?;
            if !case.conflicted.contains(&staff) {
                return Ok(vec![]);
            }
            Ok(vec![Event::ConflictLifted { staff, reason, by }])
        }
        _ => Err(Refusal::NotWaiting),
    }
}
