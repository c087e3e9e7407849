//! The form of a backup: one folder that stands by itself, with a list of its files, their sizes
//! and hashes, under a manifest that is signed as checkpoints are. Never in it: a key, a read
//! model, the configuration itself.

use journal::checkpoint::Signer;
use kernel::At;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

/// The form that this build reads and writes.
const FORM: u32 = 1;
/// Bytes hashed and copied at a time.
const PIECE: usize = 256 * 1024;

/// The copy of the journal.
pub(crate) const JOURNAL: &str = "journal.db";
/// Before the name of a checkpoint.
pub(crate) const CHECKPOINTS: &str = "checkpoints/";
/// Before the name of an object.
pub(crate) const RECORDINGS: &str = "recordings/";
const MANIFEST: &str = "manifest.json";
const NOTE: &str = "manifest.note";
const FILES: &str = "files.jsonl";

/// Why a backup is not used. The sentence names the file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveFault {
    #[error("there is no backup in {0}")]
    None(PathBuf),
    #[error("{0} is of a form that this version does not know")]
    Form(PathBuf),
    #[error("{file} {what}: this backup is not used", file = .0.display(), what = .1)]
    Bad(PathBuf, &'static str),
    #[error("{file} could not be read or written", file = .0.display())]
    Disk(PathBuf, #[source] io::Error),
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> ArchiveFault {
    move |source| ArchiveFault::Disk(path.to_owned(), source)
}

/// What stands over the list of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) form: u32,
    pub(crate) made_at: At,
    /// The version of Sightline that made it.
    pub(crate) version: String,
    /// The line of the key that signed it and the checkpoints, as `sightline journal key` prints.
    pub(crate) key: String,
    /// Says whether the configuration is the same, and nothing of what is in it.
    pub(crate) configuration: String,
    /// Records of the journal.
    pub(crate) records: u64,
    /// Root of the tree over them, in hex.
    pub(crate) root: String,
    pub(crate) objects: u64,
    /// Bytes of all files.
    pub(crate) bytes: u64,
    /// SHA-256 of the list of files, in hex.
    pub(crate) files: String,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// A backup whose manifest and list were found whole; its files are checked as they are copied.
#[derive(Debug)]
pub(crate) struct Archive {
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
    pub(crate) entries: Vec<Entry>,
    pub(crate) signer: Signer,
}

impl Archive {
    /// Opens the backup in `folder`, or the newest of those below it. With `trusted` it must be
    /// signed by that key; without, by the one that it names itself.
    pub(crate) fn open(folder: &Path, trusted: Option<&Signer>) -> Result<Self, ArchiveFault> {
        let folder = newest(folder)?.ok_or_else(|| ArchiveFault::None(folder.to_owned()))?;
        let path = folder.join(MANIFEST);
        let bytes = fs::read(&path).map_err(disk(&path))?;
        let bad = |path: &Path, what| ArchiveFault::Bad(path.to_owned(), what);
        let manifest: Manifest =
            serde_json::from_slice(&bytes).map_err(|_| bad(&path, "is damaged"))?;
        if manifest.form != FORM {
            return Err(ArchiveFault::Form(path));
        }
        let named = Signer::parse(&manifest.key).ok_or_else(|| bad(&path, "names no key"))?;
        if trusted.is_some_and(|trusted| *trusted != named) {
            return Err(bad(&path, "is signed by another key than this service's"));
        }
        let note_path = folder.join(NOTE);
        let note = fs::read_to_string(&note_path).map_err(disk(&note_path))?;
        let signed = named.open(&note).map_err(|_| bad(&note_path, "is not a true signature"))?;
        if signed != statement(&named, &bytes) {
            return Err(bad(&path, "is not what was signed"));
        }
        let list = folder.join(FILES);
        let (_, sha256) = hash(&list)?;
        if sha256 != manifest.files {
            return Err(bad(&list, "is not what was signed"));
        }
        let lines = BufReader::new(File::open(&list).map_err(disk(&list))?).lines();
        let mut entries = Vec::new();
        for line in lines {
            let entry: Entry = serde_json::from_str(&line.map_err(disk(&list))?)
                .map_err(|_| bad(&list, "is damaged"))?;
            if !plain(&entry.name) {
                return Err(bad(&list, "names a file that no backup has"));
            }
            entries.push(entry);
        }
        Ok(Self { folder, manifest, entries, signer: named })
    }

    /// Copies one file out, compared with the list on the way, durable when this returns or when
    /// `blobs::sync_all` has been called.
    pub(crate) fn take_out(&self, entry: &Entry, target: &Path) -> Result<(), ArchiveFault> {
        let path = self.folder.join(&entry.name);
        let from = File::open(&path).map_err(|fault| match fault.kind() {
            io::ErrorKind::NotFound => ArchiveFault::Bad(path.clone(), "is missing"),
            _ => ArchiveFault::Disk(path.clone(), fault),
        })?;
        let (bytes, sha256) = copy(from, &path, target)?;
        if bytes != entry.bytes {
            return Err(ArchiveFault::Bad(path, "was cut or has grown"));
        }
        if sha256 != entry.sha256 {
            return Err(ArchiveFault::Bad(path, "was altered"));
        }
        Ok(())
    }
}

/// A backup that is being written.
pub(crate) struct Writing {
    folder: PathBuf,
    list: BufWriter<File>,
    bytes: u64,
}

impl Writing {
    /// Begins in a new folder.
    pub(crate) fn begin(folder: &Path) -> Result<Self, ArchiveFault> {
        crate::store::make_private(folder).map_err(disk(folder))?;
        let list = folder.join(FILES);
        let list = create(&list).map_err(disk(&list))?;
        Ok(Self { folder: folder.to_owned(), list: BufWriter::new(list), bytes: 0 })
    }

    /// Where a file of this name goes; its folder is made.
    pub(crate) fn place(&self, name: &str) -> Result<PathBuf, ArchiveFault> {
        let path = self.folder.join(name);
        let above = path.parent().unwrap_or(&self.folder);
        crate::store::make_private(above).map_err(disk(above))?;
        Ok(path)
    }

    /// Copies a file in. `None`: it is gone by now.
    pub(crate) fn take_in(&mut self, name: &str, path: &Path) -> Result<Option<()>, ArchiveFault> {
        let from = match File::open(path) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
            from => from.map_err(disk(path))?,
        };
        let target = self.place(name)?;
        let (bytes, sha256) = copy(from, path, &target)?;
        self.note(Entry { name: name.to_owned(), bytes, sha256 }).map(Some)
    }

    /// Shares a file with an earlier backup. False: it cannot, and has to be copied.
    pub(crate) fn share(&mut self, entry: &Entry, earlier: &Path) -> Result<bool, ArchiveFault> {
        let target = self.place(&entry.name)?;
        if fs::hard_link(earlier.join(&entry.name), target).is_err() {
            return Ok(false);
        }
        self.note(entry.clone()).map(|()| true)
    }

    /// Lists a file that was written in its place.
    pub(crate) fn list(&mut self, name: &str) -> Result<(), ArchiveFault> {
        let (bytes, sha256) = hash(&self.folder.join(name))?;
        self.note(Entry { name: name.to_owned(), bytes, sha256 })
    }

    fn note(&mut self, entry: Entry) -> Result<(), ArchiveFault> {
        self.bytes += entry.bytes;
        let line = serde_json::to_string(&entry).expect("an entry is text and a number");
        writeln!(self.list, "{line}").map_err(disk(&self.folder))
    }

    /// Writes and signs the manifest; returns it. Everything is durable afterwards.
    pub(crate) fn finish(
        mut self,
        mut manifest: Manifest,
        signer: &Signer,
        sign: impl Fn(&[u8]) -> [u8; 64],
    ) -> Result<Manifest, ArchiveFault> {
        let folder = self.folder;
        self.list.flush().map_err(disk(&folder))?;
        (manifest.form, manifest.bytes) = (FORM, self.bytes);
        manifest.files = hash(&folder.join(FILES))?.1;
        let bytes = serde_json::to_vec_pretty(&manifest).expect("a manifest is text and numbers");
        let note = signer.sign(&statement(signer, &bytes), sign);
        for (name, bytes) in [(MANIFEST, bytes.as_slice()), (NOTE, note.as_bytes())] {
            let path = folder.join(name);
            let written = create(&path).and_then(|mut file| file.write_all(bytes));
            written.map_err(disk(&path))?;
        }
        blobs::sync_all(&folder).map_err(disk(&folder))?;
        Ok(manifest)
    }
}

/// What is signed: whose journal, and which manifest.
fn statement(signer: &Signer, manifest: &[u8]) -> String {
    format!("{}\nbackup\n{}\n", signer.name(), hex(&Sha256::digest(manifest)))
}

/// The backup in `folder`: itself, or the newest below it. Their names order them.
pub(crate) fn newest(folder: &Path) -> Result<Option<PathBuf>, ArchiveFault> {
    if folder.join(MANIFEST).exists() {
        return Ok(Some(folder.to_owned()));
    }
    let entries = match fs::read_dir(folder) {
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries.map_err(disk(folder))?,
    };
    let mut last = None;
    for entry in entries {
        let path = entry.map_err(disk(folder))?.path();
        if path.join(MANIFEST).exists() && last.as_ref().is_none_or(|last| path > *last) {
            last = Some(path);
        }
    }
    Ok(last)
}

/// Whether a name in the list is one that a backup has: nothing that climbs or hides.
fn plain(name: &str) -> bool {
    let known = name == JOURNAL || name.starts_with(CHECKPOINTS) || name.starts_with(RECORDINGS);
    let normal = |part| matches!(part, Component::Normal(_));
    known && Path::new(name).components().all(normal) && !name.contains("/.")
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)
}

