//! A caller in Rust: joins a room as `livekit-client` does, publishes frames that are encoded
//! already, and receives what the others publish. For rehearsals, tests and load.
//! It knows the wire and nothing of the police, and has no encoder or decoder.

pub mod client;
mod peer;
mod source;

pub use client::{Client, Received, Said};
pub use peer::{Peer, PeerConfig, PeerFault, PeerMessage, PeerStats};
pub use source::{FrameSource, SourceFrame, Synthetic};
