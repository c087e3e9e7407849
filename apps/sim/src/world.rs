//! What is true: the time, the machine and its clock, the disk with its backups, and the service
//! that runs on it until it dies.

use crate::broken::Broken;
use crate::faulty::{Faulty, How};
use crate::thing;
use engine::{Clock, Engine, Fault, MovedClock, Parts, Reads, Running, SeededLuck};
use journal::MemoryJournal;
use kernel::At;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use vault::Vault;

/// When every schedule begins: an invented Thursday.
const START: At = At::from_seconds(1_800_000_000);
/// Memory that looks like a disk, where there is some: a schedule syncs a thousand times.
const MEMORY: &str = "/dev/shm";

/// The service while it runs.
pub(crate) struct House {
    pub(crate) engine: Engine,
    pub(crate) vault: Arc<Vault>,
    pub(crate) faulty: Arc<Faulty>,
    running: Running,
}

pub(crate) struct World {
    dir: tempfile::TempDir,
    pub(crate) clock: Arc<MovedClock>,
    /// The true time.
    truth: Arc<AtomicI64>,
    /// When each start of the machine truly was.
    boots: BTreeMap<u64, At>,
    pub(crate) journal: Arc<MemoryJournal>,
    /// Whether the journal's store has a clock of its own.
    pub(crate) store_clock: bool,
    seed: u64,
    opened: u64,
}

impl World {
    pub(crate) fn new(seed: u64, store_clock: bool) -> Result<Self, Broken> {
        let dir = match Path::new(MEMORY).is_dir() {
            true => tempfile::tempdir_in(MEMORY),
            false => tempfile::tempdir(),
        };
        let clock = Arc::new(MovedClock::still(START));
        Ok(Self {
            dir: dir.map_err(|fault| Broken::fault("a folder of its own", &fault))?,
            boots: BTreeMap::from([(clock.steady().boot, START)]),
            clock,
            truth: Arc::new(AtomicI64::new(START.0)),
            journal: Arc::default(),
            store_clock,
            seed,
            opened: 0,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn homes(&self) -> [PathBuf; 2] {
        [self.path().join("a"), self.path().join("b")]
    }

    /// The true time.
    pub(crate) fn now(&self) -> At {
        At(self.truth.load(Ordering::SeqCst))
    }

    /// How far the wall clock is ahead of the truth, in microseconds.
    pub(crate) fn wrong_by(&self) -> i64 {
        self.clock.now().0 - self.now().0
    }

    /// The true time of an instant of the steady clock.
    pub(crate) fn truth_of(&self, steady: vault::Steady) -> At {
        let boot = self.boots.get(&steady.boot).copied().unwrap_or(START);
        boot.plus(steady.since)
    }

    /// Time passes while the machine runs.
    pub(crate) fn pass(&self, span: Duration) {
        self.clock.advance(span);
        self.truth.fetch_add(span.as_micros() as i64, Ordering::SeqCst);
    }

    /// The machine is off for a while; its wall clock goes on as it was, and is set right by
    /// somebody or by nobody.
    pub(crate) fn reboot(&mut self, off: Duration, kept_right: bool) {
        self.clock.jump(off);
        self.truth.fetch_add(off.as_micros() as i64, Ordering::SeqCst);
        if kept_right {
            self.set_right();
        }
        self.clock.reboot(kept_right);
        self.boots.insert(self.clock.steady().boot, self.now());
    }

    pub(crate) fn jump(&self, micros: i64) {
        let span = Duration::from_micros(micros.unsigned_abs());
        if micros < 0 { self.clock.rewind(span) } else { self.clock.jump(span) }
    }

    pub(crate) fn set_right(&self) {
        self.jump(-self.wrong_by());
    }

    /// Opens the service as a process does; `death` is drawn for what it does by itself first.
    pub(crate) async fn open(&mut self, death: Option<(u64, How)>) -> Result<House, Fault> {
        let [a, b] = self.homes();
        let reads = self.path().join("read.db");
        let journal = self.journal.clone();
        self.opened += 1;
        self.open_at(journal, [&a, &b], &reads, death).await
    }

    /// The same on other files: for a trial that must leave no trace.
    pub(crate) async fn open_at(
        &self,
        journal: Arc<MemoryJournal>,
        homes: [&Path; 2],
        reads: &Path,
        death: Option<(u64, How)>,
    ) -> Result<House, Fault> {
        let clock = self.store_clock.then(|| self.truth.clone());
        let faulty = Arc::new(Faulty::new(journal, clock));
        faulty.arm(death);
        let vault = Arc::new(Vault::open(homes[0], homes[1], [7; 32])?);
        let luck = Arc::new(SeededLuck::new(self.seed.wrapping_add(self.opened << 40)));
        let reads = Reads::open(reads).await?;
        let engine = Engine::new(faulty.clone(), vault.clone(), self.clock.clone(), luck, reads);
        let parts = Parts {
            models: vec![Arc::new(thing::Things)],
            residue: Some(Arc::new(Search(self.path().to_owned()))),
            ..Default::default()
        };
        let running = engine.run_idle(parts, |_| {}).await?;
        faulty.arm(None);
        Ok(House { engine, vault, faulty, running })
    }

    /// Puts an older journal in place of this one; the file of the read models goes with it.
    pub(crate) fn restore(&mut self, journal: &MemoryJournal) -> Result<(), Broken> {
        self.journal = Arc::new(journal.copy());
        for name in ["read.db", "read.db-wal", "read.db-shm"] {
            remove_file(&self.path().join(name))?;
        }
        Ok(())
    }
}

impl House {
    /// The end of the process: nothing more is written, whatever was under way.
    pub(crate) async fn end(self) {
        self.running.stop().await;
    }
}

fn remove_file(path: &Path) -> Result<(), Broken> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(Broken::fault("a file to be removed", &e))
        }
        _ => Ok(()),
    }
}

/// Copies a folder and all in it.
pub(crate) fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let twin = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_tree(&path, &twin)?;
        } else {
            std::fs::copy(&path, &twin)?;
        }
    }
    Ok(())
}

/// Every file under a folder.
pub(crate) fn files(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// Searches every file of the machine, its backups of keys included.
struct Search(PathBuf);

#[async_trait::async_trait]
impl engine::Residue for Search {
    async fn scan(&self, needles: &[vault::Needle]) -> Result<engine::Scan, Fault> {
        let finder = vault::Finder::new(needles);
        let mut scan = engine::Scan { needles: finder.needles() as u64, ..Default::default() };
        for path in files(&self.0).map_err(|_| Fault::Outside("the disk"))? {
            let bytes = std::fs::read(&path).map_err(|_| Fault::Outside("the disk"))?;
            scan.files += 1;
            scan.bytes += bytes.len() as u64;
            scan.found += finder.count_in(&bytes) as u64;
        }
        Ok(scan)
    }
}
