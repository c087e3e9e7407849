//! The one thread that makes objects durable. It takes all that waits, writes and syncs it
//! together, moves it into place, syncs the folders, and only then says it is done: in the order
//! in which objects were handed in.

use crate::limits::{BATCH, FEW, QUEUE};
use crate::{BlobFault, name};
use bytes::Bytes;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

/// Told once, from the syncing thread, when an object is durable or will never be.
pub(crate) type Done = Box<dyn FnOnce(Result<(), BlobFault>) + Send>;

enum Job {
    Write { object: String, bytes: Bytes, done: Done },
    Barrier(Box<dyn FnOnce() + Send>),
}

pub(crate) struct Syncer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

/// One object of a round.
struct Round {
    target: PathBuf,
    staged: PathBuf,
    bytes: Bytes,
    result: Result<(), BlobFault>,
}

impl Syncer {
    pub(crate) fn start(objects: PathBuf, incoming: PathBuf) -> Result<Self, BlobFault> {
        let (jobs, receiver) = sync_channel(QUEUE);
        let whole = File::open(&objects).map_err(|_| BlobFault::Open)?;
        let work = move || run(&objects, &incoming, &whole, &receiver);
        let thread = std::thread::Builder::new().name("blobs".into()).spawn(work);
        let thread = thread.map_err(|_| BlobFault::Open)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(crate) fn submit(&self, object: &str, bytes: Bytes, done: Done) -> Result<(), BlobFault> {
        name::check(object)?;
        let object = object.to_owned();
        self.send(Job::Write { object, bytes, done })
    }

    pub(crate) fn barrier(&self, done: Box<dyn FnOnce() + Send>) -> Result<(), BlobFault> {
        self.send(Job::Barrier(done))
    }

    fn send(&self, job: Job) -> Result<(), BlobFault> {
        let jobs = self.jobs.as_ref().ok_or(BlobFault::Open)?;
        jobs.try_send(job).map_err(|fault| match fault {
            TrySendError::Full(_) => BlobFault::Busy,
            TrySendError::Disconnected(_) => BlobFault::Open,
        })
    }
}

impl Drop for Syncer {
    /// Waits until everything handed in is durable.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported where it happened.
            let _ = thread.join();
        }
    }
}

fn run(objects: &Path, incoming: &Path, whole: &File, jobs: &Receiver<Job>) {
    let mut serial = 0u64;
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter().take(BATCH - 1));
        let mut round = Vec::new();
        for job in &batch {
            if let Job::Write { object, bytes, .. } = job {
                serial += 1;
                let (target, staged) = (objects.join(object), incoming.join(serial.to_string()));
                round.push(Round { target, staged, bytes: bytes.clone(), result: Ok(()) });
            }
        }
        write_all(&mut round, whole);
        publish(objects, &mut round, whole);
        let mut results = round.into_iter().map(|one| one.result);
        for job in batch {
            match job {
                Job::Write { done, .. } => done(results.next().unwrap_or(Err(BlobFault::Write))),
                Job::Barrier(done) => done(),
            }
        }
    }
}

/// Writes every object under a temporary name and makes all of them durable.
fn write_all(round: &mut [Round], whole: &File) {
    let together = round.len() > FEW && TOGETHER;
    for one in round.iter_mut() {
        one.result = stage(&one.staged, &one.bytes, !together);
    }
    if together && sync_all(whole).is_err() {
        // After a failed sync nobody knows what is on the disk: given up, never retried.
        for one in round.iter_mut() {
            one.result = one.result.and(Err(BlobFault::Sync));
        }
    }
}

fn stage(staged: &Path, bytes: &[u8], sync: bool) -> Result<(), BlobFault> {
    let mut file = File::create(staged).map_err(|_| BlobFault::Write)?;
    file.write_all(bytes).map_err(|_| BlobFault::Write)?;
    if sync {
        file.sync_data().map_err(|_| BlobFault::Sync)?;
    }
    Ok(())
}

/// Whether this system can sync everything at once and says when that failed (Linux since 5.8).
const TOGETHER: bool = cfg!(target_os = "linux");

/// Makes everything written so far durable. The folder was opened before any of it was written,
/// so that a failed write in between is told here.
#[cfg(target_os = "linux")]
fn sync_all(whole: &File) -> Result<(), BlobFault> {
    rustix::fs::syncfs(whole).map_err(|_| BlobFault::Sync)
}

#[cfg(not(target_os = "linux"))]
fn sync_all(whole: &File) -> Result<(), BlobFault> {
    whole.sync_all().map_err(|_| BlobFault::Sync)
}

/// Moves what is synced into place and syncs the folders; an object that is there stays.
fn publish(objects: &Path, round: &mut [Round], whole: &File) {
    let mut folders = BTreeSet::new();
    for one in round.iter_mut().filter(|one| one.result.is_ok()) {
        one.result = place(objects, one, &mut folders);
    }
    let synced = if folders.len() > FEW && TOGETHER {
        sync_all(whole)
    } else {
        folders.iter().try_for_each(|folder| sync_folder(folder))
    };
    for one in round.iter_mut() {
        one.result = one.result.and(synced);
    }
    for one in round.iter().filter(|one| one.result.is_err()) {
        // What is left over is cleared at the next start.
        let _ = fs::remove_file(&one.staged);
    }
}

fn place(objects: &Path, one: &Round, folders: &mut BTreeSet<PathBuf>) -> Result<(), BlobFault> {
    let parent = one.target.parent().ok_or(BlobFault::Name)?;
    if !parent.is_dir() {
        fs::create_dir_all(parent).map_err(|_| BlobFault::Write)?;
        let new = parent.ancestors().skip(1).take_while(|above| above.starts_with(objects));
        folders.extend(new.map(Path::to_path_buf));
    }
    folders.insert(parent.to_path_buf());
    if one.target.exists() {
        return Err(BlobFault::Exists);
    }
    fs::rename(&one.staged, &one.target).map_err(|_| BlobFault::Write)
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), BlobFault> {
    let opened = File::open(folder).map_err(|_| BlobFault::Sync)?;
    opened.sync_all().map_err(|_| BlobFault::Sync)
}
