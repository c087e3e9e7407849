//! The last time that every clock agreed on, kept beside the keys: a clock that was set back
//! cannot make anything younger, and one that jumped ahead cannot destroy.

use crate::{VaultFault, files};
use kernel::At;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A clock that nobody sets: it counts from the start of the machine, and starts anew with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steady {
    /// Which start of the machine.
    pub boot: u64,
    /// How long ago that was.
    pub since: Duration,
}

/// The wall clock and the steady clock, read together when they were trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What the wall clock said.
    pub wall: At,
    /// What the steady clock said.
    pub steady: Steady,
    /// The latest that any clock had said by then: what was closed by it stays closed, also when
    /// the clocks are put back by a little and agree.
    #[serde(default)]
    pub high: At,
}

impl Mark {
    /// The later of both homes' marks.
    pub(crate) fn load(homes: &[PathBuf; 2]) -> Result<Option<Self>, VaultFault> {
        let mut found: Option<Self> = None;
        for home in homes {
            let Some(bytes) = files::read(&path(home))? else { continue };
            let mark: Self =
                serde_json::from_slice(&bytes).map_err(|_| VaultFault::Damaged("mark".into()))?;
            if found.is_none_or(|other| other.wall < mark.wall) {
                found = Some(mark);
            }
        }
        Ok(found)
    }

    pub(crate) fn write(&self, homes: &[PathBuf; 2]) -> Result<(), VaultFault> {
        let bytes = serde_json::to_vec(self).expect("numbers are JSON");
        homes.iter().try_for_each(|home| files::write_whole(&path(home), &bytes))
    }
}

fn path(home: &Path) -> PathBuf {
    home.join("mark")
}
