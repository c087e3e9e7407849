//! How people and moments are called on these pages and papers.

use access::Staff;
use engine::{Engine, Fault};
use incident::IncidentId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::id::StaffId;

/// What a custody log can say that was done: each has the message `evidence-did-<code>`.
const DEEDS: &[&str] = &[
    "recording",
    "recording-played",
    "recording-still",
    "recording-checked",
    "evidence",
    "evidence-checked",
    "evidence-custody",
    "evidence-export",
    "evidence-package",
    "export-requested",
    "export-approved",
    "export-refused",
    "export-expired",
    "export-begun",
    "export-packaged",
    "export-downloaded",
    "export-broken-off",
];

/// The message that says what was done.
pub(crate) fn deed(code: &str) -> String {
    let known = if DEEDS.contains(&code) { code } else { "other" };
    format!("evidence-did-{known}")
}

/// The name of a member of staff by the id, as long as it is kept.
pub(crate) async fn staff(engine: &Engine, id: Option<&str>) -> Result<String, Fault> {
    let Some(id) = id.and_then(|id| id.parse::<StaffId>().ok()) else {
        return Ok(String::new());
    };
    of(engine, id).await
}

/// The name of a member of staff, as long as it is kept.
pub(crate) async fn of(engine: &Engine, id: StaffId) -> Result<String, Fault> {
    let (account, _) = engine.state::<Staff>(&id.stream()).await?;
    Ok(account.name.unwrap_or_default())
}

/// The name of whoever the journal calls so; `Sightline` when nobody did it.
pub(crate) async fn actor(engine: &Engine, actor: &str) -> Result<String, Fault> {
    match StaffId::of_stream(actor) {
        Some(id) => of(engine, id).await,
        None if actor == "system" => Ok("Sightline".to_owned()),
        None => Ok(actor.to_owned()),
    }
}

/// The reference of an incident by its id.
pub(crate) fn reference(incident: &str) -> String {
    incident.parse::<IncidentId>().map(|id| id.reference()).unwrap_or_default()
}

/// `1 December 2026, 00:00:00 UTC`, for papers that leave.
pub(crate) fn time(micros: i64) -> String {
    let Ok(time) = Timestamp::from_microsecond(micros) else { return String::new() };
    time.to_zoned_datetime(TimeZone::UTC).strftime("%-d %B %Y, %H:%M:%S UTC").to_string()
}
