//! The host of every room: the only UDP socket, the signalling over WebSocket, the tokens.
//! The rules of a room are in `room`; nothing here decides who sees whom.

pub mod recorder;
pub mod tap;
pub mod token;

mod clock;
mod engine;
mod event;
mod host;
mod limits;
mod signalling;

pub use clock::{Wall, machine_wall};
pub use event::{Fault, HostEvent, ParticipantStats, Present, Stats};
pub use host::{Admit, HostConfig, HostFault, RECORDER, RoomHost};
pub use room::{LeaveReason, Quality};
