//! Where the repository is, and what is in it.

use crate::{Outcome, shell};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The top of the repository this tool was built from.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask/ stands in the repository").to_owned()
}

/// One text file of the repository.
#[derive(Clone)]
pub(crate) struct File {
    /// From the top, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    #[cfg(test)]
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The kind of file: what stands after the last full stop of its name.
    pub(crate) fn kind(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, kind)| kind)
    }
}

/// The whole repository as the checks of tidy see it.
pub(crate) struct House {
    /// Text files that are tracked, or would be: neither ignored nor binary.
    pub(crate) files: Vec<File>,
    /// What `cargo metadata` says, with everything in the lock file.
    pub(crate) metadata: Value,
    /// Names of the packages that are really built here, tests included.
    pub(crate) built: BTreeSet<String>,
}

impl House {
    /// Reads the repository, once a process.
    pub(crate) fn read() -> &'static Self {
        static HOUSE: OnceLock<House> = OnceLock::new();
        HOUSE.get_or_init(|| match Self::read_again() {
            Ok(house) => house,
            Err(why) => panic!("the repository cannot be read: {why}"),
        })
    }

    /// A made-up house, for testing a check.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)], metadata: Value) -> Self {
        let files = files.iter().map(|(path, text)| File::new(path, text)).collect();
        Self { files, metadata, built: BTreeSet::new() }
    }

    fn read_again() -> Outcome<Self> {
        let metadata = shell::capture(shell::command("cargo").args([
            "metadata",
            "--all-features",
            "--format-version",
            "1",
        ]))?;
        let metadata = serde_json::from_str(&metadata).map_err(|e| e.to_string())?;
        Ok(Self { files: files()?, metadata, built: built()? })
    }

    /// The text of one file, if there is such a file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }
}

fn built() -> Outcome<BTreeSet<String>> {
    let tree = shell::capture(shell::command("cargo").args([
        "tree",
        "--workspace",
        "--all-features",
        "--edges=all",
        "--prefix=none",
    ]))?;
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    Ok(names.map(str::to_owned).collect())
}

fn files() -> Outcome<Vec<File>> {
    let root = root();
    // Whoever owns the clone: this reads names, and runs nothing of the repository's.
    let listed = shell::capture(shell::command("git").args([
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let mut files: Vec<File> = listed
        .split_terminator('\0')
        .filter_map(|path| {
            // A file that git knows but that is gone, or that is not text, is not looked at.
            let text = std::fs::read_to_string(root.join(path)).ok()?;
            Some(File { path: path.to_owned(), text })
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}

/// An empty folder for one test, under the system's temporary folder, gone when dropped.
#[cfg(test)]
pub(crate) struct Scratch(PathBuf);

#[cfg(test)]
impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let folder = format!("sightline-xtask-{name}-{}", std::process::id());
        Self::at(std::env::temp_dir().join(folder))
    }

    /// For builds, which start from nothing whenever their folder is another.
    pub(crate) fn at(folder: PathBuf) -> Self {
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

#[cfg(test)]
impl std::ops::Deref for Scratch {
    type Target = Path;
    fn deref(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
