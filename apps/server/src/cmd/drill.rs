//! `sightline drill DIR`: puts a backup back into a folder that is gone afterwards, under the
//! key store of today, and looks: the chain, that what expired stays dead, that what did not
//! expire opens and plays, and how long each step took. The live service is not touched.

use super::{Done, backup, restore};
use crate::demo::DemoClock;
use crate::settings::Settings;
use crate::store::Store;
use async_trait::async_trait;
use engine::{Clock, Engine, Fault, Opened, Parts, ReadModel, SystemClock, Tx};
use journal::{Journal, Position, Recorded};
use kernel::At;
use media::probe;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use vault::{Epoch, Vault};

type Failed = Box<dyn Error + Send + Sync>;

/// Recordings that are played, the newest first: each costs as long as its bytes take to read.
const PLAYED_MAX: usize = 3;
/// Objects of dead recordings that are tried.
const TRIED_MAX: usize = 200;
/// Problems that are named; the rest are counted.
const NAMED_MAX: usize = 20;

/// Drills.
#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Arguments {
    /// A backup, or the folder of the backups: then the newest.
    dir: PathBuf,
    /// A key store, or a copy of one, instead of that of the data directory.
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// Prints one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(settings: Settings, arguments: Arguments) -> Done {
    let Arguments { dir, keys, json } = arguments;
    let clock: Arc<dyn Clock> = match DemoClock::kept(&settings.data) {
        Some(demo) => demo.clock(),
        None => Arc::new(SystemClock::new()),
    };
    let report = drill(&settings, &dir, keys.as_deref(), clock).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a drill found.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    pub(crate) passed: bool,
    pub(crate) backup: PathBuf,
    pub(crate) made_at: At,
    /// How old the backup is.
    pub(crate) age_seconds: u64,
    /// Whether it was made under the configuration of today.
    pub(crate) same_configuration: bool,
    pub(crate) steps: Vec<Step>,
    pub(crate) records: u64,
    pub(crate) checkpoints: u64,
    pub(crate) chain_verified: bool,
    /// Keys in the backup whose day is still to come, and those whose day has come.
    pub(crate) keys_alive: u64,
    pub(crate) keys_over: u64,
    /// Of the latter, those that a hold or a promotion keeps.
    pub(crate) keys_kept: u64,
    /// Records with sealed content that opened.
    pub(crate) opened: u64,
    /// Records with sealed content that nobody can open.
    pub(crate) dead: u64,
    /// Of those, the ones whose ciphertext is in the backup: tried, and dead all the same.
    pub(crate) dead_with_ciphertext: u64,
    pub(crate) recordings_played: u64,
    pub(crate) objects_opened: u64,
    pub(crate) objects_dead: u64,
    /// What is wrong; empty when nothing is.
    pub(crate) problems: Vec<String>,
    pub(crate) more_problems: u64,
}

/// One step and how long it took.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) ms: u64,
}

impl Report {
    pub(crate) fn passed(&self) -> bool {
        self.problems.is_empty()
    }

    fn problem(&mut self, problem: impl Into<String>) {
        if self.problems.len() < NAMED_MAX {
            self.problems.push(problem.into());
        } else {
            self.more_problems += 1;
        }
    }

    fn step(&mut self, name: &'static str, clock: &dyn Clock, since: &mut std::time::Duration) {
        let now = clock.steady().since;
        let ms = now.saturating_sub(*since).as_millis();
        self.steps.push(Step { name, ms: u64::try_from(ms).unwrap_or(u64::MAX) });
        *since = now;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = if self.passed() { "The drill passed." } else { "THE DRILL FAILED." };
        writeln!(f, "{words}")?;
        writeln!(f, "  backup                   {}", self.backup.display())?;
        writeln!(f, "  age                      {} hours", self.age_seconds / 3600)?;
        if !self.same_configuration {
            writeln!(f, "  configuration            is not the one of then")?;
        }
        let verified = if self.chain_verified { "verified" } else { "NOT VERIFIED" };
        writeln!(f, "  chain                    {verified}")?;
        writeln!(f, "  records                  {}", self.records)?;
        writeln!(f, "  checkpoints that agree   {}", self.checkpoints)?;
        writeln!(f, "  keys before their day    {}", self.keys_alive)?;
        writeln!(f, "  keys past their day      {}", self.keys_over)?;
        writeln!(f, "    kept all the same      {}", self.keys_kept)?;
        writeln!(f, "  sealed records opened    {}", self.opened)?;
        writeln!(f, "  sealed records dead      {}", self.dead)?;
        writeln!(f, "    ciphertext was there   {}", self.dead_with_ciphertext)?;
        writeln!(f, "  recordings played        {}", self.recordings_played)?;
        writeln!(f, "    objects opened         {}", self.objects_opened)?;
        writeln!(f, "  objects tried and dead   {}", self.objects_dead)?;
        for Step { name, ms } in &self.steps {
            writeln!(f, "  {name:<24} {ms} ms")?;
        }
        for problem in &self.problems {
            writeln!(f, "PROBLEM: {problem}")?;
        }
        if self.more_problems > 0 {
            writeln!(f, "PROBLEM: and {} more", self.more_problems)?;
        }
        write!(f, "Everything that was put back for it is gone again.")
    }
}

