//! The room and its callers over a virtual network: no socket, no sleeping, seeded luck.

mod garbage;
mod meeting;
mod network;
mod privacy;
mod trouble;
