//! A package of evidence: one sealed file with films, stills and papers of a case, the extract of
//! the journal, the custody log, and a signed manifest of all of them. Inside the seal (age) is
//! a plain archive (tar) of one strict form, so that any change of any byte is seen. The format
//! is `docs/formats/package.md`.

mod archive;
mod manifest;
mod open;
mod read;
mod seal;
mod write;

pub use archive::is_name;
pub use manifest::{CUSTODY, EXTRACT, MANIFEST, Manifest, Member, NOTE, REQUIRED};
pub use open::open;
pub use read::{Refused, Report, verify, verify_unsealed};
pub use seal::{Opening, Seal, SealFault};
pub use write::{Case, Open, Sealed, WriteFault};

/// What every package of this version says of itself.
pub const FORMAT: &str = "sightline evidence package v1";

#[cfg(test)]
#[path = "package_tests.rs"]
mod tests;
