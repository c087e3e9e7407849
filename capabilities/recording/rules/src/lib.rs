//! What the recorder wrote of a call: sealed segments, gaps, stills, and the day it is gone. Pure
//! rules; media, objects and keys live elsewhere. Read: event, command, state, decide, permit.

pub mod command;
mod decide;
pub mod event;
pub mod limits;
pub mod permit;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use decide::{CLASS, Refusal};
pub use event::{Codec, Event, GapCause, Kind, Meta, Segment, Still, StillCause};
pub use permit::PERMITS;
pub use state::{State, Tape};

use call::CallId;

kernel::id!(RecordingId, "recording");
kernel::id!(StillId, "still");

/// One call's recording.
#[derive(Clone, Copy, Debug)]
pub struct Recording;

impl From<CallId> for RecordingId {
    /// A call has one recording, so both have the same 128 bits.
    fn from(call: CallId) -> Self {
        Self(call.0)
    }
}

impl From<RecordingId> for CallId {
    fn from(recording: RecordingId) -> Self {
        Self(recording.0)
    }
}
