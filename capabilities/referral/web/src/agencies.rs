//! Read model: the directory. Which agencies there are, which kinds of help they give, which
//! account works for which, which key is whose. An agency's mailbox stands in its stream alone.

use crate::limits;
use async_trait::async_trait;
use engine::{Engine, Fault, Opened, ReadModel, Tx};
use kernel::id::StaffId;
use referral::agency::{self, Agency, Event};
use referral::{AgencyId, KindCode, Referral};
use serde::Serialize;
use sqlx::Row;
use std::collections::BTreeMap;

/// The read model.
pub(crate) struct Directory;

/// One agency.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) kinds: Vec<String>,
    pub(crate) closed: bool,
    pub(crate) workers: i64,
}

#[async_trait]
impl ReadModel for Directory {
    fn name(&self) -> &'static str {
        "agency_list"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["agency_list", "agency_workers", "agency_keys"]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[
            "CREATE TABLE agency_list (
                stream TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL,
                kinds TEXT NOT NULL, closed INTEGER NOT NULL) STRICT",
            "CREATE TABLE agency_workers (
                staff TEXT PRIMARY KEY, agency TEXT NOT NULL) STRICT",
            "CREATE INDEX agency_workers_by_agency ON agency_workers (agency)",
            "CREATE TABLE agency_keys (
                sha256 TEXT PRIMARY KEY, agency TEXT NOT NULL) STRICT",
        ]
    }

    fn wants(&self, kind: &str) -> bool {
        kind.starts_with("agency.")
    }

    async fn apply(&self, _: &Engine, event: &Opened, tx: &mut Tx) -> Result<(), Fault> {
        let stream = &event.stream;
        let query = match event.decode::<Event>()? {
            Event::Registered { profile } | Event::Described { profile } => sqlx::query(
                "INSERT INTO agency_list VALUES ($1, $2, $3, '[]', 0)
                 ON CONFLICT (stream) DO UPDATE SET name = $2, description = $3",
            )
            .bind(stream)
            .bind(profile.name)
            .bind(profile.description),
            Event::KindsSet { kinds } => {
                let kinds = serde_json::to_string(&kinds).map_err(Fault::Encode)?;
                sqlx::query("UPDATE agency_list SET kinds = $2 WHERE stream = $1")
                    .bind(stream)
                    .bind(kinds)
            }
            // An account works for one agency: the last one that took it on.
            Event::WorkerAdded { staff } => {
                sqlx::query("INSERT OR REPLACE INTO agency_workers VALUES ($2, $1)")
                    .bind(stream)
                    .bind(staff.to_string())
            }
            Event::WorkerRemoved { staff } => {
                sqlx::query("DELETE FROM agency_workers WHERE agency = $1 AND staff = $2")
                    .bind(stream)
                    .bind(staff.to_string())
            }
            Event::KeyIssued { sha256 } => {
                sqlx::query("INSERT OR REPLACE INTO agency_keys VALUES ($2, $1)")
                    .bind(stream)
                    .bind(sha256.to_lowercase())
            }
            Event::KeysRevoked {} => {
                sqlx::query("DELETE FROM agency_keys WHERE agency = $1").bind(stream)
            }
            Event::Closed {} => {
                sqlx::query("UPDATE agency_list SET closed = 1 WHERE stream = $1").bind(stream)
            }
            Event::Reopened {} => {
                sqlx::query("UPDATE agency_list SET closed = 0 WHERE stream = $1").bind(stream)
            }
            Event::WebhookSet { .. } | Event::WebhookRemoved {} => return Ok(()),
        };
        query.execute(tx).await?;
        Ok(())
    }
}

/// Every agency, by name.
pub(crate) async fn all(engine: &Engine) -> Result<Vec<Listed>, Fault> {
    let rows = sqlx::query(
        "SELECT stream, name, description, kinds, closed,
            (SELECT count(*) FROM agency_workers w WHERE w.agency = a.stream)
         FROM agency_list a ORDER BY name, stream LIMIT $1",
    )
    .bind(limits::AGENCIES_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let listed = |row: sqlx::sqlite::SqliteRow| {
        let (stream, kinds): (String, String) = (row.get(0), row.get(3));
        Listed {
            id: stream.trim_start_matches("agency/").to_owned(),
            name: row.get(1),
            description: row.get(2),
            kinds: serde_json::from_str(&kinds).unwrap_or_default(),
            closed: row.get(4),
            workers: row.get(5),
        }
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// Names by id, for lists that name an agency.
pub(crate) async fn names(engine: &Engine) -> Result<BTreeMap<String, String>, Fault> {
    Ok(all(engine).await?.into_iter().map(|one| (one.id, one.name)).collect())
}

/// Those that can be asked, with the kinds of help they give.
pub(crate) async fn open(engine: &Engine) -> Result<Vec<Listed>, Fault> {
    Ok(all(engine).await?.into_iter().filter(|one| !one.closed && !one.kinds.is_empty()).collect())
}

/// The agency that gives this kind of help, where there is exactly one.
pub(crate) async fn only_one_for(engine: &Engine, kind: &str) -> Result<Option<AgencyId>, Fault> {
    let open = open(engine).await?;
    let mut fit = open.iter().filter(|one| one.kinds.iter().any(|code| code == kind));
    let first = fit.next();
    let alone = fit.next().is_none();
    Ok(first.filter(|_| alone).and_then(|one| one.id.parse().ok()))
}

/// Whether this agency can be asked for this kind of help.
pub(crate) async fn gives(engine: &Engine, agency: AgencyId, kind: &str) -> Result<bool, Fault> {
    let state = state(engine, agency).await?;
    Ok(!state.closed && state.kinds.contains(&KindCode::from(kind)))
}

/// The agency that this account works for.
pub(crate) async fn of_worker(engine: &Engine, staff: StaffId) -> Result<Option<AgencyId>, Fault> {
    let row = sqlx::query("SELECT agency FROM agency_workers WHERE staff = $1")
        .bind(staff.to_string())
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.and_then(|row| AgencyId::of_stream(row.get(0))))
}

/// The agency whose key has this hash.
pub(crate) async fn of_key(engine: &Engine, sha256: &str) -> Result<Option<AgencyId>, Fault> {
    let row = sqlx::query("SELECT agency FROM agency_keys WHERE sha256 = $1")
        .bind(sha256)
        .fetch_optional(engine.reads().pool())
        .await?;
    Ok(row.and_then(|row| AgencyId::of_stream(row.get(0))))
}

/// One agency as it stands.
pub(crate) async fn state(engine: &Engine, id: AgencyId) -> Result<agency::State, Fault> {
    Ok(engine.state::<Agency>(&id.stream()).await?.0)
}

/// The agency that an event of a referral is for: the one it was sent to, else the one that has
/// it.
pub(crate) async fn of_referral_event(
    engine: &Engine,
    event: &Opened,
) -> Result<Option<AgencyId>, Fault> {
    if let referral::Event::Sent { to, .. } = event.decode()? {
        return Ok(Some(to));
    }
    let (state, _) = engine.state::<Referral>(&event.stream).await?;
    Ok(state.0.and_then(|asked| asked.to))
}
