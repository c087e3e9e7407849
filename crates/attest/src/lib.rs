//! What somebody else can check, on another machine and offline: a certificate that something
//! was forgotten, and a sealed package of evidence. Both are signed as the journal's checkpoints
//! are, and carry proofs that their events stand in the journal. Only `package::Sealed` writes
//! and only `package::open` makes files, where the caller says.

pub mod certificate;
pub mod extract;
mod hex;
pub mod limits;
pub mod package;
pub mod signed;
mod words;

pub use extract::{Extract, Proved, Unproved};
pub use signed::{Key, Trust};

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod sample_tests;
