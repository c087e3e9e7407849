//! A report, taken while somebody speaks: one page, big text, everything optional but what is
//! happening. The incident's id is born with the form, so that a form sent twice is one report.

use crate::limits;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use engine::Refused;
use incident::report::{
    ContactFlags, Level, Part, Person, Place, Relationship, Report, SafeContact, Source, Suspect,
    Thrive,
};
use incident::{Command, Incident, IncidentId, Refusal};
use kernel::{At, Personal};
use serde::Deserialize;
use ui::{App, FieldErrors, Form, Staff, View, context};

/// The form as it is typed. Every level and choice is a code.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typing {
    incident: String,
    source: String,
    force_reference: String,
    name: String,
    date_of_birth: String,
    phone: String,
    email: String,
    address: String,
    place: String,
    postcode: String,
    account: String,
    safe_phone: String,
    safe_times: String,
    safe_words: String,
    flags: Vec<String>,
    suspect_name: String,
    suspect_date_of_birth: String,
    suspect_description: String,
    suspect_whereabouts: String,
    relationship: String,
    threat: String,
    threat_note: String,
    harm: String,
    harm_note: String,
    risk: String,
    risk_note: String,
    investigation: String,
    investigation_note: String,
    vulnerability: String,
    vulnerability_note: String,
    engagement: String,
    engagement_note: String,
}

/// The six parts, in the order of their letters.
pub(crate) const THRIVE: [&str; 6] =
    ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"];

