//! One person's seat in the room: their connection, what they publish, what they are shown.
//! Who may sit here was decided elsewhere, from a token.

use crate::room::Session;
use crate::track::Track;
use kernel::At;
use media::Kind;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use str0m::Rtc;
use str0m::channel::ChannelId;
use str0m::media::Mid;

/// A place in the room. Never used twice; a person who joins anew gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat(pub u32);

/// What a token lets its bearer do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grants {
    /// May publish sound and picture.
    pub publish: bool,
    /// Is shown what others publish.
    pub subscribe: bool,
}

impl Default for Grants {
    fn default() -> Self {
        Self { publish: true, subscribe: true }
    }
}

/// Whether media flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Joined, no media yet.
    Joining,
    /// Media flows.
    Here,
    /// Media flowed and stopped; the seat is kept.
    Away,
}

/// What one of our sending sections is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Nothing, and the client knows: may be bound.
    Idle,
    /// A track; frames flow once an answer has said so.
    Bound(Binding),
    /// A track that is over, and the client does not know: an answer must say so first.
    Spent,
    /// A track that is over, and the client knows. Not used again while there is room for new
    /// ones: a browser that meets the same source again decodes it and shows nothing, and with
    /// another source in an old section a client of str0m goes on by the old one's numbers.
    Retired,
}

/// A track shown through a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) from: Seat,
    pub(crate) track: Arc<str>,
    /// An answer has named the track.
    pub(crate) told: bool,
    /// The viewer's decoder waits for a key frame.
    pub(crate) needs_key: bool,
    /// A frame has been sent.
    pub(crate) shown: bool,
}

/// A section in which the client receives.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) kind: Kind,
    pub(crate) used: Use,
}

/// What the last second's reports said.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Link {
    /// What the way to this participant carries, in bits per second.
    pub(crate) estimate: Option<u64>,
    pub(crate) rtt: Option<Duration>,
    pub(crate) loss_out: f32,
    pub(crate) loss_in: f32,
}

pub(crate) struct Participant {
    pub(crate) seat: Seat,
    pub(crate) sid: Arc<str>,
    pub(crate) identity: Arc<str>,
    pub(crate) name: String,
    pub(crate) grants: Grants,
    pub(crate) joined: At,
    pub(crate) version: u32,
    pub(crate) session: Option<Session>,
    pub(crate) rtc: Rtc,
    pub(crate) deadline: Option<Instant>,
    pub(crate) presence: Presence,
    /// The client closed the connection: it never comes back, the person may.
    pub(crate) closed: bool,
    /// When their last datagram came.
    pub(crate) heard: Instant,
    pub(crate) tracks: Vec<Track>,
    pub(crate) slots: BTreeMap<Mid, Slot>,
    /// The client has been asked for an offer and has not made one.
    pub(crate) asked: bool,
    pub(crate) reliable: Option<ChannelId>,
    pub(crate) lossy: Option<ChannelId>,
    /// The last reliable message taken from this participant.
    pub(crate) last_sequence: u32,
    pub(crate) link: Link,
}

impl Participant {
    pub(crate) fn track_by_mid(&mut self, mid: Mid) -> Option<&mut Track> {
        self.tracks.iter_mut().find(|track| track.mid == Some(mid))
    }

    pub(crate) fn track(&self, sid: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| &*track.sid == sid)
    }

    pub(crate) fn track_mut(&mut self, sid: &str) -> Option<&mut Track> {
        self.tracks.iter_mut().find(|track| &*track.sid == sid)
    }

    /// Whether `track` already has a section here.
    pub(crate) fn is_shown(&self, track: &str) -> bool {
        self.bindings().any(|(_, binding)| &*binding.track == track)
    }

    pub(crate) fn bindings(&self) -> impl Iterator<Item = (Mid, &Binding)> {
        self.slots.iter().filter_map(|(mid, slot)| match &slot.used {
            Use::Bound(binding) => Some((*mid, binding)),
            Use::Idle | Use::Spent | Use::Retired => None,
        })
    }

    pub(crate) fn bindings_mut(&mut self) -> impl Iterator<Item = (Mid, &mut Binding)> {
        self.slots.iter_mut().filter_map(|(mid, slot)| match &mut slot.used {
            Use::Bound(binding) => Some((*mid, binding)),
            Use::Idle | Use::Spent | Use::Retired => None,
        })
    }
}
