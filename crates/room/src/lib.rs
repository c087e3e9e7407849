//! The room of a call: who is in it, and what of whom is shown to whom. Pure rules over `str0m`:
//! datagrams, signals and times go in, datagrams, signals and events come out.
//! No socket, no clock, no thread, no token; `room-host` has those.
//!
//! The wire is LiveKit's "v1" signalling, the part a call of two to six needs, so that the stock
//! `livekit-client` and our own `room-peer` can both join.

pub mod join;
pub mod limits;
pub mod rtc;
pub mod sdp;
pub mod stun;

mod channel;
mod forward;
mod negotiate;
mod participant;
mod rate;
mod room;
mod roster;
mod signal;
mod track;

pub use participant::{Grants, Seat};
pub use room::{
    Config, Event, Input, LeaveReason, Now, Output, Quality, RecorderSeat, Room, Session, Tapped,
};
