//! Signed checkpoints of the journal: a note on a timer and on demand, kept as small files that
//! anyone may copy and hold against us later.

use crate::settings::Settings;
use crate::store::{Store, make_private};
use journal::checkpoint::{Checkpoint, Signer};
use journal::tree::{Frontier, Head};
use journal::{Journal, Position};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use vault::Vault;

type Fault = Box<dyn Error + Send + Sync>;

/// Where checkpoints are kept, and who signs them.
pub(crate) struct Checkpoints {
    folder: PathBuf,
    signer: Signer,
    vault: Arc<Vault>,
}

impl Checkpoints {
    /// The checkpoints of this data directory. The origin's host is the journal's name.
    pub(crate) fn of(settings: &Settings, store: &Store) -> Result<Self, Fault> {
        Self::with(settings, store.vault.clone())
    }

    /// The same, where only the keys are open.
    pub(crate) fn with(settings: &Settings, vault: Arc<Vault>) -> Result<Self, Fault> {
        let folder = settings.data.join("checkpoints");
        make_private(&folder)?;
        let signer = signer(settings, &vault)?;
        Ok(Self { folder, signer, vault })
    }

    /// Who signs.
    pub(crate) const fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Every checkpoint so far, its signature checked.
    pub(crate) fn heads(&self) -> Result<Vec<Head>, Fault> {
        Ok(self.notes()?.into_iter().map(|(_, head)| head).collect())
    }

    /// The same with their files.
    pub(crate) fn notes(&self) -> Result<Vec<(PathBuf, Head)>, Fault> {
        notes_in(&self.folder, &self.signer)
    }

    /// Signs a checkpoint of the journal as it stands; returns the note.
    pub(crate) async fn sign_now(&self, journal: &dyn Journal) -> Result<String, Fault> {
        let mut frontier = Frontier::default();
        follow(journal, &mut frontier).await?;
        self.write(&frontier)
    }

    fn write(&self, frontier: &Frontier) -> Result<String, Fault> {
        let head = Head { size: frontier.size(), root: frontier.root() };
        let note = Checkpoint::sign(head, &self.signer, |text| self.vault.sign(text));
        let path = self.folder.join(format!("{:012}.note", frontier.size()));
        let temporary = path.with_extension("new");
        std::fs::write(&temporary, &note)?;
        std::fs::File::open(&temporary)?.sync_all()?;
        std::fs::rename(&temporary, &path)?;
        Ok(note)
    }

    /// Signs one whenever the journal has grown, at most every `every`, for ever.
    pub(crate) async fn keep_signing(self, journal: Arc<dyn Journal>, every: Duration) {
        let mut frontier = Frontier::default();
        loop {
            tokio::time::sleep(every).await;
            let before = frontier.size();
            let signed = match follow(&*journal, &mut frontier).await {
                Ok(()) if frontier.size() == before => continue,
                Ok(()) => self.write(&frontier).map(|_| ()),
                Err(fault) => Err(fault),
            };
            if let Err(fault) = signed {
                tracing::error!(%fault, "no checkpoint could be signed; trying again");
            }
        }
    }
}

/// Who signs: the origin's host is the journal's name.
pub(crate) fn signer(settings: &Settings, vault: &Vault) -> Result<Signer, Fault> {
    let host = settings.origin.split("://").nth(1).unwrap_or_default();
    let signer = Signer::new(&format!("{host}/journal"), vault.verifying_key());
    Ok(signer.ok_or("the origin cannot stand in a checkpoint")?)
}

/// Every checkpoint in a folder, its signature checked; what else lies there is passed over.
pub(crate) fn notes_in(folder: &Path, signer: &Signer) -> Result<Vec<(PathBuf, Head)>, Fault> {
    let mut notes = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "note") {
            let note = std::fs::read_to_string(&path)?;
            let opened = Checkpoint::open(&note, signer);
            let opened = opened.map_err(|fault| format!("{}: {fault}", path.display()))?;
            notes.push((path, opened.head));
        }
    }
    Ok(notes)
}

async fn follow(journal: &dyn Journal, frontier: &mut Frontier) -> Result<(), Fault> {
    loop {
        let after = Position(frontier.size());
        let records = journal.read_from(after, journal::limits::READ_MAX).await?;
        if records.is_empty() {
            return Ok(());
        }
        records.iter().for_each(|record| frontier.push(&record.hash));
    }
}
