//! Coded media as data: segments, containers, stills, the test card. Pure: no socket, no file,
//! no clock, and no encoder or decoder.

pub mod codec;

pub use codec::{Codec, Kind};