fn copy(mut from: File, named: &Path, target: &Path) -> Result<(u64, String), ArchiveFault> {
    let mut to = create(target).map_err(disk(target))?;
    let mut piece = vec![0; PIECE];
    let (mut bytes, mut hasher) = (0, Sha256::new());
    loop {
        let read = from.read(&mut piece).map_err(disk(named))?;
        if read == 0 {
            return Ok((bytes, hex(&hasher.finalize())));
        }
        hasher.update(&piece[..read]);
        to.write_all(&piece[..read]).map_err(disk(target))?;
        bytes += read as u64;
    }
}

fn hash(path: &Path) -> Result<(u64, String), ArchiveFault> {
    let mut file = File::open(path).map_err(disk(path))?;
    let mut hasher = Sha256::new();
    let bytes = io::copy(&mut file, &mut hasher).map_err(disk(path))?;
    Ok((bytes, hex(&hasher.finalize())))
}

/// Bytes as lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_list_never_leads_out_of_the_backup() {
        for bad in [
            "/etc/passwd",
            "../journal.db",
            "recordings/../x",
            "keys/root.key",
            "x",
            "",
            "recordings/.x",
            "journal.db/x",
        ] {
            assert!(!plain(bad), "{bad:?}");
        }
        for good in ["journal.db", "checkpoints/000000000012.note", "recordings/rec/a/1-1"] {
            assert!(plain(good), "{good:?}");
        }
    }
}
