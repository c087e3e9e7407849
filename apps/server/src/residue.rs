//! Searches every file of the service, and of its last backup, for bytes that should be gone:
//! keys that were destroyed, and words that they sealed.

use crate::settings::Settings;
use async_trait::async_trait;
use engine::{Fault, Residue, Scan};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use vault::{Finder, Needle};

/// Bytes read at once: a recording's segment is smaller, a database larger.
const PIECE: usize = 1 << 20;

/// The file under the data directory that says where the last backup is.
pub(crate) const LAST_BACKUP: &str = "last-backup";

/// The places to search, each with the kind that a certificate names.
pub(crate) struct Files {
    data: PathBuf,
    keys: [PathBuf; 2],
    backup: Option<PathBuf>,
}

impl Files {
    /// Everything of this configuration.
    pub(crate) fn of(settings: &Settings) -> Self {
        let data = settings.data.clone();
        let keys = [data.join("keys"), settings.key_mirror()];
        let noted = std::fs::read_to_string(data.join(LAST_BACKUP)).ok();
        let backup = noted.map(|text| PathBuf::from(text.trim())).filter(|path| path.is_dir());
        Self { data, keys, backup }
    }

    fn scan(&self, finder: &Finder) -> io::Result<Scan> {
        let mut scan = Scan { needles: finder.needles() as u64, ..Scan::default() };
        for entry in std::fs::read_dir(&self.data)? {
            let path = entry?.path();
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            let kind = match name.as_deref().unwrap_or_default() {
                name if name.starts_with("journal.db") => "journal",
                name if name.starts_with("read-models.db") => "read_models",
                "recordings" => "objects",
                "checkpoints" => "checkpoints",
                "keys" | "keys-mirror" => continue,
                _ => "other",
            };
            search(&path, kind, finder, &mut scan)?;
        }
        for home in &self.keys {
            search(home, "keys", finder, &mut scan)?;
        }
        if let Some(backup) = &self.backup {
            search(backup, "backup", finder, &mut scan)?;
        }
        Ok(scan)
    }
}

#[async_trait]
impl Residue for Files {
    async fn scan(&self, needles: &[Needle]) -> Result<Scan, Fault> {
        let finder = Finder::new(needles);
        let places =
            Self { data: self.data.clone(), keys: self.keys.clone(), backup: self.backup.clone() };
        let searched = tokio::task::spawn_blocking(move || places.scan(&finder)).await;
        let searched = searched.map_err(|_| Fault::Outside("the search for residue"))?;
        searched.map_err(|fault| {
            tracing::error!(%fault, "a file could not be searched for residue");
            Fault::Outside("a file of the service")
        })
    }
}

fn search(path: &Path, kind: &str, finder: &Finder, scan: &mut Scan) -> io::Result<()> {
    let meta = match std::fs::symlink_metadata(path) {
        Ok(meta) => meta,
        // A file that went while it was looked for holds nothing any more.
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(fault) => return Err(fault),
    };
    if meta.is_dir() {
        for entry in std::fs::read_dir(path)? {
            search(&entry?.path(), kind, finder, scan)?;
        }
        return Ok(());
    }
    if !meta.is_file() {
        return Ok(());
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(fault) => return Err(fault),
    };
    scan.files += 1;
    scan.kinds.insert(kind.to_owned());
    let mut piece = vec![0; PIECE];
    let mut kept = 0;
    loop {
        let read = file.read(&mut piece[kept..])?;
        if read == 0 {
            return Ok(());
        }
        scan.bytes += read as u64;
        let filled = kept + read;
        scan.found += finder.count_in(&piece[..filled]) as u64;
        let overlap = finder.overlap().min(filled);
        piece.copy_within(filled - overlap..filled, 0);
        kept = overlap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needle_is_found_across_the_pieces_of_a_file_and_in_every_folder() {
        let dir = tempfile::tempdir().unwrap();
        let needle = Needle::new(b"words of an example").unwrap();
        let finder = Finder::new(&[needle]);
        let mut bytes = vec![0; PIECE - 7];
        bytes.extend(b"words of an example");
        bytes.extend(vec![0; 100]);
        std::fs::create_dir_all(dir.path().join("recordings/rec")).unwrap();
        std::fs::write(dir.path().join("recordings/rec/1"), &bytes).unwrap();
        std::fs::write(dir.path().join("journal.db-wal"), b"nothing").unwrap();
        let keys = [dir.path().join("keys"), dir.path().join("elsewhere")];
        let files = Files { data: dir.path().to_owned(), keys, backup: None };
        let scan = files.scan(&finder).unwrap();
        assert_eq!((scan.files, scan.found), (2, 1));
        assert_eq!(scan.kinds, ["journal", "objects"].map(str::to_owned).into());
    }
}
