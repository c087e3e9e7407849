//! `sightline restore DIR --data EMPTY_DIR | --keys DIR`: puts a backup where a service can start
//! on it, after every file, the chain and the checkpoints were found to be what was signed. Read
//! models are not put back: the service makes them anew.

use super::{Done, backup};
use crate::archive::{self, Archive};
use crate::checkpoints;
use crate::settings::Settings;
use crate::store::{SCHEMA, make_private};
use journal::checkpoint::Signer;
use journal::verify::{Report, verify};
use journal_postgres::PostgresJournal;
use journal_sqlite::SqliteJournal;
use std::error::Error;
use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Fault = Box<dyn Error + Send + Sync>;

/// The journal while it is not yet verified: no service starts on a file of this name.
const UNVERIFIED: &str = "journal.unverified";
/// Files between two words of progress.
const SAY_EVERY: usize = 1000;

/// Restores.
#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// A backup, or the folder of the backups: then the newest. Goes where `--data` says.
    dir: PathBuf,
    /// Puts the key store back from its own copy, and nothing else.
    #[arg(long)]
    keys: bool,
    /// The line that `sightline journal key` printed: the backup must be signed by that key.
    /// Where the key store is in place already, its own key is asked of the backup.
    #[arg(long, value_name = "LINE")]
    signer: Option<String>,
}

pub(crate) async fn run(settings: Settings, arguments: Arguments) -> Done {
    let Arguments { dir, keys, signer } = arguments;
    if keys {
        restore_keys(&settings, &dir)?;
        println!("The key store is back. A service does not start on one that is too old.");
        return Ok(ExitCode::SUCCESS);
    }
    let trusted = signer.map(|line| Signer::parse(&line).ok_or("this is not a key's line"));
    let restored = restore(&settings, &dir, trusted.transpose()?, say).await?;
    println!("{}", restored.report);
    println!("  objects                  {}", restored.archive.manifest.objects);
    println!("  signed by                {}", restored.archive.manifest.key);
    println!("Restored into {}. Read models are made anew at the start.", settings.data.display());
    if !has_keys(&settings) {
        println!("THE KEY STORE IS NOT THERE: bring it before the service starts, or nothing of");
        println!("this can be opened (`sightline restore --keys`).");
    }
    Ok(ExitCode::SUCCESS)
}

fn say(done: usize, of: usize) {
    if std::io::stderr().is_terminal() {
        eprintln!("{done} of {of} files");
    }
}

fn has_keys(settings: &Settings) -> bool {
    [settings.data.join("keys"), settings.key_mirror()].iter().any(|h| h.join("root.key").exists())
}

/// What was put back.
pub(crate) struct Restored {
    pub(crate) archive: Archive,
    pub(crate) report: Report,
}

/// Restores into the data directory of `settings`, where nothing but keys may be. When anything
/// is wrong, all that was put there is taken away again.
pub(crate) async fn restore(
    settings: &Settings,
    dir: &Path,
    trusted: Option<Signer>,
    progress: impl Fn(usize, usize),
) -> Result<Restored, Fault> {
    let data = &settings.data;
    make_private(data)?;
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        let keys = [data.join("keys"), settings.key_mirror()].contains(&path);
        if !keys {
            return Err(format!("{} is not empty: restore into a new one", data.display()).into());
        }
    }
    let trusted = match trusted {
        None if has_keys(settings) => {
            let vault = backup::open_keys(settings)?;
            Some(checkpoints::signer(settings, &vault)?)
        }
        trusted => trusted,
    };
    let archive = Archive::open(dir, trusted.as_ref())?;
    match put_back(settings, &archive, progress).await {
        Ok(report) => Ok(Restored { archive, report }),
        Err(fault) => {
            for name in [UNVERIFIED, archive::JOURNAL] {
                let _ = fs::remove_file(data.join(name));
            }
            for name in [archive::CHECKPOINTS, archive::RECORDINGS] {
                let _ = fs::remove_dir_all(data.join(name));
            }
            Err(fault)
        }
    }
}

