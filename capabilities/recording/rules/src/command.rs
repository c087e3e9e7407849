//! What can be asked of a recording. Sightline itself asks, but for stills.

use crate::event::{GapCause, Segment, Still, StillCause};
use call::{CallId, MatterKind, Participant};
use incident::IncidentId;
use kernel::id::StaffId;
use kernel::{At, Day};

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The recorder enters the room of a call.
    Start { call: CallId, incident: IncidentId },
    /// The recorder enters the room of a call about a matter.
    StartForMatter { call: CallId, matter: String, matter_kind: MatterKind },
    /// These segments are durable. Those that are known already are passed over.
    NoteSegments { segments: Vec<Segment> },
    /// A stretch is missing.
    NoteGap { track: String, from: At, to: At, cause: GapCause },
    /// Nothing of a track is durable two seconds after it began.
    NoteSilent { track: String },
    /// A silent track is over: nobody need wait for it any more.
    NoteTrackOver { track: String },
    /// A still is durable.
    KeepStill { still: Still },
    /// There is no still.
    NoteStillFailed { participant: Participant, by: StaffId, cause: StillCause },
    /// The call is finished and everything of it settled.
    End,
    /// Its key was destroyed on that day, and the ciphertext deleted.
    Drop { expired_on: Day, objects: u64, bytes: u64 },
}
