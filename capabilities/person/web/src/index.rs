//! Read model: which records there are, which elder record stands for each, where they appear,
//! which are colleagues', and which incidents are sealed. Ids, codes and times alone.

use crate::limits;
use access::Event as Account;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::{Incident, IncidentId};
use kernel::At;
use kernel::id::StaffId;
use person::{Appearance, Event, Part, PersonId, Role, Seal, SealId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;

/// The read model.
pub(crate) struct Index;

#[async_trait]
impl ReadModel for Index {
    fn name(&self) -> &'static str {
        "person_index"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["person_records", "person_appearances", "person_seals", "person_staff"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE person_records (
                person TEXT PRIMARY KEY, root TEXT NOT NULL, into_record TEXT,
                colleague TEXT) STRICT",
            "CREATE INDEX person_records_by_root ON person_records (root)",
            "CREATE INDEX person_records_by_colleague ON person_records (colleague)
             WHERE colleague IS NOT NULL",
            "CREATE TABLE person_appearances (
                incident TEXT NOT NULL, part TEXT NOT NULL, role TEXT NOT NULL,
                person TEXT NOT NULL, reported_at INTEGER NOT NULL,
                PRIMARY KEY (incident, part)) STRICT, WITHOUT ROWID",
            "CREATE INDEX person_appearances_by_person ON person_appearances (person)",
            "CREATE TABLE person_seals (
                incident TEXT PRIMARY KEY, since INTEGER, look_by INTEGER) STRICT",
            "CREATE TABLE person_staff (
                staff TEXT PRIMARY KEY, disabled INTEGER NOT NULL) STRICT",
        ]
    }

    fn erases(&self) -> &'static [&'static str] {
        // What is forgotten makes nobody a repeat victim or a serial suspect any more.
        &["DELETE FROM person_appearances WHERE 'incident/' || incident = $1"]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("person.")
            || kind.starts_with("seal.")
            || matches!(kind, "staff.account_created.v1" | "staff.disabled.v1" | "staff.enabled.v1")
    }

    async fn apply(&self, engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        match event.noun() {
            "seal" => seal(engine, event, tx).await,
            "staff" => staff(event, tx).await,
            _ => person(engine, event, tx).await,
        }
    }
}

async fn staff(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let disabled = matches!(event.decode::<Account>()?, Account::Disabled {});
    sqlx::query("INSERT OR REPLACE INTO person_staff VALUES ($1, $2)")
        .bind(&event.stream)
        .bind(disabled)
        .execute(tx)
        .await?;
    Ok(())
}

async fn seal(engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let (state, _) = engine.state::<Seal>(&event.stream).await?;
    let Some(id) = SealId::of_stream(&event.stream) else { return Ok(()) };
    sqlx::query("INSERT OR REPLACE INTO person_seals VALUES ($1, $2, $3)")
        .bind(id.to_string())
        .bind(state.since.map(|at| at.0))
        .bind(state.look_by().map(|at| at.0))
        .execute(tx)
        .await?;
    Ok(())
}

async fn person(engine: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let Some(id) = PersonId::of_stream(&event.stream) else { return Ok(()) };
    sqlx::query("INSERT OR IGNORE INTO person_records VALUES ($1, $1, NULL, NULL)")
        .bind(id.to_string())
        .execute(&mut *tx)
        .await?;
    match event.decode::<Event>()? {
        Event::Appeared { appearance, .. } => appear(engine, id, appearance, event.at, tx).await,
        Event::Parted { incident, part, .. } => {
            let gone = "DELETE FROM person_appearances
                 WHERE incident = $1 AND part = $2 AND person = $3";
            sqlx::query(gone)
                .bind(incident.to_string())
                .bind(part.code())
                .bind(id.to_string())
                .execute(tx)
                .await?;
            Ok(())
        }
        Event::Recast { incident, part, role, .. } => {
            sqlx::query(
                "UPDATE person_appearances SET role = $3 WHERE incident = $1 AND part = $2",
            )
            .bind(incident.to_string())
            .bind(part.code())
            .bind(role.code())
            .execute(tx)
            .await?;
            Ok(())
        }
        Event::ColleagueMarked { staff, .. } => colleague(id, Some(staff), tx).await,
        Event::ColleagueUnmarked { .. } => colleague(id, None, tx).await,
        Event::Merged { into } => join(id, Some(into), tx).await,
        Event::Unmerged { .. } => join(id, None, tx).await,
        Event::Described { .. }
        | Event::Absorbed { .. }
        | Event::Released { .. }
        | Event::ToldApart { .. } => Ok(()),
    }
}

async fn appear(
    engine: &Engine,
    id: PersonId,
    one: Appearance,
    at: At,
    tx: &mut Tx,
) -> Result<(), Fault> {
    if engine.is_forgotten(&one.incident.stream()).await? {
        return Ok(());
    }
    let (incident, _) = engine.state::<Incident>(&one.incident.stream()).await?;
    let reported_at = incident.report.map_or(at, |report| report.called_at);
    sqlx::query("INSERT OR REPLACE INTO person_appearances VALUES ($1, $2, $3, $4, $5)")
        .bind(one.incident.to_string())
        .bind(one.part.code())
        .bind(one.role.code())
        .bind(id.to_string())
        .bind(reported_at.0)
        .execute(tx)
        .await?;
    Ok(())
}

