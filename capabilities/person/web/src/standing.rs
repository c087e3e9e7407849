//! Who is a repeat victim and who a serial suspect, for one person and for the lists.

use crate::index::{self, Line};
use crate::limits;
use engine::{Engine, Fault};
use incident::IncidentId;
use kernel::At;
use person::repeat::{Counted, Standing, standing};
use person::{PersonId, Policy, Role};
use serde::Serialize;
use sqlx::Row as _;
use std::collections::BTreeSet;

/// How a person stands now, by what of her may be seen.
pub(crate) async fn of(
    engine: &Engine,
    lines: &[Line],
    policy: &Policy,
) -> Result<Standing, Fault> {
    let of = |line: &Line| Counted {
        incident: line.incident,
        role: line.role,
        reported_at: line.reported_at,
    };
    let counted: Vec<Counted> = lines.iter().map(of).collect();
    let suspect: BTreeSet<IncidentId> =
        lines.iter().filter(|one| one.role == Role::Suspect).map(|one| one.incident).collect();
    let mut victims = BTreeSet::new();
    for incident in suspect {
        let there = index::of_incident(engine, incident).await?;
        victims.extend(there.iter().filter(|one| one.role == Role::Victim).map(|one| one.person));
    }
    Ok(standing(&counted, &victims, policy, engine.now()))
}

/// A person in a list: counts and a day, no name.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) incidents: i64,
    pub(crate) victims: i64,
    pub(crate) last_at: i64,
}

/// People with more than one incident as the victim since `since`, the most first.
pub(crate) async fn repeat_victims(engine: &Engine, since: At) -> Result<Vec<Listed>, Fault> {
    list(
        engine,
        "SELECT r.root, COUNT(DISTINCT a.incident) AS incidents, 0, MAX(a.reported_at) AS last
         FROM person_appearances a JOIN person_records r ON r.person = a.person
         WHERE a.role = 'victim' AND a.reported_at >= $1
         GROUP BY r.root HAVING incidents > 1 ORDER BY incidents DESC, last DESC LIMIT $2",
        since.0,
    )
    .await
}

/// People named as the suspect by so many victims, the most first.
pub(crate) async fn serial_suspects(
    engine: &Engine,
    policy: &Policy,
) -> Result<Vec<Listed>, Fault> {
    list(
        engine,
        "SELECT r.root, COUNT(DISTINCT a.incident), COUNT(DISTINCT w.root) AS victims,
            MAX(a.reported_at) AS last
         FROM person_appearances a JOIN person_records r ON r.person = a.person
         JOIN person_appearances v ON v.incident = a.incident AND v.role = 'victim'
         JOIN person_records w ON w.person = v.person
         WHERE a.role = 'suspect'
         GROUP BY r.root HAVING victims >= $1 ORDER BY victims DESC, last DESC LIMIT $2",
        i64::from(policy.serial_victims),
    )
    .await
}

async fn list(engine: &Engine, sql: &'static str, first: i64) -> Result<Vec<Listed>, Fault> {
    let rows = sqlx::query(sql)
        .bind(first)
        .bind(limits::LISTED_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    let row = |row: &sqlx::sqlite::SqliteRow| {
        let id: PersonId = row.get::<String, _>(0).parse().ok()?;
        Some(Listed {
            id: id.to_string(),
            reference: id.reference(),
            incidents: row.get(1),
            victims: row.get(2),
            last_at: row.get(3),
        })
    };
    Ok(rows.iter().filter_map(row).collect())
}
