//! Names of a call, of an invitation into it, and of who is in its room.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

kernel::id!(CallId, "call");
kernel::id!(InvitationId, "invitation");
kernel::id!(ReadingId, "reading");

impl From<incident::OfferId> for CallId {
    /// An accepted offer becomes one call, so both have the same 128 bits.
    fn from(offer: incident::OfferId) -> Self {
        Self(offer.0)
    }
}

impl From<CallId> for incident::OfferId {
    fn from(call: CallId) -> Self {
        Self(call.0)
    }
}

/// Somebody in a room, as the room names them. Stored and sent as text: `victim`,
/// `staff-<id>`, `guest-<invitation>`, `recorder`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Participant {
    /// The person who reported; one a call, whichever invitation she came by.
    Victim,
    /// An officer, or a colleague who joined from the console.
    Staff(kernel::id::StaffId),
    /// An interpreter, advocate or supervisor who came by an invitation.
    Guest(InvitationId),
    /// The recorder, shown to everybody.
    Recorder,
}

/// A text that names no participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this names nobody in a room")]
pub struct NotAParticipant;

impl fmt::Display for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Victim => f.write_str("victim"),
            Self::Staff(id) => write!(f, "staff-{id}"),
            Self::Guest(id) => write!(f, "guest-{id}"),
            Self::Recorder => f.write_str("recorder"),
        }
    }
}

impl FromStr for Participant {
    type Err = NotAParticipant;

    fn from_str(text: &str) -> Result<Self, NotAParticipant> {
        let id = |tail: &str| kernel::id::parse(tail).map_err(|_| NotAParticipant);
        match text.split_once('-') {
            None if text == "victim" => Ok(Self::Victim),
            None if text == "recorder" => Ok(Self::Recorder),
            Some(("staff", tail)) => id(tail).map(|id| Self::Staff(kernel::id::StaffId(id))),
            Some(("guest", tail)) => id(tail).map(|id| Self::Guest(InvitationId(id))),
            None | Some(_) => Err(NotAParticipant),
        }
    }
}

impl Serialize for Participant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Participant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