async fn put_back(
    settings: &Settings,
    archive: &Archive,
    progress: impl Fn(usize, usize),
) -> Result<Report, Fault> {
    let data = &settings.data;
    let objects = blobs::objects_of(&data.join(archive::RECORDINGS));
    make_private(&data.join(archive::CHECKPOINTS))?;
    for (done, entry) in archive.entries.iter().enumerate() {
        let target = if entry.name == archive::JOURNAL {
            data.join(UNVERIFIED)
        } else if let Some(object) = entry.name.strip_prefix(archive::RECORDINGS) {
            objects.join(object)
        } else {
            data.join(&entry.name)
        };
        make_private(target.parent().unwrap_or(data))?;
        archive.take_out(entry, &target)?;
        if (done + 1).is_multiple_of(SAY_EVERY) || done + 1 == archive.entries.len() {
            progress(done + 1, archive.entries.len());
        }
    }
    blobs::sync_all(data)?;
    let unverified = data.join(UNVERIFIED);
    let journal = SqliteJournal::open_to_read(&unverified).await?;
    let notes = checkpoints::notes_in(&data.join(archive::CHECKPOINTS), &archive.signer)?;
    let report = verify(&journal, notes.into_iter().map(|(_, head)| head), |_| None).await?;
    let named = archive.folder.join(archive::JOURNAL);
    if let Some(bad) = &report.bad {
        return Err(format!("{}: damaged at {bad}", named.display()).into());
    }
    let manifest = &archive.manifest;
    if (report.records, archive::hex(&report.root)) != (manifest.records, manifest.root.clone()) {
        return Err(format!("{}: not what the manifest says", named.display()).into());
    }
    if settings.journal.postgres.is_empty() {
        journal.close().await;
        fs::rename(&unverified, data.join(archive::JOURNAL))?;
    } else {
        let address = &settings.journal.postgres;
        let head = PostgresJournal::take_in(address, SCHEMA, &journal).await?;
        journal.close().await;
        if head != report.root {
            return Err("the database does not hold what was put into it".into());
        }
        fs::remove_file(&unverified)?;
    }
    fs::File::open(data)?.sync_all()?;
    Ok(report)
}

/// Puts a copy of the key store into both of its homes.
pub(crate) fn restore_keys(settings: &Settings, dir: &Path) -> Result<(), Fault> {
    if has_keys(settings) {
        return Err("there is a key store already: it is never written over".into());
    }
    let from = keys_in(dir)?;
    for home in [settings.data.join("keys"), settings.key_mirror()] {
        copy_keys(&from, &home)?;
    }
    // It opens, or it was no key store.
    backup::open_keys(settings)?;
    Ok(())
}

/// The key store in `dir`: itself, that of a data directory, or the newest copy below it.
pub(crate) fn keys_in(dir: &Path) -> Result<PathBuf, Fault> {
    let mut found = vec![dir.to_owned(), dir.join("keys")];
    let mut below: Vec<_> = fs::read_dir(dir)?.flatten().map(|entry| entry.path()).collect();
    below.sort();
    found.extend(below.into_iter().rev());
    let keys = found.into_iter().find(|path| path.join("root.key").exists());
    keys.ok_or_else(|| format!("there is no key store in {}", dir.display()).into())
}

/// Copies key files, for their owner only and durable.
pub(crate) fn copy_keys(from: &Path, to: &Path) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    make_private(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_keys(&path, &target)?;
            continue;
        }
        let bytes = match fs::read(&path) {
            // Destroyed while it was copied: that is how it shall be.
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => continue,
            bytes => bytes?,
        };
        let mut options = fs::File::options();
        let mut file = options.create_new(true).write(true).mode(0o600).open(target)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
    }
    fs::File::open(to)?.sync_all()
}
