//! Read model: who is the suspect or the victim of what, what was recorded of it, and where plans
//! stand. Ids, codes and times alone.

use crate::limits;
use arrest::Order;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Incident, IncidentId};
use investigation::{Event as Investigating, InvestigationId};
use kernel::At;
use kernel::id::StaffId;
use perpetrator::harm::{Fact, Was};
use perpetrator::{Perpetrator, PerpetratorId};
use person::{Person, PersonId};
use risk::{Event as Grading, Grade, RiskId};
use serde::Serialize;
use sqlx::Row as _;
use std::collections::{BTreeMap, BTreeSet};

/// The read model.
pub(crate) struct Index;

#[async_trait]
impl ReadModel for Index {
    fn name(&self) -> &'static str {
        "perpetrator_index"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["perpetrator_people", "perpetrator_facts", "perpetrator_plans"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE perpetrator_people (
                person TEXT NOT NULL, incident TEXT NOT NULL, role TEXT NOT NULL,
                reported_at INTEGER NOT NULL, PRIMARY KEY (person, incident, role)) STRICT,
                WITHOUT ROWID",
            "CREATE INDEX perpetrator_people_by_incident ON perpetrator_people (incident, role)",
            "CREATE TABLE perpetrator_facts (
                incident TEXT NOT NULL, source TEXT NOT NULL, was TEXT NOT NULL, code TEXT,
                at INTEGER NOT NULL, PRIMARY KEY (incident, source)) STRICT, WITHOUT ROWID",
            "CREATE TABLE perpetrator_plans (
                person TEXT PRIMARY KEY, since INTEGER, next_due INTEGER, owner TEXT,
                breaches INTEGER NOT NULL) STRICT",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        // What is forgotten does not count against anybody any more.
        &[
            "DELETE FROM perpetrator_people WHERE 'incident/' || incident = $1",
            "DELETE FROM perpetrator_facts WHERE 'incident/' || incident = $1",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("person.")
            || kind.starts_with("perpetrator.")
            || matches!(
                kind,
                "investigation.recorded_crime.v1"
                    | "investigation.recorded_non_crime.v1"
                    | "risk.graded.v1"
                    | "risk.second_graded.v1"
                    | "order.breached.v1"
            )
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.noun() {
            "person" => person(engine, event, tx).await,
            "perpetrator" => plan(engine, event, tx).await,
            "investigation" => recorded(event, tx).await,
            "risk" => graded(event, tx).await,
            _ => breached(engine, event, tx).await,
        }
    }
}

