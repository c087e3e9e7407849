//! What can be asked.

use crate::event::Necessity;
use incident::IncidentId;
use std::collections::BTreeSet;

/// Everything a team must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// For which incident.
    pub incident: IncidentId,
    /// Who.
    pub suspect: String,
    /// What he is suspected of, and on what grounds.
    pub grounds: String,
    /// Which kinds of necessity.
    pub necessity: BTreeSet<Necessity>,
    /// The same in words.
    pub necessity_words: String,
    /// Where he is or will be; may be empty.
    pub whereabouts: String,
    /// What the team must know before it knocks; "none known" is an answer, nothing is not.
    pub risks: String,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask for an arrest.
    Request(Box<Request>),
    /// Ask no more.
    Withdraw { reason: String },
}
