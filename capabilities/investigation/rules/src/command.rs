//! What can be asked.

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Keep the account as it stands, whole; only what changed is stored.
    KeepAccount { text: String },
    /// Record it as a crime.
    RecordCrime { offence: String, reason: String },
    /// Do not.
    RecordNonCrime { reason: String },
}
