//! `sightline backup DIR | --keys DIR`: a copy of everything but the keys, beside a running
//! service; and, apart from it, the key store's own short-lived copy.

use super::Done;
use crate::archive::{self, Archive, Entry, Manifest, Writing};
use crate::checkpoints::Checkpoints;
use crate::residue::LAST_BACKUP;
use crate::settings::Settings;
use crate::store::{SCHEMA, make_private};
use engine::{Clock, Luck as _, SystemClock, SystemLuck};
use journal::checkpoint::Checkpoint;
use journal::tree::Head;
use journal::{Journal, Position};
use journal_postgres::PostgresJournal;
use journal_sqlite::SqliteJournal;
use kernel::At;
use std::collections::HashMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use vault::Vault;

type Fault = Box<dyn Error + Send + Sync>;

/// What the name of a copy of the keys begins with.
const KEYS: &str = "keys-";
/// What the name of a backup that is being written ends with.
const PART: &str = "part";

/// Backs up.
#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// The folder of the backups; each gets a folder of its own in it, named by its time.
    dir: PathBuf,
    /// Copies the key store, and nothing else; the copy before it is destroyed. Never into the
    /// folder of the other backups.
    #[arg(long)]
    keys: bool,
}

pub(crate) async fn run(settings: Settings, arguments: Arguments) -> Done {
    let Arguments { dir, keys } = arguments;
    let now = SystemClock::new().now();
    if keys {
        let (made, destroyed) = back_up_keys(&settings, &dir, now)?;
        println!("{}", made.display());
        println!("  earlier copies destroyed {destroyed}");
        println!("Keep it apart from the backups of the journal, for a day at most.");
        return Ok(ExitCode::SUCCESS);
    }
    let (made, manifest, shared) = back_up(&settings, &dir, now, say).await?;
    // Whoever looks for residue looks there too.
    fs::write(settings.data.join(LAST_BACKUP), fs::canonicalize(&made)?.display().to_string())?;
    println!("{}", made.display());
    println!("  records                  {}", manifest.records);
    println!("  objects                  {}", manifest.objects);
    println!("    shared with the last   {shared}");
    println!("  bytes                    {}", manifest.bytes);
    println!("  root                     {}", manifest.root);
    Ok(ExitCode::SUCCESS)
}

fn say(at: Position, of: Position) {
    if std::io::stderr().is_terminal() && (at == of || at.0.is_multiple_of(50_000)) {
        eprintln!("journal: {at} of {of} records");
    }
}

/// Makes one backup. Returns where it is, what it says, and how many objects it shares with the
/// one before.
pub(crate) async fn back_up(
    settings: &Settings,
    dir: &Path,
    now: At,
    progress: impl Fn(Position, Position),
) -> Result<(PathBuf, Manifest, u64), Fault> {
    make_private(dir)?;
    let _alone = alone(dir)?;
    if !of_kind(dir, |name| name.starts_with(KEYS))?.is_empty() {
        return Err("this folder holds copies of keys: journal and keys are kept apart".into());
    }
    for left in of_kind(dir, |name| name.ends_with(&format!(".{PART}")))? {
        fs::remove_dir_all(left)?;
    }
    let vault = open_keys(settings)?;
    let checkpoints = Checkpoints::with(settings, vault.clone())?;
    let signer = checkpoints.signer().clone();
    let earlier = archive::newest(dir)?.and_then(|_| Archive::open(dir, Some(&signer)).ok());
    let made = dir.join(stamp(now));
    if made.exists() {
        return Err("there is a backup of this second already".into());
    }
    let part = dir.join(format!("{}.{PART}", stamp(now)));
    let mut writing = Writing::begin(&part)?;

    // The checkpoints first, the objects last: every checkpoint is of a part of the journal that
    // is copied, and every object that the copy names is there.
    let notes = checkpoints.notes()?;
    let heads = notes.iter().map(|(_, head)| *head).collect();
    let journal = journal_to_read(settings).await?;
    let copy = writing.place(archive::JOURNAL)?;
    let head = journal_sqlite::copy(&*journal, heads, &copy, progress).await?;
    writing.list(archive::JOURNAL)?;
    for (path, _) in &notes {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        writing.take_in(&format!("{}{name}", archive::CHECKPOINTS), path)?;
    }
    sign_head(&mut writing, &notes, head, &checkpoints, &vault)?;
    let (objects, shared) = take_objects(&mut writing, settings, earlier.as_ref())?;
    let manifest = Manifest {
        form: 0,
        made_at: now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        key: signer.line(),
        configuration: fingerprint(settings, &vault),
        records: head.size,
        root: archive::hex(&head.root),
        objects,
        bytes: 0,
        files: String::new(),
    };
    let manifest = writing.finish(manifest, &signer, |text| vault.sign(text))?;
    fs::rename(&part, &made)?;
    File::open(dir)?.sync_all()?;
    Ok((made, manifest, shared))
}

/// The backup's own checkpoint, of exactly what is in it.
fn sign_head(
    writing: &mut Writing,
    notes: &[(PathBuf, Head)],
    head: Head,
    checkpoints: &Checkpoints,
    vault: &Vault,
) -> Result<(), Fault> {
    if notes.iter().any(|(_, noted)| noted.size == head.size) {
        return Ok(());
    }
    let note = Checkpoint::sign(head, checkpoints.signer(), |text| vault.sign(text));
    let name = format!("{}{:012}.note", archive::CHECKPOINTS, head.size);
    fs::write(writing.place(&name)?, note)?;
    Ok(writing.list(&name)?)
}

