//! Read model: by which blind marks somebody is found again. Neither a name nor a number stands
//! here, and the marks go with the key of what they were made from.

use crate::{limits, said};
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Event as Reporting, IncidentId};
use investigation::{Event as Investigating, InvestigationId};
use person::mark::{self, Kind};
use person::{Event, Facts, Part, PersonId};
use safeguarding::{Event as Safeguarding, SafeguardingId};
use std::collections::{BTreeMap, BTreeSet};

/// The read model.
pub(crate) struct Marks;

#[async_trait]
impl ReadModel for Marks {
    fn name(&self) -> &'static str {
        "person_marks"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["person_marks"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE person_marks (
                mark BLOB NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, part TEXT NOT NULL,
                key TEXT NOT NULL, PRIMARY KEY (mark, kind, source, part)) STRICT, WITHOUT ROWID",
            "CREATE INDEX person_marks_by_source ON person_marks (source, part)",
            "CREATE INDEX person_marks_by_key ON person_marks (key)",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        &["DELETE FROM person_marks WHERE key = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            "incident.reported.v1"
                | "investigation.person_added.v1"
                | "investigation.person_changed.v1"
                | "investigation.person_removed.v1"
                | "safeguarding.child_recorded.v1"
                | "person.described.v1"
        )
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        for (source, part) in sources(event)? {
            let facts = match part {
                Some(part) => {
                    let Ok(incident) = source.parse::<IncidentId>() else { continue };
                    said::of(engine, incident, part).await?.unwrap_or_default().facts()
                }
                None => described(event)?,
            };
            let part = part.map(Part::code).unwrap_or_default();
            sqlx::query("DELETE FROM person_marks WHERE source = $1 AND part = $2")
                .bind(&source)
                .bind(&part)
                .execute(&mut *tx)
                .await?;
            for (kind, value) in mark::marks(&facts) {
                sqlx::query("INSERT OR IGNORE INTO person_marks VALUES ($1, $2, $3, $4, $5)")
                    .bind(blind(engine, kind, &value))
                    .bind(kind.code())
                    .bind(&source)
                    .bind(&part)
                    .bind(&event.key)
                    .execute(&mut *tx)
                    .await?;
            }
        }
        Ok(())
    }
}

fn blind(engine: &Engine, kind: Kind, value: &str) -> Vec<u8> {
    engine.blind(&format!("person/{}", kind.code()), value).to_vec()
}

fn described(event: &Opened) -> Result<Facts, Fault> {
    Ok(match event.decode::<Event>()? {
        Event::Described { known } => known.known().map(said::of_known).unwrap_or_default(),
        _ => Facts::default(),
    })
}

/// Whom an event says something of: an incident's id with a part, or a record's id without one.
pub(crate) fn sources(event: &Opened) -> Result<Vec<(String, Option<Part>)>, Fault> {
    let stream = event.stream.as_str();
    if let Some(incident) = IncidentId::of_stream(stream) {
        let reported = matches!(event.decode()?, Reporting::Reported { .. });
        let both = [Part::Reporter, Part::Named].into_iter().filter(|_| reported);
        return Ok(both.map(|part| (incident.to_string(), Some(part))).collect());
    }
    if let Some(of) = InvestigationId::of_stream(stream) {
        return Ok(match event.decode()? {
            Investigating::PersonAdded { number, .. }
            | Investigating::PersonChanged { number, .. }
            | Investigating::PersonRemoved { number, .. } => {
                vec![(of.to_string(), Some(Part::Party { number }))]
            }
            _ => vec![],
        });
    }
    if let Some(of) = SafeguardingId::of_stream(stream) {
        return Ok(match event.decode()? {
            Safeguarding::ChildRecorded { child, .. } => {
                vec![(of.to_string(), Some(Part::Child { number: child }))]
            }
            _ => vec![],
        });
    }
    Ok(PersonId::of_stream(stream).map(|id| (id.to_string(), None)).into_iter().collect())
}

/// Who shares something with these facts: the record that stands for each, and what they share.
pub(crate) async fn find(
    engine: &Engine,
    facts: &Facts,
) -> Result<BTreeMap<PersonId, BTreeSet<Kind>>, Fault> {
    let mut found = BTreeMap::<PersonId, BTreeSet<Kind>>::new();
    for (kind, value) in mark::marks(facts) {
        let people: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT r.root FROM person_marks m
             LEFT JOIN person_appearances a ON a.incident = m.source AND a.part = m.part
             JOIN person_records r ON r.person = COALESCE(a.person, m.source)
             WHERE m.mark = $1 AND m.kind = $2 LIMIT $3",
        )
        .bind(blind(engine, kind, &value))
        .bind(kind.code())
        .bind(limits::MARKED_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
        for person in people.iter().filter_map(|id| id.parse().ok()) {
            found.entry(person).or_default().insert(kind);
        }
    }
    Ok(found)
}
