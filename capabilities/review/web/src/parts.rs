//! Read model: who had which part in an incident, so that nobody reviews her own work. Ids and
//! codes only: nothing personal.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use incident::IncidentId;
use investigation::InvestigationId;
use kernel::id::StaffId;
use review::{Author, Part};
use risk::RiskId;
use sqlx::Row as _;

/// The read model.
pub(crate) struct Had;

#[async_trait]
impl ReadModel for Had {
    fn name(&self) -> &'static str {
        "review_parts"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["review_parts", "review_calls"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE review_parts (
                incident TEXT NOT NULL, staff TEXT NOT NULL, part TEXT NOT NULL,
                PRIMARY KEY (incident, staff, part)) STRICT",
            "CREATE TABLE review_calls (
                call TEXT PRIMARY KEY, incident TEXT NOT NULL) STRICT",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(kind, "call.opened.v1" | "call.picked_up.v1" | "call.handed_over.v1")
            || part(kind).is_some()
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        if event.noun() == "call" {
            return of_call(event, tx).await;
        }
        let incident = IncidentId::of_stream(&event.stream)
            .or_else(|| InvestigationId::of_stream(&event.stream).map(|id| IncidentId(id.0)))
            .or_else(|| RiskId::of_stream(&event.stream).map(|id| IncidentId(id.0)));
        let (Some(incident), Some(staff), Some(part)) =
            (incident, event.staff(), part(&event.kind))
        else {
            return Ok(());
        };
        keep(&incident.to_string(), staff, part, tx).await
    }
}

/// Which part somebody has by doing this.
fn part(kind: &str) -> Option<Part> {
    match kind {
        "incident.screened.v1" => Some(Part::Screening),
        "incident.closed.v1" => Some(Part::Closing),
        "investigation.recorded_crime.v1" | "investigation.recorded_non_crime.v1" => {
            Some(Part::Decision)
        }
        "incident.graded.v1" | "incident.regraded.v1" => Some(Part::Grade),
        _ if kind.starts_with("risk.") && kind.contains("graded") => Some(Part::Grade),
        _ => None,
    }
}

async fn of_call(event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
    let staff = match event.decode()? {
        call::Event::Opened { incident, .. } => {
            sqlx::query("INSERT OR REPLACE INTO review_calls VALUES ($1, $2)")
                .bind(&event.stream)
                .bind(incident.to_string())
                .execute(tx)
                .await?;
            return Ok(());
        }
        call::Event::PickedUp { by } => by,
        call::Event::HandedOver { to, .. } => to,
        _ => return Ok(()),
    };
    // A call about a matter that is no incident has no row.
    let incident: Option<String> =
        sqlx::query_scalar("SELECT incident FROM review_calls WHERE call = $1")
            .bind(&event.stream)
            .fetch_optional(&mut *tx)
            .await?;
    match incident {
        Some(incident) => keep(&incident, staff, Part::Call, tx).await,
        None => Ok(()),
    }
}

async fn keep(incident: &str, staff: StaffId, part: Part, tx: &mut Tx) -> Result<(), Fault> {
    sqlx::query("INSERT OR IGNORE INTO review_parts VALUES ($1, $2, $3)")
        .bind(incident)
        .bind(staff.to_string())
        .bind(part.code())
        .execute(tx)
        .await?;
    Ok(())
}

/// Everybody who had a part in it.
pub(crate) async fn of(engine: &Engine, incident: IncidentId) -> Result<Vec<Author>, Fault> {
    let rows = sqlx::query("SELECT staff, part FROM review_parts WHERE incident = $1 LIMIT $2")
        .bind(incident.to_string())
        .bind(limits::PARTS_MAX)
        .fetch_all(engine.reads().pool())
        .await?;
    let author = |row: &sqlx::sqlite::SqliteRow| {
        let (staff, part): (String, String) = (row.get(0), row.get(1));
        let part = Part::ALL.into_iter().find(|one| one.code() == part)?;
        Some(Author { staff: staff.parse().ok()?, part })
    };
    Ok(rows.iter().filter_map(author).collect())
}

/// Those who made the decision that a review looks at: whoever screened is not among them.
pub(crate) async fn authors(engine: &Engine, incident: IncidentId) -> Result<Vec<Author>, Fault> {
    let mut all = of(engine, incident).await?;
    all.retain(|author| author.part != Part::Screening);
    Ok(all)
}

/// The name of a member of staff.
pub(crate) async fn name(engine: &Engine, staff: StaffId) -> Result<String, Fault> {
    let (account, _) = engine.state::<access::Staff>(&staff.stream()).await?;
    Ok(account.name.unwrap_or_default())
}
