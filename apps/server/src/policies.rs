//! The force's own numbers and codes: one folder with any of the files of `instruments/`, each
//! with its version raised at every change. What is not in it is as it comes with the service.

use crate::settings::Settings;
use std::path::{Path, PathBuf};

/// The files that a force may put there.
const FILES: [&str; 9] = [
    "arrest.toml",
    "grades.toml",
    "harm.toml",
    "perpetrator.toml",
    "person.toml",
    "review.toml",
    "risk.toml",
    "schools.toml",
    "teams.toml",
];

/// Why the folder is not used. The sentence names the file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PoliciesFault {
    #[error("policies.folder: {0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("policies.folder: {0} is none of {known}", known = FILES.join(", "))]
    Unknown(PathBuf),
    #[error("policies.folder: {0}: {1}")]
    Wrong(PathBuf, String),
}

/// The folder; nothing where the force has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policies<'a>(Option<&'a Path>);

impl<'a> Policies<'a> {
    /// The folder that the settings name. A file that nobody knows is a misspelt one.
    pub(crate) fn open(settings: &'a Settings) -> Result<Self, PoliciesFault> {
        let folder = settings.policies.folder.as_path();
        if folder.as_os_str().is_empty() {
            return Ok(Self(None));
        }
        let unreadable = |fault| PoliciesFault::Unreadable(folder.to_owned(), fault);
        for file in std::fs::read_dir(folder).map_err(unreadable)? {
            let name = file.map_err(unreadable)?.file_name();
            let known = name.to_str().is_some_and(|name| FILES.contains(&name));
            let toml = Path::new(&name).extension().is_some_and(|ending| ending == "toml");
            if toml && !known {
                return Err(PoliciesFault::Unknown(folder.join(name)));
            }
        }
        Ok(Self(Some(folder)))
    }

    /// What the force's own file says; nothing where it has none.
    pub(crate) fn own<T, E: std::fmt::Display>(
        self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, PoliciesFault> {
        debug_assert!(FILES.contains(&name), "{name} is in the list");
        let Some(file) = self.0.map(|folder| folder.join(name)).filter(|file| file.exists()) else {
            return Ok(None);
        };
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(fault) => return Err(PoliciesFault::Unreadable(file, fault)),
        };
        read(&text).map(Some).map_err(|fault| PoliciesFault::Wrong(file, fault.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, text: &str) -> (tempfile::TempDir, Settings) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(name), text).unwrap();
        let mut settings = Settings::load(None).unwrap();
        settings.policies.folder = dir.path().to_owned();
        (dir, settings)
    }

    #[test]
    fn every_file_that_may_be_there_comes_with_the_service_and_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../instruments");
        for name in FILES {
            let text = std::fs::read_to_string(Path::new(folder).join(name)).unwrap();
            let (_dir, settings) = with(name, &text);
            let house = crate::house_tests::capabilities_with(&settings);
            assert!(house.is_ok(), "{name}: {house:?}");
            let (_dir, settings) = with(name, "version = 1\nunheard_of = 1\n");
            let fault = crate::house_tests::capabilities_with(&settings).unwrap_err().to_string();
            assert!(fault.contains(name), "{fault}");
        }
    }

    #[test]
    fn a_misspelt_file_is_named() {
        let (_dir, settings) = with("arrests.toml", "version = 1");
        let fault = Policies::open(&settings).unwrap_err().to_string();
        assert!(fault.contains("arrests.toml is none of"), "{fault}");
    }
}
