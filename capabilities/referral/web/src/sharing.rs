//! What an agency is told of her record: those fields that the kind allows, as they stand when
//! it is sent. Taken once; the agency never sees the record itself.

use engine::{Engine, Fault};
use incident::report::Report;
use incident::{Incident, IncidentId};
use referral::Field;
use safeguarding::contact::{Rule, Shown};
use safeguarding::{Safeguarding, SafeguardingId, Way};
use std::collections::BTreeMap;

/// The allowed fields that the incident has something for.
pub(crate) async fn snapshot(
    engine: &Engine,
    incident: IncidentId,
    allowed: &[Field],
) -> Result<BTreeMap<Field, String>, Fault> {
    let (state, _) = engine.state::<Incident>(&incident.stream()).await?;
    let Some(report) = state.report.as_deref() else { return Ok(BTreeMap::new()) };
    let plan = SafeguardingId::from(incident).stream();
    let (plan, _) = engine.state::<Safeguarding>(&plan).await?;
    let rule = plan.contact.as_ref();
    let told = allowed.iter().map(|field| (*field, ruled(report, *field, rule)));
    Ok(told.filter(|(_, text)| !text.is_empty()).collect())
}

/// What the field says; how she may be reached by the rule that was made with her, once there is
/// one: the report is what was known before anybody asked.
fn ruled(report: &Report, field: Field, rule: Option<&Rule>) -> String {
    match (field, rule) {
        (Field::Contact, Some(rule)) => {
            let Shown { number, from, until, say, others, .. } = rule.shown();
            let hours = if from.is_empty() { from } else { format!("{from} - {until}") };
            let reported = value(report, field);
            let known = if number.is_empty() { reported } else { number };
            lines(&[&known, &hours, &say, &others])
        }
        (Field::ContactRules, Some(rule)) => {
            let code = |way, yes: &'static str, no| if rule.allows(way) { yes } else { no };
            [
                code(Way::Ring, "ring", "no_ring"),
                code(Way::Text, "text", "no_text"),
                code(Way::Voicemail, "voicemail", "no_voicemail"),
            ]
            .join(",")
        }
        _ => value(report, field),
    }
}

fn lines(parts: &[&str]) -> String {
    let said: Vec<_> = parts.iter().map(|part| part.trim()).filter(|p| !p.is_empty()).collect();
    said.join("\n")
}

fn value(report: &Report, field: Field) -> String {
    let person = report.person.known();
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
