//! What can be asked.

use crate::event::{Agency, Basis};
use incident::IncidentId;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask an agency to help.
    Request {
        incident: IncidentId,
        agency: Agency,
        basis: Basis,
        override_reason: String,
        summary: String,
        due_in_hours: u32,
    },
    /// Ask no more.
    Withdraw { reason: String },
}
