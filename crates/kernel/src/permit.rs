//! Who may do what, and for what purpose: rows of a table that a lawyer can read. Each
//! capability owns its rows; `may` is the only question anyone asks of them.

use crate::{Actor, Role};
use serde::{Deserialize, Serialize};

/// Why a person's record is read or written. Kept with every read.
//= Data Protection Act 2018, section 62(2): justification of consultation
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Taking a report and responding to it.
    Response,
    /// Keeping somebody safe after the response.
    Safeguarding,
    /// Finding out what happened.
    Investigation,
    /// Looking after the people who do the work.
    Supervision,
    /// Looking after the service itself: accounts, hours, settings.
    Administration,
    /// Checking that the record was used lawfully.
    Audit,
    /// Training and rehearsal with invented people.
    Rehearsal,
    /// Telling somebody at risk what she needs to know to be safe.
    Disclosure,
    /// Managing somebody who does harm, so that he does less.
    OffenderManagement,
    /// Keeping what must be kept and dropping the rest on its day.
    Retention,
}

impl Purpose {
    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Safeguarding => "safeguarding",
            Self::Investigation => "investigation",
            Self::Supervision => "supervision",
            Self::Administration => "administration",
            Self::Audit => "audit",
            Self::Rehearsal => "rehearsal",
            Self::Disclosure => "disclosure",
            Self::OffenderManagement => "offender_management",
            Self::Retention => "retention",
        }
    }
}

/// One row: these actors may do this action for these purposes.
#[derive(Clone, Copy, Debug)]
pub struct Permit {
    /// `noun.verb`, e.g. `incident.report`. Read actions end in `.read`.
    pub action: &'static str,
    /// Staff roles that may.
    pub roles: &'static [Role],
    /// Purposes for which they may.
    pub purposes: &'static [Purpose],
    /// Whether the force's own systems may, through the API.
    pub client: bool,
    /// Whether a person who came through her own link may, for her own call.
    pub guest: bool,
}

impl Permit {
    /// A row for staff only; widen it with `and_client` or `and_guest`.
    pub const fn staff(
        action: &'static str,
        roles: &'static [Role],
        purposes: &'static [Purpose],
    ) -> Self {
        Self { action, roles, purposes, client: false, guest: false }
    }

    /// The same row, for the force's own systems too.
    #[must_use]
    pub const fn and_client(mut self) -> Self {
        self.client = true;
        self
    }

    /// The same row, for a guest's own call too.
    #[must_use]
    pub const fn and_guest(mut self) -> Self {
        self.guest = true;
        self
    }
}

/// Whether `actor` may do `action` for `purpose`, by these rows. What no row allows is refused.
/// Whether the resource is this actor's own is asked by the capability's rules, which know.
pub fn may(rows: &[Permit], actor: &Actor, action: &str, purpose: Purpose) -> bool {
    rows.iter().filter(|row| row.action == action).any(|row| match actor {
        Actor::Staff { roles, .. } => {
            row.purposes.contains(&purpose) && roles.iter().any(|role| row.roles.contains(role))
        }
        Actor::Client { .. } => row.client,
        Actor::Guest { .. } => row.guest,
        Actor::System => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &[Permit] =
        &[Permit::staff("incident.report", &[Role::CallHandler], &[Purpose::Response])];

    fn staff(role: Role) -> Actor {
        Actor::Staff { id: crate::id::StaffId(1), roles: vec![role] }
    }

    #[test]
    fn only_the_named_role_and_purpose_may() {
        assert!(may(ROWS, &staff(Role::CallHandler), "incident.report", Purpose::Response));
        assert!(!may(ROWS, &staff(Role::Auditor), "incident.report", Purpose::Response));
        assert!(!may(ROWS, &staff(Role::CallHandler), "incident.report", Purpose::Audit));
        assert!(!may(ROWS, &staff(Role::CallHandler), "incident.read", Purpose::Response));
        let guest = Actor::Guest { invitation: "0".into() };
        assert!(!may(ROWS, &guest, "incident.report", Purpose::Response));
    }
}
