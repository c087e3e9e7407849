//! The list of what was destroyed, each line bound to all before it: it can only grow. A key
//! store that was put back from a copy is found out by it.

use crate::{Epoch, VaultFault, files};
use aws_lc_rs::digest;
use kernel::At;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How far the list has come: how many destructions, and the hash over all of them in hex.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ratchet {
    /// How many epochs were destroyed so far.
    pub count: u64,
    /// SHA-256 over the line before and the epoch and time of the last, in hex; empty at first.
    pub hash: String,
}

impl Ratchet {
    fn after(&self, entry: &str) -> Self {
        let text = format!("{} {entry}", self.hash);
        let hash = digest::digest(&digest::SHA256, text.as_bytes());
        let hash = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { count: self.count + 1, hash }
    }
}

/// What was destroyed, in order.
#[derive(Default)]
pub(crate) struct Destroyed {
    epochs: BTreeSet<Epoch>,
    ratchet: Ratchet,
    lines: Vec<String>,
}

impl Destroyed {
    /// Reads the list of both homes; the shorter one is brought up to the longer.
    pub(crate) fn load(homes: &[PathBuf; 2]) -> Result<Self, VaultFault> {
        let [first, second] = [read(&homes[0])?, read(&homes[1])?];
        let (longer, shorter, behind) = match first.lines.len() >= second.lines.len() {
            true => (first, second, &homes[1]),
            false => (second, first, &homes[0]),
        };
        if longer.lines[..shorter.lines.len()] != shorter.lines {
            return Err(VaultFault::HomesDisagree("what was destroyed".into()));
        }
        for line in &longer.lines[shorter.lines.len()..] {
            files::append_line(&path(behind), line)?;
        }
        Ok(longer)
    }

    pub(crate) fn contains(&self, epoch: &Epoch) -> bool {
        self.epochs.contains(epoch)
    }

    pub(crate) const fn ratchet(&self) -> &Ratchet {
        &self.ratchet
    }

    /// Notes one in both homes; the key goes afterwards.
    pub(crate) fn add(
        &mut self,
        homes: &[PathBuf; 2],
        epoch: &Epoch,
        at: At,
    ) -> Result<(), VaultFault> {
        let entry = format!("{epoch} {}", at.0);
        let next = self.ratchet.after(&entry);
        let line = format!("{entry} {}", next.hash);
        for home in homes {
            files::append_line(&path(home), &line)?;
        }
        self.take(line, epoch.clone(), next);
        Ok(())
    }

    fn take(&mut self, line: String, epoch: Epoch, ratchet: Ratchet) {
        self.lines.push(line);
        self.epochs.insert(epoch);
        self.ratchet = ratchet;
    }
}

fn path(home: &Path) -> PathBuf {
    home.join("destroyed")
}

/// Reads one home's list. A last line without its end was cut by a crash before anything was
/// destroyed on its account; it is dropped.
fn read(home: &Path) -> Result<Destroyed, VaultFault> {
    let bytes = files::read(&path(home))?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| damaged())?;
    let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
    if whole.len() < text.len() {
        files::write_whole(&path(home), whole.as_bytes())?;
    }
    let mut destroyed = Destroyed::default();
    for line in whole.lines() {
        let (entry, hash) = line.rsplit_once(' ').ok_or_else(damaged)?;
        let (epoch, _) = entry.split_once(' ').ok_or_else(damaged)?;
        let next = destroyed.ratchet.after(entry);
        if next.hash != hash {
            return Err(damaged());
        }
        destroyed.take(line.to_owned(), epoch.parse()?, next);
    }
    Ok(destroyed)
}

fn damaged() -> VaultFault {
    VaultFault::Damaged("destroyed".into())
}