/// The rows of one record, written anew: a record that is part of another has none.
async fn person(engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let Some(id) = PersonId::of_stream(&event.stream) else { return Ok(()) };
    let (state, _) = engine.state::<Person>(&event.stream).await?;
    sqlx::query("DELETE FROM perpetrator_people WHERE person = $1")
        .bind(id.to_string())
        .execute(&mut *tx)
        .await?;
    if state.merged_into.is_some() {
        return Ok(());
    }
    for one in state.appearances() {
        if engine.is_forgotten(&one.incident.stream()).await? {
            continue;
        }
        let (incident, _) = engine.state::<Incident>(&one.incident.stream()).await?;
        let reported_at = incident.report.map_or(event.at, |report| report.called_at);
        sqlx::query("INSERT OR IGNORE INTO perpetrator_people VALUES ($1, $2, $3, $4)")
            .bind(id.to_string())
            .bind(one.incident.to_string())
            .bind(one.role.code())
            .bind(reported_at.0)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

async fn plan(engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let Some(id) = PerpetratorId::of_stream(&event.stream) else { return Ok(()) };
    let (state, _) = engine.state::<Perpetrator>(&event.stream).await?;
    let undecided = |one: &&perpetrator::state::Condition| {
        matches!(one.holding, perpetrator::state::Holding::Breached(..))
    };
    sqlx::query("INSERT OR REPLACE INTO perpetrator_plans VALUES ($1, $2, $3, $4, $5)")
        .bind(id.to_string())
        .bind(state.since.map(|at| at.0))
        .bind(state.next_due().map(|at| at.0))
        .bind(state.owner.map(|owner| owner.stream()))
        .bind(state.conditions.values().filter(undecided).count() as i64)
        .execute(tx)
        .await?;
    Ok(())
}

/// Something that was said, by where it was: said again, the last word counts.
async fn fact(
    incident: IncidentId,
    source: &str,
    was: Option<(&str, Option<String>)>,
    at: At,
    tx: &mut Tx,
) -> Result<(), Fault> {
    let Some((was, code)) = was else {
        sqlx::query("DELETE FROM perpetrator_facts WHERE incident = $1 AND source = $2")
            .bind(incident.to_string())
            .bind(source)
            .execute(tx)
            .await?;
        return Ok(());
    };
    sqlx::query("INSERT OR REPLACE INTO perpetrator_facts VALUES ($1, $2, $3, $4, $5)")
        .bind(incident.to_string())
        .bind(source)
        .bind(was)
        .bind(code)
        .bind(at.0)
        .execute(tx)
        .await?;
    Ok(())
}

async fn recorded(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let Some(id) = InvestigationId::of_stream(&event.stream) else { return Ok(()) };
    let was = match event.decode()? {
        Investigating::RecordedCrime { code, .. } => ("crime", code.map(|code| code.code)),
        _ => ("non_crime", None),
    };
    fact(IncidentId(id.0), "investigation", Some(was), event.at, tx).await
}

/// The last judgement counts, whoever gave it.
async fn graded(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let Some(id) = RiskId::of_stream(&event.stream) else { return Ok(()) };
    let (Grading::Graded { grade, .. } | Grading::SecondGraded { grade, .. }) = event.decode()?
    else {
        return Ok(());
    };
    let high = (grade == Grade::High).then_some(("high_risk", None));
    fact(IncidentId(id.0), "risk", high, event.at, tx).await
}

async fn breached(engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let (state, _) = engine.state::<Order>(&event.stream).await?;
    let Some(made) = state.made else { return Ok(()) };
    let source = format!("{} {}", event.stream, event.version);
    fact(made.incident, &source, Some(("breach", None)), event.at, tx).await
}

/// What is known of one suspect.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Incidents in which he is the suspect, with when they were reported.
    pub(crate) incidents: BTreeMap<IncidentId, At>,
    /// Different people who are the victims in those.
    pub(crate) victims: BTreeSet<PersonId>,
    /// What was said in those.
    pub(crate) facts: Vec<Fact>,
}

/// Every suspect, or this one alone, but for what `hidden` says must not be seen.
pub(crate) async fn suspects(
    engine: &Engine,
    only: Option<PersonId>,
    hidden: impl Fn(IncidentId) -> bool,
) -> Result<BTreeMap<PersonId, Known>, Fault> {
    let only = only.map(|id| id.to_string());
    let rows = sqlx::query(
        "SELECT s.person, s.incident, s.reported_at, v.person FROM perpetrator_people s
         LEFT JOIN perpetrator_people v ON v.incident = s.incident AND v.role = 'victim'
         WHERE s.role = 'suspect' AND ($1 IS NULL OR s.person = $1)
         ORDER BY s.incident DESC LIMIT $2",
    )
    .bind(&only)
    .bind(limits::SUSPECTS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut all = BTreeMap::<PersonId, Known>::new();
    for row in rows {
        let id = |column: usize| row.get::<Option<String>, _>(column);
        let person = id(0).and_then(|text| text.parse().ok());
        let incident = id(1).and_then(|text| text.parse().ok());
        let (Some(person), Some(incident)) = (person, incident) else { continue };
        if hidden(incident) {
            continue;
        }
        let known = all.entry(person).or_default();
        known.incidents.insert(incident, At(row.get(2)));
        known.victims.extend(id(3).and_then(|text| text.parse::<PersonId>().ok()));
    }
    facts(engine, only.as_deref(), &mut all).await?;
    Ok(all)
}

/// Adds what was said; an incident of which nobody has decided what it was is not known.
async fn facts(
    engine: &Engine,
    only: Option<&str>,
    all: &mut BTreeMap<PersonId, Known>,
) -> Result<(), Fault> {
    let rows = sqlx::query(
        "SELECT s.person, f.incident, f.was, f.code, f.at FROM perpetrator_people s
         JOIN perpetrator_facts f ON f.incident = s.incident
         WHERE s.role = 'suspect' AND ($1 IS NULL OR s.person = $1) LIMIT $2",
    )
    .bind(only)
    .bind(limits::FACTS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let mut decided = BTreeSet::new();
    for row in rows {
        let person = row.get::<String, _>(0).parse::<PersonId>();
        let incident = row.get::<String, _>(1).parse::<IncidentId>();
        let (Ok(person), Ok(incident)) = (person, incident) else { continue };
        let was = match row.get::<&str, _>(2) {
            "crime" => Some(Was::Crime(row.get(3))),
            "breach" => Some(Was::Breach),
            "high_risk" => Some(Was::HighRisk),
            _ => None,
        };
        if matches!(row.get::<&str, _>(2), "crime" | "non_crime") {
            decided.insert((person, incident));
        }
        let known = all.get_mut(&person).filter(|known| known.incidents.contains_key(&incident));
        if let (Some(known), Some(was)) = (known, was) {
            known.facts.push(Fact { incident, at: At(row.get(4)), was });
        }
    }
    for (person, known) in all {
        for (incident, at) in &known.incidents {
            if !decided.contains(&(*person, *incident)) {
                let (incident, at, was) = (*incident, *at, Was::Undecided);
                known.facts.push(Fact { incident, at, was });
            }
        }
    }
    Ok(())
}

/// Where a plan stands.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Plan {
    pub(crate) since: i64,
    pub(crate) next_due: Option<i64>,
    #[serde(skip)]
    pub(crate) owner: Option<StaffId>,
    /// Breaches that nobody has decided.
    pub(crate) breaches: i64,
}

/// Every open plan.
pub(crate) async fn plans(engine: &Engine) -> Result<BTreeMap<PersonId, Plan>, Fault> {
    let rows = sqlx::query(
        "SELECT person, since, next_due, owner, breaches FROM perpetrator_plans
         WHERE since IS NOT NULL LIMIT $1",
    )
    .bind(limits::SUSPECTS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let plan = |row: &sqlx::sqlite::SqliteRow| {
        let person = row.get::<String, _>(0).parse().ok()?;
        let owner: Option<String> = row.get(3);
        let plan = Plan {
            since: row.get(1),
            next_due: row.get(2),
            owner: owner.as_deref().and_then(StaffId::of_stream),
            breaches: row.get(4),
        };
        Some((person, plan))
    };
    Ok(rows.iter().filter_map(plan).collect())
}
