//! Data keys that outlive their epoch because somebody said so: wrapped once more, under the key
//! of a hold or of a longer class. They stand here and not in the journal, so that no copy of
//! the journal can bring back what a hold once kept.

use crate::{Epoch, VaultFault, Wrapped, files};
use aws_lc_rs::digest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One key's file.
#[derive(Serialize, Deserialize)]
struct File {
    name: String,
    #[serde(flatten)]
    kept: One,
}

/// What keeps one key.
#[derive(Clone, Default, Serialize, Deserialize)]
struct One {
    /// The key's own wrapping, as the journal has it: once an old journal was put back, another
    /// key may be born under the same name, and these are not of that one.
    of: String,
    wrapped: Vec<Wrapped>,
}

/// Every key that is kept, by name, and how often one was added or taken away.
#[derive(Default)]
pub(crate) struct Kept {
    names: BTreeMap<String, One>,
    moves: u64,
}

impl Kept {
    /// Reads both homes; a home that lacks a file is given it.
    pub(crate) fn load(homes: &[PathBuf; 2]) -> Result<Self, VaultFault> {
        let mut kept = Self { moves: load_moves(homes)?, ..Self::default() };
        for (home, other) in [(&homes[0], &homes[1]), (&homes[1], &homes[0])] {
            files::make_dir(&home.join("kept"))?;
            for entry in std::fs::read_dir(home.join("kept")).map_err(VaultFault::Read)? {
                let path = entry.map_err(VaultFault::Read)?.path();
                if path.extension().is_none_or(|e| e != "json") {
                    continue;
                }
                let bytes = files::read(&path)?.unwrap_or_default();
                let file: File = serde_json::from_slice(&bytes)
                    .map_err(|_| VaultFault::Damaged("a kept key".into()))?;
                let twin = place(other, &file.name);
                match files::read(&twin)? {
                    Some(found) if found == bytes => {}
                    // The one written first is the newer: a crash came before the second.
                    Some(_) if home == &homes[1] => continue,
                    Some(_) | None => {
                        files::make_dir(&other.join("kept"))?;
                        files::write_whole(&twin, &bytes)?;
                    }
                }
                if !file.kept.wrapped.is_empty() {
                    kept.names.insert(file.name, file.kept);
                }
            }
        }
        Ok(kept)
    }

    pub(crate) const fn moves(&self) -> u64 {
        self.moves
    }

    /// Counted before it is done: the journal hears of it afterwards, never before.
    fn count_one(&mut self, homes: &[PathBuf; 2]) -> Result<(), VaultFault> {
        let moves = self.moves + 1;
        for home in homes {
            files::write_whole(&home.join("moves"), moves.to_string().as_bytes())?;
        }
        self.moves = moves;
        Ok(())
    }

    /// The wrappings of one key, in the order in which they were made.
    pub(crate) fn of(&self, name: &str, own: &Wrapped) -> &[Wrapped] {
        let kept = self.names.get(name).filter(|kept| kept.of == own.wrapped);
        kept.map_or(&[], |kept| kept.wrapped.as_slice())
    }

    /// The wrappings of whichever key has this name.
    pub(crate) fn named(&self, name: &str) -> &[Wrapped] {
        self.names.get(name).map_or(&[], |kept| kept.wrapped.as_slice())
    }

    /// Whether any key is kept under this epoch.
    pub(crate) fn uses(&self, epoch: &Epoch) -> bool {
        self.names.values().flat_map(|kept| &kept.wrapped).any(|one| one.epoch == *epoch)
    }

    /// Adds a wrapping, durable in both homes.
    pub(crate) fn add(
        &mut self,
        homes: &[PathBuf; 2],
        name: &str,
        own: &Wrapped,
        wrapped: Wrapped,
    ) -> Result<(), VaultFault> {
        self.count_one(homes)?;
        let mut all = self.of(name, own).to_vec();
        all.retain(|one| one.epoch != wrapped.epoch);
        all.push(wrapped);
        self.write(homes, name, One { of: own.wrapped.clone(), wrapped: all })
    }

    /// Takes every wrapping under `epoch` away from one key.
    pub(crate) fn remove(
        &mut self,
        homes: &[PathBuf; 2],
        name: &str,
        epoch: &Epoch,
    ) -> Result<(), VaultFault> {
        self.count_one(homes)?;
        let mut kept = self.names.get(name).cloned().unwrap_or_default();
        kept.wrapped.retain(|one| one.epoch != *epoch);
        self.write(homes, name, kept)
    }

    /// The names of the keys kept under this epoch.
    pub(crate) fn under(&self, epoch: &Epoch) -> Vec<String> {
        let has = |kept: &One| kept.wrapped.iter().any(|one| one.epoch == *epoch);
        self.names.iter().filter(|(_, kept)| has(kept)).map(|(name, _)| name.clone()).collect()
    }

    fn write(&mut self, homes: &[PathBuf; 2], name: &str, kept: One) -> Result<(), VaultFault> {
        let file = File { name: name.to_owned(), kept };
        let bytes = serde_json::to_vec(&file).expect("names and base64 are JSON");
        for home in homes {
            files::write_whole(&place(home, name), &bytes)?;
        }
        if !file.kept.wrapped.is_empty() {
            self.names.insert(file.name, file.kept);
            return Ok(());
        }
        // Emptied first and removed then: a home that still has its file after a crash cannot
        // bring the wrapping back.
        for home in homes {
            files::destroy(&place(home, name))?;
        }
        self.names.remove(name);
        Ok(())
    }
}

/// The higher count of both homes: a crash may have come before the second.
fn load_moves(homes: &[PathBuf; 2]) -> Result<u64, VaultFault> {
    let mut most = 0;
    for home in homes {
        let Some(bytes) = files::read(&home.join("moves"))? else { continue };
        let text = String::from_utf8(bytes).unwrap_or_default();
        let moves = text.parse().map_err(|_| VaultFault::Damaged("moves".into()))?;
        most = most.max(moves);
    }
    Ok(most)
}

/// Where a key's file stands: a name may hold letters that a file's may not.
fn place(home: &Path, name: &str) -> PathBuf {
    let hash = digest::digest(&digest::SHA256, name.as_bytes());
    let hex: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    home.join("kept").join(format!("{hex}.json"))
}