/// Objects are written once: one that the backup before has is shared with it and not copied.
fn take_objects(
    writing: &mut Writing,
    settings: &Settings,
    earlier: Option<&Archive>,
) -> Result<(u64, u64), Fault> {
    let known: HashMap<&str, &Entry> = earlier.map_or_else(HashMap::new, |earlier| {
        earlier.entries.iter().map(|entry| (entry.name.as_str(), entry)).collect()
    });
    let (mut objects, mut shared) = (0, 0);
    let mut failed = None;
    let walked = blobs::walk(&settings.data.join("recordings"), &mut |object, path| {
        let name = format!("{}{object}", archive::RECORDINGS);
        let same = |entry: &&Entry| fs::metadata(path).is_ok_and(|m| m.len() == entry.bytes);
        let taken = match (known.get(name.as_str()).copied().filter(same), earlier) {
            (Some(entry), Some(earlier)) => match writing.share(entry, &earlier.folder) {
                Ok(true) => {
                    shared += 1;
                    Ok(Some(()))
                }
                Ok(false) => writing.take_in(&name, path),
                Err(fault) => Err(fault),
            },
            _ => writing.take_in(&name, path),
        };
        match taken {
            Ok(taken) => objects += u64::from(taken.is_some()),
            Err(fault) => {
                failed = Some(fault);
                return Err(std::io::ErrorKind::Other.into());
            }
        }
        Ok(())
    });
    match failed {
        Some(fault) => Err(fault.into()),
        None => Ok(walked.map(|()| (objects, shared))?),
    }
}

/// Copies the key store into a folder of its own and destroys the copies before it: what was
/// forgotten since must not live on in them. Returns the new one and how many those were.
pub(crate) fn back_up_keys(
    settings: &Settings,
    dir: &Path,
    now: At,
) -> Result<(PathBuf, usize), Fault> {
    make_private(dir)?;
    let _alone = alone(dir)?;
    if archive::newest(dir)?.is_some() {
        return Err("this folder holds backups of the journal: keys are kept apart".into());
    }
    let before = of_kind(dir, |name| name.starts_with(KEYS))?;
    let made = dir.join(format!("{KEYS}{}", stamp(now)));
    if before.contains(&made) {
        return Err("there is a copy of this second already".into());
    }
    open_keys(settings)?.backup(&made)?;
    File::open(dir)?.sync_all()?;
    before.iter().try_for_each(|old| destroy_keys(old))?;
    Ok((made, before.len()))
}

/// Overwrites and removes a folder of key files.
pub(crate) fn destroy_keys(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            destroy_keys(&path)?;
            continue;
        }
        let file = File::options().write(true).open(&path)?;
        let zeros = vec![0; usize::try_from(file.metadata()?.len()).unwrap_or_default()];
        std::os::unix::fs::FileExt::write_all_at(&file, &zeros, 0)?;
        file.sync_all()?;
        fs::remove_file(&path)?;
    }
    fs::remove_dir(folder)
}

/// The key store of this data directory, which must be there.
pub(crate) fn open_keys(settings: &Settings) -> Result<Arc<Vault>, Fault> {
    let home = settings.data.join("keys");
    if !home.join("root.key").exists() && !settings.key_mirror().join("root.key").exists() {
        return Err(format!("there is no key store in {}", home.display()).into());
    }
    let mut unused = [0; vault::KEY_LEN];
    SystemLuck.fill(&mut unused);
    Ok(Arc::new(Vault::open(&home, &settings.key_mirror(), unused)?))
}

async fn journal_to_read(settings: &Settings) -> Result<Arc<dyn Journal>, Fault> {
    if settings.journal.postgres.is_empty() {
        let path = settings.data.join(archive::JOURNAL);
        if !path.exists() {
            return Err(format!("there is no journal in {}", settings.data.display()).into());
        }
        return Ok(Arc::new(SqliteJournal::open_to_read(&path).await?));
    }
    Ok(Arc::new(PostgresJournal::open(&settings.journal.postgres, SCHEMA).await?))
}

/// The same configuration gives the same digits, and they say nothing of it: it holds secrets.
pub(crate) fn fingerprint(settings: &Settings, vault: &Vault) -> String {
    let mut of = settings.clone();
    // Where it lies may change, and does when it is restored.
    of.data = PathBuf::new();
    of.keys.mirror = PathBuf::new();
    archive::hex(&vault.derive("configuration", format!("{of:?}").as_bytes())[..16])
}

/// One at a time in one folder; the lock goes with the process, however that ends.
fn alone(dir: &Path) -> Result<File, Fault> {
    let lock = File::options().create(true).append(true).open(dir.join(".lock"))?;
    lock.try_lock().map_err(|_| "another backup is being written into this folder")?;
    Ok(lock)
}

fn of_kind(dir: &Path, kind: impl Fn(&str) -> bool) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && kind(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// A time as a name that sorts.
fn stamp(now: At) -> String {
    let now = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
    now.strftime("%Y%m%dT%H%M%SZ").to_string()
}
