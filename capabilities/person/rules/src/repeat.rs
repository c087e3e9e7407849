//! Who is a repeat victim and who a serial suspect: counts of what was said, never a verdict.

use crate::PersonId;
use crate::event::Role;
use crate::policy::Policy;
use incident::IncidentId;
use kernel::At;
use std::collections::BTreeSet;
use std::time::Duration;

/// One appearance, as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// In which incident.
    pub incident: IncidentId,
    /// As what.
    pub role: Role,
    /// When it was reported.
    pub reported_at: At,
}

/// How a person stands at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Incidents in which she is the victim, within the months that count.
    pub as_victim: usize,
    /// Incidents in which she is the suspect, ever.
    pub as_suspect: usize,
    /// Different people who are victims in those.
    pub victims: usize,
    /// More than one as a victim within the months.
    pub repeat_victim: bool,
    /// So many victims, or more.
    pub serial_suspect: bool,
}

/// A month as this rule counts it: long enough that the same day of the month is within it.
const MONTH: Duration = Duration::from_secs(31 * 86_400);

/// How somebody stands at `now`; `victims` are the people harmed in the incidents in which she is
/// the suspect.
//= Guidance on MARAC, repeat cases: a new incident within twelve months
pub fn standing(
    all: &[Counted],
    victims: &BTreeSet<PersonId>,
    policy: &Policy,
    now: At,
) -> Standing {
    let since = now.minus(MONTH * policy.repeat_months);
    let incidents = |role: Role, since: At| {
        let of = all.iter().filter(|one| one.role == role && one.reported_at >= since);
        of.map(|one| one.incident).collect::<BTreeSet<_>>().len()
    };
    let as_victim = incidents(Role::Victim, since);
    Standing {
        as_victim,
        as_suspect: incidents(Role::Suspect, At(i64::MIN)),
        victims: victims.len(),
        repeat_victim: as_victim > 1,
        serial_suspect: victims.len() >= policy.serial_victims as usize,
    }
}
