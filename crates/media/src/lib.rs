//! Coded media as data: segments, containers, stills, the test card. Pure: no socket, no file,
//! no clock, and no encoder or decoder.

pub mod codec;
mod ebml;
pub mod h264;
pub mod limits;
pub mod opus;
pub mod probe;
mod reader;
pub mod segment;
pub mod testcard;
pub mod vp8;
pub mod webm;

pub use codec::{Codec, Kind};
pub use segment::{Frame, Header, Segment, SegmentFault, SegmentMeta};
pub use vp8::Size;