async fn colleague(id: PersonId, staff: Option<StaffId>, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("UPDATE person_records SET colleague = $2 WHERE person = $1")
        .bind(id.to_string())
        .bind(staff.map(|staff| staff.stream()))
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes where a record has gone, and finds for its whole group anew which record stands for it.
async fn join(id: PersonId, into: Option<PersonId>, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("UPDATE person_records SET into_record = $2 WHERE person = $1")
        .bind(id.to_string())
        .bind(into.map(|into| into.to_string()))
        .execute(&mut *tx)
        .await?;
    let rows = sqlx::query(
        "SELECT person, into_record FROM person_records WHERE root IN
            (SELECT root FROM person_records WHERE person IN ($1, $2))",
    )
    .bind(id.to_string())
    .bind(into.map(|into| into.to_string()))
    .fetch_all(&mut *tx)
    .await?;
    let gone: BTreeMap<String, Option<String>> =
        rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for person in gone.keys() {
        // An id only ever goes into a lower one, so this ends.
        let mut root = person;
        while let Some(Some(into)) = gone.get(root) {
            root = into;
        }
        sqlx::query("UPDATE person_records SET root = $2 WHERE person = $1")
            .bind(person)
            .bind(root)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// The elder record that stands for this one; itself where it stands alone.
pub(crate) async fn root(engine: &Engine, id: PersonId) -> Result<PersonId, Fault> {
    let root: Option<String> =
        sqlx::query_scalar("SELECT root FROM person_records WHERE person = $1")
            .bind(id.to_string())
            .fetch_optional(engine.reads().pool())
            .await?;
    Ok(root.and_then(|root| root.parse().ok()).unwrap_or(id))
}

/// One appearance, with the record that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) person: PersonId,
    pub(crate) incident: IncidentId,
    pub(crate) part: Part,
    pub(crate) role: Role,
    pub(crate) reported_at: At,
}

fn line(row: &SqliteRow) -> Option<Line> {
    Some(Line {
        person: row.get::<String, _>(0).parse().ok()?,
        incident: row.get::<String, _>(1).parse().ok()?,
        part: Part::of(row.get(2))?,
        role: Role::of(row.get(3))?,
        reported_at: At(row.get(4)),
    })
}

/// Where a person appears, the latest first.
pub(crate) async fn of_person(engine: &Engine, root: PersonId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT r.root, a.incident, a.part, a.role, a.reported_at FROM person_records r
         JOIN person_appearances a ON a.person = r.person
         WHERE r.root = $1 ORDER BY a.reported_at DESC, a.incident DESC, a.part",
    )
    .bind(root.to_string())
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().filter_map(line).collect())
}

/// Who appears in an incident.
pub(crate) async fn of_incident(engine: &Engine, incident: IncidentId) -> Result<Vec<Line>, Fault> {
    let rows = sqlx::query(
        "SELECT r.root, a.incident, a.part, a.role, a.reported_at FROM person_appearances a
         JOIN person_records r ON r.person = a.person WHERE a.incident = $1 ORDER BY a.part",
    )
    .bind(incident.to_string())
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().filter_map(line).collect())
}

/// Colleagues who are parties in an incident.
pub(crate) async fn parties(engine: &Engine, incident: IncidentId) -> Result<Vec<StaffId>, Fault> {
    let staff: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT c.colleague FROM person_appearances a
         JOIN person_records r ON r.person = a.person JOIN person_records c ON c.root = r.root
         WHERE a.incident = $1 AND c.colleague IS NOT NULL",
    )
    .bind(incident.to_string())
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(staff.iter().filter_map(|stream| StaffId::of_stream(stream)).collect())
}

/// Incidents in which a colleague is a party.
pub(crate) async fn party_in(engine: &Engine, staff: StaffId) -> Result<Vec<IncidentId>, Fault> {
    let incidents: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT a.incident FROM person_records c
         JOIN person_records r ON r.root = c.root JOIN person_appearances a ON a.person = r.person
         WHERE c.colleague = $1",
    )
    .bind(staff.stream())
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(incidents.iter().filter_map(|id| id.parse().ok()).collect())
}

/// Sealed incidents, and those whose broken seal nobody has looked at: the latest first.
pub(crate) async fn seals(engine: &Engine) -> Result<Vec<SealId>, Fault> {
    let seals: Vec<String> = sqlx::query_scalar(
        "SELECT incident FROM person_seals WHERE since IS NOT NULL OR look_by IS NOT NULL
         ORDER BY look_by IS NULL, look_by, since DESC LIMIT $1",
    )
    .bind(limits::SEALS_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(seals.iter().filter_map(|id| id.parse().ok()).collect())
}

/// Whether an incident is sealed, for one quick answer at every address.
pub(crate) async fn is_sealed(engine: &Engine, incident: IncidentId) -> Result<bool, Fault> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM person_seals WHERE incident = $1 AND since IS NOT NULL")
            .bind(incident.to_string())
            .fetch_optional(engine.reads().pool())
            .await?;
    Ok(found.is_some())
}

/// Accounts in use.
pub(crate) async fn accounts(engine: &Engine) -> Result<Vec<StaffId>, Fault> {
    let staff: Vec<String> =
        sqlx::query_scalar("SELECT staff FROM person_staff WHERE NOT disabled LIMIT $1")
            .bind(limits::COLLEAGUES_MAX)
            .fetch_all(engine.reads().pool())
            .await?;
    Ok(staff.iter().filter_map(|stream| StaffId::of_stream(stream)).collect())
}
