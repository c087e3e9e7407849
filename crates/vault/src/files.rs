//! Small key files that are either wholly there or not at all, in two homes.

use crate::VaultFault;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Makes a directory and its parents, for the owner only.
pub(crate) fn make_dir(dir: &Path) -> Result<(), VaultFault> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(VaultFault::Write)
}

/// Writes a file whole: to a temporary name, synced, renamed, directory synced.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), VaultFault> {
    let dir = path.parent().expect("a key file has a directory");
    let temporary = path.with_extension("new");
    let write = || {
        let mut file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .mode(0o600)
            .open(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(VaultFault::Write)
}

/// Reads a file; `None` when there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, VaultFault> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(VaultFault::Read(e)),
    }
}

/// Overwrites a key file in place, syncs, removes it and syncs the directory. The file system
/// may keep older copies of the block; they are wrapped under the root key.
pub(crate) fn destroy(path: &Path) -> Result<(), VaultFault> {
    let dir = path.parent().expect("a key file has a directory");
    let run = || {
        let mut file = match OpenOptions::new().write(true).open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e),
        };
        let len = file.metadata()?.len() as usize;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&vec![0; len])?;
        file.sync_all()?;
        drop(file);
        fs::remove_file(path)?;
        File::open(dir)?.sync_all()
    };
    run().map_err(VaultFault::Write)
}

/// Appends one line and syncs it.
pub(crate) fn append_line(path: &Path, line: &str) -> Result<(), VaultFault> {
    let run = || {
        let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        file.sync_all()
    };
    run().map_err(VaultFault::Write)
}

/// Copies a folder of key files into another that is empty or not there, each file whole and
/// synced.
pub(crate) fn copy_tree(from: &Path, to: &Path) -> Result<(), VaultFault> {
    make_dir(to)?;
    if fs::read_dir(to).map_err(VaultFault::Read)?.next().is_some() {
        return Err(VaultFault::NotEmpty);
    }
    for entry in fs::read_dir(from).map_err(VaultFault::Read)? {
        let path = entry.map_err(VaultFault::Read)?.path();
        let twin = to.join(path.file_name().expect("an entry of a folder has a name"));
        if path.is_dir() {
            copy_tree(&path, &twin)?;
        } else if path.extension().is_none_or(|e| e != "new")
            && let Some(bytes) = read(&path)?
        {
            write_whole(&twin, &bytes)?;
        }
    }
    Ok(())
}
