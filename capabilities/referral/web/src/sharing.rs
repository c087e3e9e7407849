//! What an agency is told of her record: those fields that the kind allows, as they stand when
//! it is sent. Taken once; the agency never sees the record itself.

use engine::{Engine, Fault};
use incident::report::Report;
use incident::{Incident, IncidentId};
use referral::Field;
use std::collections::BTreeMap;

/// The allowed fields that the incident has something for.
pub(crate) async fn snapshot(
    engine: &Engine,
    incident: IncidentId,
    allowed: &[Field],
) -> Result<BTreeMap<Field, String>, Fault> {
    let (state, _) = engine.state::<Incident>(&incident.stream()).await?;
    let Some(report) = state.report.as_deref() else { return Ok(BTreeMap::new()) };
    let told = allowed.iter().map(|field| (*field, value(report, *field)));
    Ok(told.filter(|(_, text)| !text.is_empty()).collect())
}

fn value(report: &Report, field: Field) -> String {
    let person = report.person.known();
    let lines = |parts: &[&str]| {
        let said: Vec<_> = parts.iter().map(|part| part.trim()).filter(|p| !p.is_empty()).collect();
        said.join("\n")
    };
    match field {
        Field::Name => person.map(|one| one.name.clone()).unwrap_or_default(),
        Field::Born => person.and_then(|one| one.date_of_birth.clone()).unwrap_or_default(),
        Field::Contact => {
            let safe = report.contact.known().cloned().unwrap_or_default();
            let own = person.map(|one| one.phone.as_str()).unwrap_or_default();
            lines(&[safe.phone.as_deref().unwrap_or(own), &safe.times, &safe.words])
        }
        // Codes, for the page to say in words and a machine to obey.
        Field::ContactRules => {
            let flags = report.contact_flags;
            let rule = |is, yes, no| if is { yes } else { no };
            [
                rule(flags.safe_to_call, "ring", "no_ring"),
                rule(flags.safe_to_text, "text", "no_text"),
                rule(flags.no_voicemail, "no_voicemail", "voicemail"),
            ]
            .join(",")
        }
        Field::Place => {
            let place = report.place.known().cloned().unwrap_or_default();
            let home = person.and_then(|one| one.address.clone()).unwrap_or_default();
            lines(&[&home, &place.words, place.postcode.as_deref().unwrap_or_default()])
        }
        Field::Account => report.account.known().cloned().unwrap_or_default(),
        Field::Suspect => {
            let suspect = report.suspect.known().cloned().unwrap_or_default();
            let born = suspect.date_of_birth.unwrap_or_default();
            lines(&[&suspect.name, &born, &suspect.description, &suspect.whereabouts])
        }
        Field::Relationship => report.relationship.code().to_owned(),
        Field::Children => if report.children { "yes" } else { "no" }.to_owned(),
    }
}
