//! Objects that are written once and later destroyed: sealed segments and stills. Durable when
//! said to be. Knows names and bytes, never keys, and never what an object is about.

pub mod limits;
mod name;
mod syncer;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{ObjectStore, ObjectStoreExt};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use syncer::Syncer;
use thiserror::Error;

/// What went wrong, without saying what the object was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BlobFault {
    /// The folder cannot be used.
    #[error("the object store cannot be opened")]
    Open,
    /// A name that is not made of ids.
    #[error("an object's name is not allowed")]
    Name,
    /// No such object.
    #[error("there is no such object")]
    Missing,
    /// Objects are written once.
    #[error("the object exists already")]
    Exists,
    /// More waits to be written than may.
    #[error("too many objects wait to be written")]
    Busy,
    /// Writing failed.
    #[error("the object could not be written")]
    Write,
    /// The disk did not confirm.
    #[error("the disk did not confirm the object")]
    Sync,
    /// Reading failed.
    #[error("the object could not be read")]
    Read,
    /// Deleting failed.
    #[error("the object could not be deleted")]
    Delete,
    /// Listing failed, or too much would be listed.
    #[error("the objects could not be listed")]
    List,
}

/// A folder of objects. Dropping it waits until everything handed in is durable.
pub struct Blobs {
    objects: PathBuf,
    store: LocalFileSystem,
    syncer: Syncer,
}

impl fmt::Debug for Blobs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Blobs").finish_non_exhaustive()
    }
}

impl Blobs {
    /// Opens or makes the store in `folder`; clears what an earlier run had not finished writing.
    pub fn open(folder: &Path) -> Result<Self, BlobFault> {
        let (objects, incoming) = (objects_of(folder), folder.join("incoming"));
        if incoming.exists() {
            std::fs::remove_dir_all(&incoming).map_err(|_| BlobFault::Open)?;
        }
        for one in [&objects, &incoming] {
            std::fs::create_dir_all(one).map_err(|_| BlobFault::Open)?;
        }
        syncer::sync_folder(folder)?;
        let store = LocalFileSystem::new_with_prefix(&objects).map_err(|_| BlobFault::Open)?;
        let store = store.with_automatic_cleanup(false);
        let syncer = Syncer::start(objects.clone(), incoming)?;
        Ok(Self { objects, store, syncer })
    }

    /// Hands an object in without waiting. `done` is told from the syncing thread, in the order of
    /// the calls, once the object survives a power cut, or never will exist.
    pub fn submit(
        &self,
        object: &str,
        bytes: Bytes,
        done: impl FnOnce(Result<(), BlobFault>) + Send + 'static,
    ) -> Result<(), BlobFault> {
        self.syncer.submit(object, bytes, Box::new(done))
    }

    /// Calls `done` from the syncing thread after everything handed in before has been settled.
    pub fn after(&self, done: impl FnOnce() + Send + 'static) -> Result<(), BlobFault> {
        self.syncer.barrier(Box::new(done))
    }

    /// Writes an object and waits until it is durable.
    pub async fn put(&self, object: &str, bytes: Bytes) -> Result<(), BlobFault> {
        let (told, result) = tokio::sync::oneshot::channel();
        // A caller that went away does not care for the answer.
        self.submit(object, bytes, move |result| {
            let _ = told.send(result);
        })?;
        result.await.unwrap_or(Err(BlobFault::Write))
    }

    /// The whole object.
    pub async fn get(&self, object: &str) -> Result<Bytes, BlobFault> {
        let got = self.store.get(&located(object)?).await.map_err(unread)?;
        got.bytes().await.map_err(unread)
    }

    /// A stretch of the object.
    pub async fn get_range(&self, object: &str, range: Range<u64>) -> Result<Bytes, BlobFault> {
        self.store.get_range(&located(object)?, range).await.map_err(unread)
    }

    /// The names below `prefix` (a whole part or several, such as `rec/room_1`), in order.
    pub async fn list(&self, prefix: &str) -> Result<Vec<String>, BlobFault> {
        let below = located(prefix)?;
        let found = self.store.list(Some(&below)).take(limits::MAX_LISTED + 1);
        let found = found.map_ok(|one| one.location.to_string()).try_collect::<Vec<_>>();
        let mut names = found.await.map_err(|_| BlobFault::List)?;
        if names.len() > limits::MAX_LISTED {
            return Err(BlobFault::List);
        }
        names.sort();
        Ok(names)
    }

    /// Removes an object for good; one that is gone already is no fault.
    pub async fn delete(&self, object: &str) -> Result<(), BlobFault> {
        let location = located(object)?;
        match self.store.delete(&location).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(_) => return Err(BlobFault::Delete),
        }
        let target = self.objects.join(object);
        let parent = target.parent().map(Path::to_path_buf).ok_or(BlobFault::Name)?;
        off_thread(move || if parent.is_dir() { syncer::sync_folder(&parent) } else { Ok(()) })
            .await
    }

    /// Removes everything below `prefix` for good and says how many objects that were.
    pub async fn delete_below(&self, prefix: &str) -> Result<usize, BlobFault> {
        let count = self.list(prefix).await?.len();
        let folder = self.objects.join(prefix);
        off_thread(move || {
            let parent = folder.parent().ok_or(BlobFault::Name)?;
            match std::fs::remove_dir_all(&folder) {
                Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
                    Err(BlobFault::Delete)
                }
                _ if parent.is_dir() => syncer::sync_folder(parent),
                _ => Ok(()),
            }
        })
        .await?;
        Ok(count)
    }
}

/// Tells `found` every object in `folder`, by name and by file, without opening the store: for a
/// copy that is taken beside a running service. What goes or comes meanwhile may be told or not.
pub fn walk(
    folder: &Path,
    found: &mut dyn FnMut(&str, &Path) -> std::io::Result<()>,
) -> std::io::Result<()> {
    walk_below(&objects_of(folder), "", found)
}

fn walk_below(
    folder: &Path,
    above: &str,
    found: &mut dyn FnMut(&str, &Path) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        names.push((entry.file_name(), entry.file_type()?.is_dir()));
    }
    names.sort();
    for (part, is_folder) in names {
        let path = folder.join(&part);
        let name = format!("{above}{}", part.to_string_lossy());
        if is_folder {
            walk_below(&path, &format!("{name}/"), found)?;
        } else if name::check(&name).is_ok() {
            found(&name, &path)?;
        }
    }
    Ok(())
}

/// Where the objects of the store in `folder` lie, each under its name: for whoever puts a copy
/// back before the store is opened.
pub fn objects_of(folder: &Path) -> PathBuf {
    folder.join("objects")
}

/// Makes everything written to the file system of `folder` durable at once.
pub fn sync_all(folder: &Path) -> std::io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(folder)?)?)
}

async fn off_thread(
    work: impl FnOnce() -> Result<(), BlobFault> + Send + 'static,
) -> Result<(), BlobFault> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(BlobFault::Delete))
}

fn located(object: &str) -> Result<Location, BlobFault> {
    name::check(object)?;
    Location::parse(object).map_err(|_| BlobFault::Name)
}

fn unread(fault: object_store::Error) -> BlobFault {
    match fault {
        object_store::Error::NotFound { .. } => BlobFault::Missing,
        _ => BlobFault::Read,
    }
}
