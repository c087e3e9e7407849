//! Who acts: staff in a role, the person we serve through her link, a force's own system, or
//! Sightline itself.

use crate::id::StaffId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a member of staff may be. Roles are few and named as the force names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes reports in the control room.
    CallHandler,
    /// Answers the video response.
    Responder,
    /// Runs the hub; sees its board and joins its calls.
    Supervisor,
    /// Looks after accounts and settings; sees no person's record.
    Administrator,
    /// Reads the record of who looked at what; changes nothing.
    Auditor,
    /// Works applications under the disclosure scheme, and makes the disclosures.
    DisclosureOfficer,
    /// Manages the people who do harm; never sees that anybody asked about one of them.
    OffenderManager,
    /// Knows domestic abuse best: reviews, grades again, samples, listens in.
    Specialist,
    /// A local policing team: makes the arrests and the visits.
    LocalOfficer,
    /// Works at a partner agency; sees what was referred to that agency, and nothing else.
    Partner,
    /// Answers for the force's data: holds, certificates, what is kept and what is gone.
    DataProtection,
}

impl Role {
    /// Every role, in the order in which the permission table prints them.
    pub const ALL: [Self; 11] = [
        Self::CallHandler,
        Self::Responder,
        Self::Supervisor,
        Self::Administrator,
        Self::Auditor,
        Self::DisclosureOfficer,
        Self::OffenderManager,
        Self::Specialist,
        Self::LocalOfficer,
        Self::Partner,
        Self::DataProtection,
    ];

    /// The words on the page.
    pub const fn title(self) -> &'static str {
        match self {
            Self::CallHandler => "Call handler",
            Self::Responder => "Responder",
            Self::Supervisor => "Supervisor",
            Self::Administrator => "Administrator",
            Self::Auditor => "Auditor",
            Self::DisclosureOfficer => "Disclosure officer",
            Self::OffenderManager => "Offender manager",
            Self::Specialist => "Specialist",
            Self::LocalOfficer => "Local officer",
            Self::Partner => "Partner agency",
            Self::DataProtection => "Data protection officer",
        }
    }
}

/// Who did something. Holds no personal data, so it may stand in clear in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Actor {
    /// A member of staff, with the roles held at that moment.
    Staff { id: StaffId, roles: Vec<Role> },
    /// A person who came through an invitation; `invitation` is the invitation's id in hex.
    Guest { invitation: String },
    /// Another system of the force, by the name of its API client.
    Client { name: String },
    /// A reaction, a deadline or a provider's receipt: Sightline itself.
    System,
}

impl Actor {
    /// Whether this actor holds `role` now.
    pub fn has(&self, role: Role) -> bool {
        matches!(self, Self::Staff { roles, .. } if roles.contains(&role))
    }

    /// The member of staff, if it is one.
    pub fn staff(&self) -> Option<StaffId> {
        match self {
            Self::Staff { id, .. } => Some(*id),
            Self::Guest { .. } | Self::Client { .. } | Self::System => None,
        }
    }
}

impl fmt::Display for Actor {
    /// `staff/<id>`, `guest/<invitation>`, `client/<name>` or `system`, as the journal keeps it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff { id, .. } => write!(f, "staff/{id}"),
            Self::Guest { invitation } => write!(f, "guest/{invitation}"),
            Self::Client { name } => write!(f, "client/{name}"),
            Self::System => write!(f, "system"),
        }
    }
}
