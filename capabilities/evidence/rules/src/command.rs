//! What can be asked of an export. What the case holds at that moment comes with the question.

use crate::event::{Recipient, SealedTo, Why};
use incident::IncidentId;
use recording::RecordingId;

/// How a recording stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be read.
    Kept,
    /// Its call goes on.
    Running,
    /// Its day has come.
    Gone,
    /// It is none of this incident's.
    Foreign,
}

/// What was found of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The recordings that were named, and how each stands.
    pub recordings: Vec<(RecordingId, Standing)>,
    /// Whether anything was written down that can still be read.
    pub papers: bool,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask that the case is handed on, with these recordings.
    Request {
        incident: IncidentId,
        found: Found,
        recipient: Recipient,
        /// Who receives it, by office and name.
        to: String,
        reason: String,
    },
    /// Be the second person; `found` is the same case as it is now.
    Approve { found: Found },
    /// Say no, or take one's own request back.
    Refuse { reason: String },
    /// Nobody approved it in time. Sightline itself says so.
    Expire,
    /// Make a working copy and take it.
    Begin { found: Found, sealed_to: SealedTo },
    /// It is made. Sightline itself says so.
    NotePackaged { copy: u32, sha256: String, bytes: u64, members: u32, master: String },
    /// Its last byte was taken. Sightline itself says so.
    NoteDownloaded { copy: u32 },
    /// It was not finished. Sightline itself says so.
    NoteBrokenOff { copy: u32, why: Why },
}