/// A folder with a copy of the keys in it: these are overwritten before it goes.
struct Scratch(tempfile::TempDir);

impl Drop for Scratch {
    fn drop(&mut self) {
        for home in ["keys", "keys-mirror"].map(|home| self.0.path().join("data").join(home)) {
            if home.exists() && backup::destroy_keys(&home).is_err() {
                tracing::error!("the copy of the keys could not be overwritten");
            }
        }
    }
}

/// Puts the backup back and looks at everything in it.
pub(crate) async fn drill(
    settings: &Settings,
    dir: &Path,
    keys: Option<&Path>,
    clock: Arc<dyn Clock>,
) -> Result<Report, Failed> {
    let mut since = clock.steady().since;
    let mut report = Report::default();
    let scratch = Scratch(tempfile::Builder::new().prefix("sightline-drill").tempdir()?);
    let mut there = settings.clone();
    there.data = scratch.0.path().join("data");
    there.keys.mirror = PathBuf::new();
    there.journal.postgres.clear();
    match keys {
        Some(keys) => restore::restore_keys(&there, keys)?,
        None => restore::restore_keys(&there, &settings.data.join("keys"))?,
    }
    report.step("keys copied", &*clock, &mut since);
    let restored = restore::restore(&there, dir, None, |_, _| {}).await?;
    let manifest = &restored.archive.manifest;
    report.backup.clone_from(&restored.archive.folder);
    report.made_at = manifest.made_at;
    report.age_seconds = clock.now().since(manifest.made_at).as_secs();
    report.chain_verified = restored.report.is_sound();
    (report.records, report.checkpoints) = (restored.report.records, restored.report.checkpoints);
    report.step("restored and verified", &*clock, &mut since);
    let now = clock.now();
    let store = Store::with_clock(&there, clock.clone()).await?;
    report.same_configuration =
        manifest.configuration == backup::fingerprint(settings, &store.vault);
    let known = Known::read(&*store.journal).await?;
    report.step("read", &*clock, &mut since);
    let seen = look(&store.engine).await;
    report.step("opened", &*clock, &mut since);
    match seen {
        Ok(dead) => judge(&mut report, &known, &dead, &store.vault, now),
        Err(fault) => report.problem(said(&fault)),
    }
    play(&mut report, &known, &store.engine, &there).await;
    report.step("recordings", &*clock, &mut since);
    report.passed = report.passed();
    Ok(report)
}

fn said(fault: &dyn Error) -> String {
    let mut words = fault.to_string();
    let mut source = fault.source();
    while let Some(cause) = source {
        words = format!("{words}, because {cause}");
        source = cause.source();
    }
    words
}

/// What the restored journal says in clear.
#[derive(Default)]
struct Known {
    /// The epoch of every key, by the key's name.
    epochs: BTreeMap<String, Epoch>,
    sealed: Vec<Sealed>,
    /// The objects of every recording that was not dropped, by its stream.
    recordings: BTreeMap<String, Vec<Object>>,
    dropped: BTreeSet<String>,
}

/// A record with sealed content.
struct Sealed {
    position: Position,
    key: String,
    has_bytes: bool,
}

struct Object {
    name: String,
    sha256: String,
}

impl Known {
    async fn read(journal: &dyn Journal) -> Result<Self, Failed> {
        let mut known = Self::default();
        let mut at = Position(0);
        loop {
            let records = journal.read_from(at, journal::limits::READ_MAX).await?;
            let Some(last) = records.last() else { break };
            at = last.position;
            for record in &records {
                known.take(record)?;
            }
        }
        known.recordings.retain(|stream, _| !known.dropped.contains(stream));
        Ok(known)
    }

    fn take(&mut self, record: &Recorded) -> Result<(), Failed> {
        if let Some((name, epoch)) = engine::wrapped_epoch(record) {
            self.epochs.insert(name, epoch);
        }
        if record.sealed_hash.is_some() {
            let (position, key) = (record.position, engine::key_of(record));
            self.sealed.push(Sealed { position, key, has_bytes: record.sealed.is_some() });
        }
        match record.kind.as_str() {
            "recording.segments_written.v1" => {
                let clear: serde_json::Value = serde_json::from_str(&record.clear)?;
                let objects = self.recordings.entry(record.stream.clone()).or_default();
                for segment in clear["segments"].as_array().into_iter().flatten() {
                    let text = |name: &str| segment[name].as_str().unwrap_or_default().to_owned();
                    objects.push(Object { name: text("object"), sha256: text("sha256") });
                }
            }
            "recording.dropped.v1" => drop(self.dropped.insert(record.stream.clone())),
            _ => {}
        }
        Ok(())
    }
}

