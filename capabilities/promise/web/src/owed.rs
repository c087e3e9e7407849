//! What is owed, as the engine's list of all promises has it, with who holds each. One place
//! reads that list, so that one rule says who sees what.

use crate::{Settings, holders, limits};
use engine::{Engine, Fault};
use incident::IncidentId;
use kernel::{Actor, At, Purpose, Role};
use promise::standing::Came;
use promise::{About, Holder, PromiseId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use ui::App;

/// One promise.
#[derive(Clone, Debug)]
pub(crate) struct Owed {
    pub(crate) about: About,
    pub(crate) incident: Option<String>,
    pub(crate) made_at: At,
    pub(crate) due_at: At,
    pub(crate) kept_at: Option<At>,
    pub(crate) ended_at: Option<At>,
    pub(crate) holder: Option<Holder>,
}

impl Owed {
    /// Whether it is still owed.
    pub(crate) const fn is_open(&self) -> bool {
        self.kept_at.is_none() && self.ended_at.is_none()
    }

    /// The stream by which it is known who may not see it: its incident's, else its own.
    pub(crate) fn matter(&self) -> String {
        self.incident.clone().unwrap_or_else(|| self.about.stream.clone())
    }

    fn of(row: &SqliteRow) -> Self {
        let at = |column: usize| row.get::<Option<i64>, _>(column).map(At);
        let holder: Option<String> = row.get(8);
        Self {
            about: About { owner: row.get(0), stream: row.get(1), name: row.get(2) },
            incident: row.get(3),
            made_at: At(row.get(4)),
            due_at: At(row.get(5)),
            kept_at: at(6),
            ended_at: at(7),
            holder: holder.as_deref().and_then(holders::of_text),
        }
    }
}

/// Purposes for which the record behind a promise may be read.
const PURPOSES: [Purpose; 5] = [
    Purpose::Response,
    Purpose::Safeguarding,
    Purpose::Investigation,
    Purpose::Supervision,
    Purpose::OffenderManagement,
];

/// Whether somebody sees the promises of a capability: a supervisor all of them, others those
/// whose record they may read. What has a board of its own is shown to nobody here.
pub(crate) fn sees(app: &App, settings: &Settings, actor: &Actor, owner: &str) -> bool {
    if settings.apart.iter().any(|apart| apart == owner) {
        return false;
    }
    actor.has(Role::Supervisor) || reads(app, actor, owner)
}

/// Whether somebody may read the records of a capability.
pub(crate) fn reads(app: &App, actor: &Actor, owner: &str) -> bool {
    let action = format!("{owner}.read");
    PURPOSES.iter().any(|purpose| app.may(actor, &action, *purpose))
}

/// Everything that is open, the earliest due first: what is late comes before all else.
pub(crate) async fn open(engine: &Engine) -> Result<Vec<Owed>, Fault> {
    let rows = sqlx::query(
        "SELECT p.owner, p.stream, p.name, p.incident, p.made_at, p.due_at, p.kept_at, p.ended_at,
            h.holder
         FROM engine_promises p LEFT JOIN promise_holders h
            ON h.owner = p.owner AND h.stream = p.stream AND h.name = p.name
         WHERE p.kept_at IS NULL AND p.ended_at IS NULL
         ORDER BY p.due_at, p.owner, p.stream, p.name LIMIT $1",
    )
    .bind(limits::OPEN_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    Ok(rows.iter().map(Owed::of).collect())
}

/// What was missed between two moments, whatever became of it afterwards.
pub(crate) async fn missed(engine: &Engine, since: At, until: At) -> Result<Vec<Owed>, Fault> {
    let rows = sqlx::query(
        "SELECT p.owner, p.stream, p.name, p.incident, p.made_at, p.due_at, p.kept_at, p.ended_at,
            h.holder
         FROM engine_promises p LEFT JOIN promise_holders h
            ON h.owner = p.owner AND h.stream = p.stream AND h.name = p.name
         WHERE p.due_at > $1 AND p.due_at <= $2
         ORDER BY p.due_at, p.owner, p.stream, p.name LIMIT $3",
    )
    .bind(since.0)
    .bind(until.0)
    .bind(limits::OPEN_MAX)
    .fetch_all(engine.reads().pool())
    .await?;
    let late = |one: &Owed| {
        let came = Came::of(until, one.due_at, one.kept_at, one.ended_at);
        matches!(came, Came::Missed | Came::KeptLate)
    };
    Ok(rows.iter().map(Owed::of).filter(late).collect())
}

/// One promise, open or not.
pub(crate) async fn one(engine: &Engine, about: &About) -> Result<Option<Owed>, Fault> {
    let row = sqlx::query(
        "SELECT p.owner, p.stream, p.name, p.incident, p.made_at, p.due_at, p.kept_at, p.ended_at,
            h.holder
         FROM engine_promises p LEFT JOIN promise_holders h
            ON h.owner = p.owner AND h.stream = p.stream AND h.name = p.name
         WHERE p.owner = $1 AND p.stream = $2 AND p.name = $3",
    )
    .bind(&about.owner)
    .bind(&about.stream)
    .bind(&about.name)
    .fetch_optional(engine.reads().pool())
    .await?;
    Ok(row.as_ref().map(Owed::of))
}

/// Where it is kept who holds this promise.
pub(crate) fn stream(engine: &Engine, about: &About) -> PromiseId {
    let named = format!("{} {} {}", about.owner, about.stream, about.name);
    PromiseId(u128::from_be_bytes(engine.blind("promise", &named)))
}

/// The reference that people say to each other, else the end of the stream's number.
pub(crate) fn reference(incident: Option<&str>, stream: &str) -> String {
    let id = incident.or(Some(stream)).and_then(IncidentId::of_stream);
    id.map_or_else(|| crate::people::short(stream), |id| id.reference())
}

/// Pages of what has no incident: by noun, where they stand, and the action that opens them.
const PAGES: [(&str, &str, &str, Purpose); 2] = [
    ("perpetrator", "/perpetrators", "perpetrator.read", Purpose::OffenderManagement),
    ("seal", "/sealed", "seal.hold", Purpose::Supervision),
];

/// The page of a promise that belongs to no incident.
fn own_page(app: &App, actor: &Actor, stream: &str) -> Option<String> {
    let (noun, id) = stream.split_once('/')?;
    let page = PAGES.iter().find(|page| page.0 == noun)?;
    app.may(actor, page.2, page.3).then(|| format!("{}/{id}", page.1))
}

/// Where the promise is worked: the panel of its owner, else its incident, for whoever may.
pub(crate) fn href(app: &App, actor: &Actor, owed: &Owed) -> Option<String> {
    if owed.incident.is_none()
        && let Some(page) = own_page(app, actor, &owed.about.stream)
    {
        return Some(page);
    }
    let incident = owed.incident.as_deref().or(Some(&owed.about.stream));
    let id = incident.and_then(IncidentId::of_stream)?;
    let owner = owed.about.owner.as_str();
    let panel = app.panels().iter().any(|panel| panel.noun == owner) && reads(app, actor, owner);
    match panel {
        true => Some(format!("/incidents/{id}/{owner}")),
        false => reads(app, actor, "incident").then(|| format!("/incidents/{id}")),
    }
}
