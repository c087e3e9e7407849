//! How things and people are called on these pages: words and references, nothing personal.

use access::Staff;
use engine::{Engine, Fault};
use incident::IncidentId;
use kernel::id::StaffId;

/// Nouns that have words of their own: `retention-noun-<noun>`.
const NOUNS: &[&str] = &[
    "incident",
    "call",
    "recording",
    "investigation",
    "risk",
    "safeguarding",
    "referral",
    "arrest",
    "review",
    "perpetrator",
    "application",
    "disclosure",
    "survey",
    "person",
    "staff",
];
/// Classes that have words of their own: `retention-class-<class>`.
const CLASSES: &[&str] = &[
    "casework",
    "access-log",
    "service",
    "location",
    "chat",
    "call-recording",
    "disclosure-recording",
    "application",
    "survey",
    "evidence",
    "retention-record",
];

/// The message that names a stream's noun.
pub(crate) fn noun(stream: &str) -> String {
    let noun = stream.split('/').next().unwrap_or_default();
    let known = if NOUNS.contains(&noun) { noun } else { "other" };
    format!("retention-noun-{known}")
}

/// The message that names a class.
pub(crate) fn class(class: &str) -> String {
    let hold = class.starts_with("hold-").then_some("hold");
    let known = CLASSES.iter().find(|known| **known == class).copied().or(hold);
    format!("retention-class-{}", known.unwrap_or("other"))
}

/// The message of what a class means, for the officer before the call ends.
pub(crate) fn meaning(class_name: &str) -> String {
    format!("{}-means", class(class_name))
}

/// What people say for a stream: the incident's reference where it belongs to one, else the
/// first digits of its own id.
pub(crate) fn reference(stream: &str, incident: Option<&str>) -> String {
    let own = stream.split_once('/').map_or(stream, |(_, id)| id);
    let incident = incident.and_then(|incident| incident.parse::<IncidentId>().ok());
    incident.map_or_else(|| own.chars().take(8).collect(), |incident| incident.reference())
}

/// The name of a member of staff, as long as it is kept.
pub(crate) async fn staff(engine: &Engine, id: Option<&str>) -> Result<String, Fault> {
    let Some(id) = id.and_then(|id| id.parse::<StaffId>().ok()) else {
        return Ok(String::new());
    };
    let (account, _) = engine.state::<Staff>(&id.stream()).await?;
    Ok(account.name.unwrap_or_default())
}
