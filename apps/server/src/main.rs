//! The binary `sightline`.
fn main() {}
