//! The host of every room: the only UDP socket, the signalling over WebSocket, the tokens.
//! The rules of a room are in `room`; nothing here decides who sees whom.

pub mod recorder;
pub mod tap;