/// Opens every record as a read model does, and remembers which could not be.
#[derive(Clone, Default)]
struct Look(Arc<Mutex<HashSet<Position>>>);

#[async_trait]
impl ReadModel for Look {
    fn name(&self) -> &'static str {
        "drill"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &[]
    }

    fn schema(&self) -> &'static [&'static str] {
        &[]
    }

    fn wants(&self, _: &str) -> bool {
        true
    }

    async fn apply(&self, _: &Engine, event: &Opened, _: &mut Tx) -> Result<(), Fault> {
        if event.erased {
            self.0.lock().expect("no holder of this lock panics").insert(event.position);
        }
        Ok(())
    }
}

/// The positions that nobody can open. No reaction, deadline or work is handed in: nobody is
/// told anything by a drill.
async fn look(engine: &Engine) -> Result<HashSet<Position>, Fault> {
    let look = Look::default();
    let parts = Parts { models: vec![Arc::new(look.clone())], ..Parts::default() };
    let running = engine.run(parts, |_| {}).await?;
    let dead = look.0.lock().expect("no holder of this lock panics").clone();
    running.stop().await;
    Ok(dead)
}

/// Holds what opened against what may: two-sided, never after its day and always before it.
fn judge(report: &mut Report, known: &Known, dead: &HashSet<Position>, vault: &Vault, now: At) {
    let mut past = BTreeSet::new();
    for (name, epoch) in &known.epochs {
        let over = epoch.expires_on.start() <= now;
        let kept = vault.is_kept(name, now);
        let destroyed = vault.is_destroyed(epoch);
        match over {
            true => report.keys_over += 1,
            false => report.keys_alive += 1,
        }
        report.keys_kept += u64::from(over && kept);
        if over && !kept {
            past.insert(name.as_str());
        }
        if destroyed && !over && !kept {
            report.problem(format!("the key of {name} was destroyed before its day"));
        }
    }
    for record in &known.sealed {
        let (position, key) = (record.position, &record.key);
        match (past.contains(key.as_str()), dead.contains(&position)) {
            (true, true) => {
                report.dead += 1;
                report.dead_with_ciphertext += u64::from(record.has_bytes);
            }
            (false, false) => report.opened += 1,
            (true, false) => {
                report.problem(format!("event {position} of {key} opens after its day"));
            }
            (false, true) => {
                report.problem(format!("event {position} of {key} is lost before its day"));
            }
        }
    }
}

/// Plays the newest recordings that are alive, and tries what is there of the dead ones.
async fn play(report: &mut Report, known: &Known, engine: &Engine, there: &Settings) {
    let folder = blobs::objects_of(&there.data.join("recordings"));
    let (mut tried, mut played) = (0, 0);
    for (stream, objects) in known.recordings.iter().rev() {
        let key = match engine.stream_key(stream).await {
            Ok(key) => key,
            Err(fault) => {
                report.problem(format!("{stream}: {}", said(&fault)));
                continue;
            }
        };
        if key.is_some() && played < PLAYED_MAX {
            played += 1;
            match play_one(report, stream, objects, engine, &folder).await {
                Ok(()) => report.recordings_played += 1,
                Err(problem) => report.problem(format!("{stream}: {problem}")),
            }
        } else if key.is_none() {
            for object in objects.iter().take(TRIED_MAX - tried) {
                let Ok(sealed) = std::fs::read(folder.join(&object.name)) else { continue };
                tried += 1;
                match engine.open_object(stream, &object.name, &sealed).await {
                    Ok(None) => report.objects_dead += 1,
                    _ => report.problem(format!("{} opens after its day", object.name)),
                }
            }
        }
    }
}

async fn play_one(
    report: &mut Report,
    stream: &str,
    objects: &[Object],
    engine: &Engine,
    folder: &Path,
) -> Result<(), String> {
    let mut tracks: BTreeMap<String, Vec<media::Segment>> = BTreeMap::new();
    for Object { name, sha256 } in objects {
        let sealed = std::fs::read(folder.join(name)).map_err(|_| format!("{name} is missing"))?;
        if crate::archive::hex(&Sha256::digest(&sealed)) != *sha256 {
            return Err(format!("{name} is not what the record says"));
        }
        let opened = engine.open_object(stream, name, &sealed).await;
        let opened = opened.ok().flatten().ok_or_else(|| format!("{name} does not open"))?;
        let segment = media::Segment::parse(&opened.into());
        let segment = segment.map_err(|_| format!("{name} is no segment"))?;
        report.objects_opened += 1;
        tracks.entry(segment.header().track.clone()).or_default().push(segment);
    }
    let silent = tracks.iter().find(|(_, segments)| !probe::lane(segments).is_playable());
    silent.map_or(Ok(()), |(track, _)| Err(format!("the track {track} does not play")))
}
