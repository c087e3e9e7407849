//! Applications of the same people, found by blind index in domains of their own: neither a
//! name nor a number stands in a table, and no other capability's search meets these marks.

use crate::limits::FOUND_MAX;
use crate::seen::Seen;
use async_trait::async_trait;
use disclosure::{Application, Disclosure, DisclosureId, Event};
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::{Actor, Personal};
use sqlx::Row;
use std::collections::BTreeMap;

/// The read model.
pub(crate) struct People;

/// One thing a person can be found by: the part she has, a domain and a normalised value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    who: &'static str,
    domain: &'static str,
    value: String,
}

/// A name with the day of birth: a common name alone would find strangers.
fn person(who: &'static str, name: &str, born: &str) -> Option<Mark> {
    let value = names::person(name, born)?;
    Some(Mark { who, domain: "disclosure/person", value })
}

/// A number, however it is written.
fn phone(who: &'static str, text: &str) -> Option<Mark> {
    let value = names::number(text)?;
    Some(Mark { who, domain: "disclosure/phone", value })
}

/// What somebody who is looked for can be found by.
pub(crate) fn probe(name: &str, born: &str, number: &str) -> Vec<Mark> {
    person("", name, born).into_iter().chain(phone("", number)).collect()
}

/// Everybody in an application.
pub(crate) fn marks(application: &Application) -> Vec<Mark> {
    let mut marks = vec![];
    if let Some(one) = application.applicant.as_ref().and_then(Personal::known) {
        marks.extend(person("applicant", &one.name, &one.date_of_birth));
        marks.extend(phone("applicant", &one.contact.phone));
    }
    if let Some(one) = application.person_at_risk.as_ref().and_then(Personal::known) {
        marks.extend(person("at_risk", &one.name, &one.date_of_birth));
        marks.extend(phone("at_risk", &one.contact.phone));
    }
    if let Some(one) = application.subject.known() {
        marks.extend(person("subject", &one.name, &one.date_of_birth));
    }
    marks
}

#[async_trait]
impl ReadModel for People {
    fn name(&self) -> &'static str {
        "disclosure_people"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [&'static str] {
        &["disclosure_people"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE disclosure_people (
                mark BLOB NOT NULL, stream TEXT NOT NULL, who TEXT NOT NULL, key TEXT NOT NULL,
                PRIMARY KEY (mark, stream, who)) STRICT, WITHOUT ROWID",
            "CREATE INDEX disclosure_people_by_key ON disclosure_people (key)",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "disclosure.applied.v1"
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM disclosure_people WHERE key = $1"]
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let Event::Applied { application, .. } = event.decode()? else { return Ok(()) };
        for mark in marks(&application) {
            sqlx::query("INSERT OR IGNORE INTO disclosure_people VALUES ($1, $2, $3, $4)")
                .bind(engine.blind(mark.domain, &mark.value).to_vec())
                .bind(&event.stream)
                .bind(mark.who)
                .bind(&event.key)
                .execute(&mut *tx)
                .await?;
        }
        Ok(())
    }
}

/// An application in which one of these people is somebody.
pub(crate) struct Found {
    pub(crate) seen: Seen,
    /// `applicant`, `at_risk`, `subject`: what they are there.
    pub(crate) who: Vec<String>,
}

/// Applications that share somebody, the newest first: those alone that exist for `actor`.
pub(crate) async fn find(
    engine: &Engine,
    marks: &[Mark],
    actor: &Actor,
    but: Option<DisclosureId>,
) -> Result<Vec<Found>, Fault> {
    let mut who = BTreeMap::<DisclosureId, Vec<String>>::new();
    for mark in marks {
        let rows = sqlx::query(
            "SELECT stream, who FROM disclosure_people WHERE mark = $1
             ORDER BY stream DESC LIMIT 200",
        )
        .bind(engine.blind(mark.domain, &mark.value).to_vec())
        .fetch_all(engine.reads().pool())
        .await?;
        for row in rows {
            let stream: String = row.get(0);
            let Some(id) = DisclosureId::of_stream(&stream) else { continue };
            let parts = who.entry(id).or_default();
            let part: String = row.get(1);
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    let mut found = vec![];
    // Ids sort by birth.
    for (id, who) in who.into_iter().rev().filter(|(id, _)| Some(*id) != but) {
        let (state, _) = engine.state::<Disclosure>(&id.stream()).await?;
        if let Some(seen) = Seen::of(id, state, actor) {
            found.push(Found { seen, who });
        }
        if found.len() >= FOUND_MAX {
            break;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_by_name_and_day_or_by_number_however_written() {
        assert_eq!(probe("Example  PERSON", "1990-01-02", "").len(), 1);
        assert_eq!(probe("Example", "1990-01-02", ""), []);
        assert_eq!(probe("Example Person", "", ""), []);
        let numbers = ["07700 900123", "+44 7700 900123", "0044 (0)7700-900123"];
        for number in numbers {
            assert_eq!(probe("", "", number)[0].value, "07700900123");
        }
    }
}
