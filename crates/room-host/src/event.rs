//! What the host tells the rest of the server. Names of rooms and identities only: no address,
//! no description, no content.

use room::{LeaveReason, Quality};
use std::sync::Arc;

/// Something happened in a room.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// A seat is taken; `again` when the same identity had one before.
    ParticipantJoined { room: Arc<str>, identity: Arc<str>, again: bool },
    /// The same seat has a new signalling connection.
    ParticipantResumed { room: Arc<str>, identity: Arc<str> },
    /// Media flows, first or again.
    MediaConnected { room: Arc<str>, identity: Arc<str> },
    /// Media stopped; the seat is kept and the call goes on.
    ParticipantLost { room: Arc<str>, identity: Arc<str> },
    /// The seat is empty.
    ParticipantLeft { room: Arc<str>, identity: Arc<str>, reason: LeaveReason },
    /// A track is published.
    TrackPublished { room: Arc<str>, identity: Arc<str>, track: Arc<str>, video: bool },
    /// A publisher muted or unmuted a track.
    TrackMuted { room: Arc<str>, identity: Arc<str>, track: Arc<str>, muted: bool },
    /// A track is over.
    TrackEnded { room: Arc<str>, identity: Arc<str>, track: Arc<str> },
    /// The first decodable picture of `from` went out to `to`.
    FirstFrame { room: Arc<str>, from: Arc<str>, to: Arc<str> },
    /// A data message was forwarded.
    DataMessage { room: Arc<str>, from: Arc<str>, topic: String, bytes: usize },
    /// Every two seconds for everybody connected.
    Quality { room: Arc<str>, identity: Arc<str>, quality: Quality },
    /// The room is gone: finished, or broken by a bug (its people join anew by themselves).
    RoomGone { room: Arc<str>, broken: bool },
}

/// What a room and the host have counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Everybody seated.
    pub participants: Vec<ParticipantStats>,
    /// Datagrams taken by this room.
    pub datagrams_in: u64,
    /// Datagrams sent by this room.
    pub datagrams_out: u64,
    /// Frames shown to the tap.
    pub tapped: u64,
    /// Anything thrown away because a limit was hit, in this room.
    pub dropped: u64,
}

/// One seat.
#[derive(Clone, Debug, PartialEq)]
pub struct ParticipantStats {
    /// Who.
    pub identity: Arc<str>,
    /// Whether media flows.
    pub here: bool,
    /// How the connection does.
    pub quality: Option<Quality>,
    /// The rate last relayed to this publisher, in bits per second.
    pub relayed: Option<u64>,
}

/// Somebody whose media flows now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// In which room.
    pub room: Arc<str>,
    /// Who.
    pub identity: Arc<str>,
}

/// A disturbance for rehearsals and tests: what a bad network does, at the host's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing gets through, signalling included, for so long.
    Blackout(std::time::Duration),
    /// One in `1 / share` datagrams is lost each way, in thousandths.
    Loss(u32),
    /// No disturbance.
    None,
}