fn page(incident: &str) -> minijinja::Value {
    let codes = |all: &[&'static str]| all.to_vec();
    context! {
        incident => incident,
        thrive => THRIVE.to_vec(),
        levels => codes(&Level::ALL.map(Level::code)),
        sources => codes(&Source::CHOSEN.map(Source::code)),
        relationships => codes(&Relationship::ALL.map(Relationship::code)),
    }
}

/// The empty form.
pub(crate) async fn get(State(app): State<App>, view: View) -> Response {
    let engine = app.engine();
    let id = IncidentId::birth(engine.now(), engine.luck16());
    view.page("incident/new.html", page(&id.to_string()))
}

/// Takes the report.
pub(crate) async fn post(
    State(app): State<App>,
    view: View,
    staff: Staff,
    Form { value, typed }: Form<Typing>,
) -> Response {
    let engine = app.engine();
    let id =
        value.incident.parse().unwrap_or_else(|_| IncidentId::birth(engine.now(), engine.luck16()));
    let mut errors = FieldErrors::new();
    let report = read(&value, engine.now(), &mut errors);
    if !errors.any() {
        let command = Command::Report(Box::new(report));
        match engine.execute::<Incident>(&id.stream(), command, &staff.caller, None).await {
            // Sent twice: it was taken, and that is what she wants to see.
            Ok(_) | Err(Refused::Refusal(Refusal::AlreadyReported)) => {
                return Redirect::to(&format!("/incidents/{id}")).into_response();
            }
            Err(Refused::Refusal(refusal)) => errors.add("account", refusal.to_string()),
            Err(Refused::Fault(fault)) => return view.fault(&fault),
        }
    }
    view.again("incident/new.html", page(&id.to_string()), &typed, &errors)
}

fn read(typing: &Typing, now: At, errors: &mut FieldErrors) -> Report {
    errors.need("account", &typing.account, "Write what is happening, in a few words at least");
    let date = |field: &str, text: &str, errors: &mut FieldErrors| match date(text) {
        Ok(date) => date,
        Err(words) => {
            errors.add(field, words);
            None
        }
    };
    let born = date("date_of_birth", &typing.date_of_birth, errors);
    let suspect_born = date("suspect_date_of_birth", &typing.suspect_date_of_birth, errors);
    for (field, text) in [("phone", &typing.phone), ("safe_phone", &typing.safe_phone)] {
        if !text.trim().is_empty() && names::phone(text).len() < 5 {
            errors.add(field, "Enter a telephone number with at least five digits, or nothing");
        }
    }
    if !typing.email.trim().is_empty() && !typing.email.contains('@') {
        errors.add("email", "Enter an e-mail address with an @, or nothing");
    }
    lengths(typing, errors);
    report(typing, born, suspect_born, now)
}

fn lengths(typing: &Typing, errors: &mut FieldErrors) {
    if typing.account.len() > limits::TEXT_MAX {
        errors.add("account", "What is happening must be two pages at most");
    }
    for (field, text) in [
        ("name", &typing.name),
        ("phone", &typing.phone),
        ("email", &typing.email),
        ("address", &typing.address),
        ("place", &typing.place),
        ("postcode", &typing.postcode),
        ("safe_phone", &typing.safe_phone),
        ("suspect_name", &typing.suspect_name),
    ] {
        if text.len() > limits::LINE_MAX {
            errors.add(field, "This must be 300 characters at most");
        }
    }
}

fn report(typing: &Typing, born: Option<String>, suspect_born: Option<String>, now: At) -> Report {
    let text = |text: &str| text.trim().to_owned();
    let maybe = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let flag = |name: &str| typing.flags.iter().any(|flag| flag == name);
    let source = Source::ALL.into_iter().find(|source| source.code() == typing.source);
    let relationship = Relationship::ALL.into_iter().find(|one| one.code() == typing.relationship);
    Report {
        source: source.unwrap_or(Source::Emergency),
        called_at: now,
        force_reference: Personal::new(text(&typing.force_reference)),
        person: Personal::new(Person {
            name: text(&typing.name),
            date_of_birth: born,
            phone: text(&typing.phone),
            email: maybe(&typing.email),
            address: maybe(&typing.address),
        }),
        place: Personal::new(Place {
            words: text(&typing.place),
            postcode: maybe(&typing.postcode),
        }),
        account: Personal::new(text(&typing.account)),
        contact: Personal::new(SafeContact {
            phone: maybe(&typing.safe_phone),
            times: text(&typing.safe_times),
            words: text(&typing.safe_words),
        }),
        contact_flags: ContactFlags {
            safe_to_text: flag("safe_to_text"),
            safe_to_call: flag("safe_to_call"),
            no_voicemail: flag("no_voicemail"),
        },
        thrive: thrive(typing),
        suspect: Personal::new(Suspect {
            name: text(&typing.suspect_name),
            date_of_birth: suspect_born,
            description: text(&typing.suspect_description),
            whereabouts: text(&typing.suspect_whereabouts),
        }),
        relationship: relationship.unwrap_or_default(),
        children: flag("children"),
    }
}

fn thrive(typing: &Typing) -> Thrive {
    let part = |level: &str, note: &str| Part {
        level: Level::ALL.into_iter().find(|one| one.code() == level).unwrap_or_default(),
        note: Personal::new(note.trim().to_owned()),
    };
    Thrive {
        threat: part(&typing.threat, &typing.threat_note),
        harm: part(&typing.harm, &typing.harm_note),
        risk: part(&typing.risk, &typing.risk_note),
        investigation: part(&typing.investigation, &typing.investigation_note),
        vulnerability: part(&typing.vulnerability, &typing.vulnerability_note),
        engagement: part(&typing.engagement, &typing.engagement_note),
    }
}

/// `3/11/1990`, `03.11.1990` or `1990-11-03`, as `1990-11-03`; nothing for nothing.
pub(crate) fn date(text: &str) -> Result<Option<String>, &'static str> {
    const WRONG: &str = "Enter a date as day, month and year, for example 31/3/1990";
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| WRONG)?;
    let (year, month, day) = match parts[..] {
        [year, month, day] if year >= 1000 => (year, month, day),
        [day, month, year] => (year, month, day),
        _ => return Err(WRONG),
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    if !(1900..=2100).contains(&year) || !(1..=days).contains(&day) {
        return Err(WRONG);
    }
    Ok(Some(format!("{year:04}-{month:02}-{day:02}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_understood_as_people_write_it() {
        for text in ["31/3/1990", "31.03.1990", "1990-03-31", " 31 3 1990 "] {
            assert_eq!(date(text), Ok(Some("1990-03-31".into())), "{text}");
        }
        assert_eq!(date(" "), Ok(None));
        for text in ["31/2/1990", "1990", "3/31/1990", "1/1/90", "x", "29/2/2023"] {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
