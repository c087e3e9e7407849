//! Certificates of erasure: made when an epoch is wholly gone, from the journal's own events and
//! a signed checkpoint, and kept as files that anyone can check offline.

use crate::store::make_private;
use async_trait::async_trait;
use attest::certificate::{Certificate, Clock, Issue};
use attest::extract::Extract;
use engine::forgetting::{ERASED, EXPIRED, Erased, Expired};
use engine::{Engine, Fault, Opened, Outcome, Work};
use journal::checkpoint::{Checkpoint, Signer};
use journal::tree::{Head, Tree};
use journal::{Journal, Position, Recorded};
use retention_web::{CertificateFile, Certificates, Facts};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vault::{Epoch, Vault};

/// The certificates of this service.
#[derive(Clone)]
pub(crate) struct Proofs {
    folder: PathBuf,
    engine: Engine,
    signer: Arc<Signer>,
    vault: Arc<Vault>,
}

const FAULT: Fault = Fault::Outside("the folder of certificates");

impl Proofs {
    /// Over a data directory that is open.
    pub(crate) fn of(data: &Path, engine: &Engine, signer: Signer, vault: Arc<Vault>) -> Self {
        let folder = data.join("certificates");
        Self { folder, engine: engine.clone(), signer: Arc::new(signer), vault }
    }

    /// The certificate of an epoch that is wholly gone: the one that was made, or a new one when
    /// more of the same epoch went since.
    pub(crate) async fn get(&self, epoch: &Epoch) -> Result<Option<Certificate>, Fault> {
        let records = self.events_of(epoch).await?;
        if records.last().is_none_or(|record| record.kind != ERASED) {
            return Ok(None);
        }
        let file = self.folder.join(format!("{epoch}.{}.json", records.len()));
        if let Ok(bytes) = std::fs::read(&file)
            && let Ok(certificate) = Certificate::read(&bytes)
        {
            return Ok(Some(certificate));
        }
        let certificate = self.issue(epoch, &records).await?;
        make_private(&self.folder).map_err(|_| FAULT)?;
        let temporary = file.with_extension("new");
        std::fs::write(&temporary, certificate.file()).map_err(|_| FAULT)?;
        std::fs::rename(&temporary, &file).map_err(|_| FAULT)?;
        Ok(Some(certificate))
    }

    /// The newest file of an epoch, where no house is open.
    pub(crate) fn newest(data: &Path, epoch: &Epoch) -> Option<Vec<u8>> {
        let stem = format!("{epoch}.");
        let entries = std::fs::read_dir(data.join("certificates")).ok()?;
        let names = entries.filter_map(Result::ok).map(|entry| entry.path());
        let count = |path: &PathBuf| -> Option<u64> {
            let name = path.file_name()?.to_str()?;
            name.strip_prefix(&stem)?.strip_suffix(".json")?.parse().ok()
        };
        let path = names.filter(|path| count(path).is_some()).max_by_key(count)?;
        std::fs::read(path).ok()
    }

    async fn issue(&self, epoch: &Epoch, records: &[Recorded]) -> Result<Certificate, Fault> {
        let tree = tree(&**self.engine.journal()).await?;
        let head = Head { size: tree.size(), root: tree.root() };
        let note = Checkpoint::sign(head, &self.signer, |text| self.vault.sign(text));
        let extract = Extract::new(note, &tree, records).ok_or(FAULT)?;
        let issue = Issue {
            id: &epoch.to_string(),
            authority: &authority(epoch),
            clocks: clocks(records)?,
            issued_at: self.engine.now(),
        };
        let issued = Certificate::issue(issue, extract, &self.signer, |text| self.vault.sign(text));
        issued.map_err(|refused| {
            tracing::error!(%epoch, %refused, "an erasure cannot be certified");
            Fault::Outside("the proof of an erasure")
        })
    }

