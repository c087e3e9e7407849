//! The list of what is in a package, which is what is signed.

use crate::extract::Hash;
use crate::package::is_name;
use crate::{limits, package};
use kernel::At;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The manifest's own name in the archive.
pub const MANIFEST: &str = "manifest.json";
/// The name of the note that signs it, the last member of all.
pub const NOTE: &str = "manifest.note";
/// The name of the journal's extract.
pub const EXTRACT: &str = "journal-extract.json";
/// The name of the log of who had what when.
pub const CUSTODY: &str = "custody.json";
/// What no package is without.
pub const REQUIRED: [&str; 2] = [EXTRACT, CUSTODY];

/// What is in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `package::FORMAT`.
    pub format: String,
    /// Its own name.
    pub id: String,
    /// The case that it is of, as the service names it.
    pub case: String,
    /// The journal that its extract is of.
    pub origin: String,
    /// The line of the key that signs it.
    pub key: String,
    /// When it was made.
    pub made_at: At,
    /// Who made it.
    pub made_by: String,
    /// Why, and for whom.
    pub purpose: String,
    /// Everything else in it, in the order in which it lies there.
    pub members: Vec<Member>,
}

/// One file in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name; folders are parted by slashes.
    pub name: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Its bytes.
    pub length: u64,
    /// Their hash.
    pub sha256: Hash,
}

impl Manifest {
    pub(crate) fn file(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("strings and numbers are JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Reads one, which must be byte for byte what was written.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let whole = manifest.format == package::FORMAT
            && manifest.file() == bytes
            && manifest.members.len() <= limits::MEMBERS_MAX;
        let mut names = BTreeSet::new();
        let own = |name: &str| name == MANIFEST || name == NOTE;
        let sound = manifest.members.iter().all(|member| {
            is_name(&member.name) && !own(&member.name) && names.insert(&member.name)
        });
        (whole && sound).then_some(manifest)
    }
}
