//! The host over real sockets on loopback, with peers in Rust as callers.

mod calls;