    async fn events_of(&self, epoch: &Epoch) -> Result<Vec<Recorded>, Fault> {
        let stream = format!("retention/{}", epoch.class);
        let (mut version, mut found) = (0, Vec::new());
        loop {
            let records =
                self.engine.journal().load(&stream, version, journal::limits::READ_MAX).await?;
            let Some(last) = records.last() else { return Ok(found) };
            version = last.version;
            for record in records {
                if of_epoch(&record)?.is_some_and(|of| of == *epoch) {
                    found.push(record);
                }
            }
        }
    }
}

#[async_trait]
impl Certificates for Proofs {
    async fn certificate(&self, epoch: &str) -> Result<Option<CertificateFile>, Fault> {
        let Ok(epoch) = epoch.parse() else { return Ok(None) };
        let Some(certificate) = self.get(&epoch).await? else { return Ok(None) };
        let statement = &certificate.statement;
        let opened = Checkpoint::open(&statement.journal.checkpoint, &self.signer);
        let scan = &statement.account.scan;
        let facts = Facts {
            authority: statement.authority.clone(),
            checkpoint_size: opened.map_or(0, |checkpoint| checkpoint.head.size),
            checkpoint_at: statement.issued_at.0,
            signer: self.signer.line(),
            scanned_files: scan.files,
            scanned_bytes: scan.bytes,
            needles: scan.needles,
            found: scan.found,
            scanned_kinds: scan.kinds.iter().cloned().collect(),
        };
        let pdf = attest::certificate::pdf(&certificate);
        let pdf = pdf.map_err(|_| Fault::Outside("the printing of a certificate"))?;
        Ok(Some(CertificateFile { json: certificate.file(), pdf, facts }))
    }
}

/// Due work: each epoch that is wholly gone is certified without anyone asking.
#[async_trait]
impl Work for Proofs {
    fn name(&self) -> &'static str {
        "certificate"
    }

    fn wants(&self, kind: &str) -> bool {
        kind == ERASED
    }

    async fn perform(&self, _: &Engine, event: &Opened, _: u32) -> Outcome {
        let Ok(Erased { epoch, .. }) = event.decode() else { return Outcome::Abandoned("form") };
        match self.get(&epoch).await {
            Ok(_) => Outcome::Done,
            Err(fault) => {
                tracing::error!(%epoch, %fault, "an erasure is not certified yet");
                Outcome::Later(None)
            }
        }
    }
}

/// The tree of the whole journal as it stands.
pub(crate) async fn tree(journal: &dyn Journal) -> Result<Tree, Fault> {
    let mut tree = Tree::default();
    loop {
        let records = journal.read_from(Position(tree.size()), journal::limits::READ_MAX).await?;
        if records.is_empty() {
            return Ok(tree);
        }
        records.iter().for_each(|record| tree.push(&record.hash));
    }
}

fn of_epoch(record: &Recorded) -> Result<Option<Epoch>, Fault> {
    if record.kind != EXPIRED && record.kind != ERASED {
        return Ok(None);
    }
    serde_json::from_str(&record.clear).map(Some).map_err(Fault::Encode)
}

/// What each clock said at the first of the ends: those of a hold that ended later said more.
fn clocks(records: &[Recorded]) -> Result<Vec<Clock>, Fault> {
    let first = records.iter().find(|record| record.kind == EXPIRED);
    let Some(first) = first else { return Ok(vec![]) };
    let body: Expired = serde_json::from_str(&first.clear).map_err(Fault::Encode)?;
    Ok(body.clocks.into_iter().map(|(name, says)| Clock { name, says }).collect())
}

/// On what authority things of this class go on that day.
fn authority(epoch: &Epoch) -> String {
    if epoch.is_hold() {
        return "A hold ended after the day that it had outranked".to_owned();
    }
    let known = kernel::retention::SHARED.into_iter().chain([recording::CLASS]);
    let class = known.into_iter().find(|class| class.name == epoch.class);
    class.map_or_else(
        || "The schedule of retention of the force".to_owned(),
        |class| class.authority.to_owned(),
    )
}
