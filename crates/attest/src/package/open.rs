//! Writes the members of a package into a folder, once all of it was checked: read twice, so that
//! nothing of a package that is refused ever lies on the disk.

use crate::hex::Hasher;
use crate::package::archive::{Next, member, next};
use crate::package::{Opening, Refused, Report, verify};
use crate::signed::Key;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Checks the package, then writes its members under `folder`, which must not be there yet.
/// `source` gives the sealed bytes from the start, each time it is called.
pub fn open<R: Read>(
    mut source: impl FnMut() -> std::io::Result<R>,
    opening: &Opening,
    key: Key<'_>,
    folder: &Path,
) -> Result<Report, Refused> {
    let again = |_| Refused::Seal;
    let report = verify(source().map_err(again)?, opening, key)?;
    private(folder, true).map_err(|_| Refused::Out(folder.display().to_string()))?;
    let mut inside = opening.of(source().map_err(again)?).ok_or(Refused::Seal)?;
    let mut listed = report.manifest.members.iter();
    while let Ok(Next::Member(name, length)) = next(&mut inside) {
        let out = || Refused::Out(name.clone());
        let mut file = create(folder, &name).map_err(|_| out())?;
        let (mut hash, mut written) = (Hasher::default(), Ok(()));
        let read = member(&mut inside, length, |bytes| {
            hash.update(bytes);
            if written.is_ok() {
                written = file.write_all(bytes);
            }
        });
        let done = read.is_ok() && written.and_then(|()| file.sync_all()).is_ok();
        let hash = hash.end();
        // The manifest and its note follow the last member that is listed.
        let same = listed.next().is_none_or(|m| m.name == name && m.sha256 == hash);
        if !done || !same {
            let _ = fs::remove_file(folder.join(&name));
            return Err(out());
        }
    }
    Ok(report)
}

fn private(folder: &Path, new: bool) -> std::io::Result<()> {
    DirBuilder::new().mode(0o700).recursive(!new).create(folder)
}

/// Never over a file that is there, never through a link: the folder is our own and new, and
/// `is_name` has let the name through.
fn create(folder: &Path, name: &str) -> std::io::Result<File> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        private(parent, false)?;
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}
