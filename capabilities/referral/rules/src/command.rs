//! What can be asked. Whatever an agency asks names the agency, so that the rules can refuse
//! what was not referred to it.

use crate::AgencyId;
use crate::event::{Basis, DeclineWhy, How, Outcome};
use crate::kind::{Field, Kind};
use incident::IncidentId;
use kernel::At;
use std::collections::BTreeMap;

/// A new referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// For whom.
    pub incident: IncidentId,
    /// Which kind of help, as the force's table has it.
    pub kind: Kind,
    /// On what ground.
    pub basis: Basis,
    /// Why without her consent.
    pub override_reason: String,
    /// The lawful ground, by its code.
    pub ground: Option<String>,
    /// Which criteria she meets, by their codes.
    pub criteria: Vec<String>,
    /// What is left out of what the kind would share.
    pub withheld: Vec<Field>,
    /// What they must know.
    pub summary: String,
    /// Within how many hours she is spoken with.
    pub due_in_hours: u32,
    /// The agency, where one was chosen.
    pub to: Option<AgencyId>,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask for help of a kind.
    Request(Box<Request>),
    /// Send it to an agency, with what of her record it is told.
    Send { to: AgencyId, shared: BTreeMap<Field, String> },
    /// The agency opens it.
    See { agency: AgencyId },
    /// The agency says yes.
    Accept { agency: AgencyId },
    /// The agency says no.
    Decline { agency: AgencyId, why: DeclineWhy, reason: String },
    /// The agency asks the hub.
    Ask { agency: AgencyId, question: String },
    /// The hub answers.
    Answer { answer: String },
    /// The agency tried to reach her.
    Try { agency: AgencyId, note: String },
    /// The agency has spoken with her.
    Engage { agency: AgencyId, contacted_at: At, how: How, note: String },
    /// It is done; the hub itself closes it without naming an agency.
    Close { agency: Option<AgencyId>, outcome: Outcome, note: String },
    /// Half the time is gone.
    Chase { due: At },
    /// The time is gone.
    Escalate { due: At },
    /// Ask no more.
    Withdraw { reason: String },
}
