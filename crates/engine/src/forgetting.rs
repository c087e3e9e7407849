//! Forgetting on time: once an epoch's day has come its key is destroyed, and with it all that
//! was ever sealed under it, in every copy; then the ciphertext goes, the rows and the objects,
//! and every file is searched for what might be left. The journal says so and still verifies.

use crate::{Engine, Fault, Readings, epochs, limits};
use async_trait::async_trait;
use journal::{Append, Expected, NewEvent, Position};
use kernel::{At, Purpose};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use vault::{Epoch, Mark, Needle, Ratchet};

/// The stored name of an epoch's end; its body is `Expired`.
pub const EXPIRED: &str = "epoch.expired.v1";
/// The stored name of an epoch that is not read any more and waits for its clocks to agree.
pub const SEALED: &str = "epoch.sealed.v1";
/// The stored name of everything of an epoch being gone; its body is `Erased`.
pub const ERASED: &str = "epoch.erased.v1";

/// An epoch whose keys are destroyed: what of it, in parts of `limits::EXPIRED_NAMES_MAX`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expired {
    /// Which.
    #[serde(flatten)]
    pub epoch: Epoch,
    /// Which part of the list this is, from 1.
    pub part: u32,
    /// How many parts there are.
    pub of: u32,
    /// The keys that are gone with it.
    pub names: Vec<String>,
    /// How many keys of this epoch something else keeps.
    pub kept: u64,
    /// When its day came.
    pub due_at: At,
    /// What each clock said when the key was destroyed.
    pub clocks: BTreeMap<String, At>,
}

/// An epoch that is not read any more, and why its key is still to be destroyed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sealed {
    /// Which.
    #[serde(flatten)]
    pub epoch: Epoch,
    /// Why the clocks are not believed.
    pub why: crate::Doubt,
}

/// What went with an epoch, beyond its key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Erased {
    /// Which.
    #[serde(flatten)]
    pub epoch: Epoch,
    /// When its day came.
    pub due_at: At,
    /// How many keys were destroyed.
    pub keys: u64,
    /// How many records lost their ciphertext.
    pub ciphertexts: u64,
    /// How many objects beside the journal were deleted, and their bytes.
    #[serde(flatten)]
    pub dropped: Dropped,
    /// How many keys of this epoch something else keeps.
    pub kept: u64,
    /// What was searched afterwards, and what was found.
    pub scan: Scan,
    /// How far the list of destructions had come.
    pub ratchet: Ratchet,
}

/// Objects deleted, and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// How many.
    pub objects: u64,
    /// Their sealed bytes.
    pub bytes: u64,
}

/// What a search for residue saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Files read.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Different pieces looked for: the keys themselves, and words that were sealed under them.
    pub needles: u64,
    /// Pieces found. Anything but 0 is an alarm.
    pub found: u64,
    /// What kinds of file were read: `journal`, `read_models`, `objects`, `backup`…
    pub kinds: BTreeSet<String>,
}

/// Whoever keeps sealed objects beside the journal under a stream's key.
#[async_trait]
pub trait Objects: Send + Sync + 'static {
    /// Deletes everything sealed under this key, and notes it in its own record. Asked again it
    /// finds nothing; a key that is not of its own kind is nothing to it either.
    async fn delete(&self, engine: &Engine, key: &str, epoch: &Epoch) -> Result<Dropped, Fault>;
}

/// Whoever can search every file of the service and of its last backup.
#[async_trait]
pub trait Residue: Send + Sync + 'static {
    /// Looks for the needles.
    async fn scan(&self, needles: &[Needle]) -> Result<Scan, Fault>;
}

/// What the job needs besides the engine, and the needles of epochs that are half gone.
#[derive(Default)]
pub(crate) struct Forgetters {
    pub(crate) objects: Vec<Arc<dyn Objects>>,
    pub(crate) residue: Option<Arc<dyn Residue>>,
    needles: Mutex<BTreeMap<Epoch, Vec<Needle>>>,
}

impl Forgetters {
    pub(crate) fn new(objects: Vec<Arc<dyn Objects>>, residue: Option<Arc<dyn Residue>>) -> Self {
        Self { objects, residue, needles: Mutex::default() }
    }
}

impl Engine {
    /// Ends every epoch whose day has come by all clocks, and clears away what is left of those
    /// that ended; notes the trusted time. Returns the epochs that are wholly gone now. Done
    /// again after any crash it goes on where it stopped.
    pub async fn forget_expired(&self) -> Result<Vec<Epoch>, Fault> {
        let _alone = self.0.forgetting.lock().await;
        let store = self.0.journal.clock().await?;
        self.hear_store(store);
        let readings = Readings { store, ..self.readings() };
        let doubt = readings.doubt();
        if doubt.is_none() {
            // What is destroyed now must not be thought to lie ahead after a start.
            let ends = self.0.vault.epochs().iter().any(|one| one.is_over(readings.earliest()));
            self.note_time(&readings, ends)?;
        }
        self.finish_ends().await?;
        for epoch in self.0.vault.epochs() {
            match doubt {
                Some(why) if epoch.is_over(readings.latest()) => {
                    self.say_sealed(epoch, why).await?
                }
                None if epoch.is_over(readings.earliest()) => {
                    self.expire(epoch, readings.said()).await?;
                }
                Some(_) | None => {}
            }
        }
        let mut gone = Vec::new();
        for epoch in epochs::in_state(self, "expired").await? {
            self.erase(&epoch).await?;
            gone.push(epoch);
        }
        Ok(gone)
    }

    /// Whether what this key sealed can no longer be opened by anyone.
    pub async fn is_forgotten(&self, key: &str) -> Result<bool, Fault> {
        let has_key = self.stream_key(key).await?.is_some();
        let stream = key.split('#').next().unwrap_or_default();
        Ok(!has_key && !self.journal().load(stream, 0, 1).await?.is_empty())
    }

    /// Believes the wall clock as it is, after two people looked at it: destruction goes on.
    pub fn trust_clock(&self) -> Result<(), Fault> {
        let Readings { wall, steady, .. } = self.readings();
        Ok(self.0.vault.set_mark(Mark { wall, steady, high: wall })?)
    }

    /// Refuses to go on with a key store that is older than what the journal says of it.
    pub(crate) async fn check_key_store(&self) -> Result<(), Fault> {
        let vault = &self.0.vault;
        let told = epochs::told(self).await?;
        let alive: BTreeSet<Epoch> = vault.epochs().into_iter().collect();
        let erased = epochs::in_state(self, "erased").await?;
        let back = erased.iter().any(|epoch| alive.contains(epoch));
        // It was made after the copy: what it sealed could never be opened again.
        let unknown = |epoch: &Epoch| !alive.contains(epoch) && !vault.is_destroyed(epoch);
        let lost = epochs::unsaid(self).await?.iter().any(unknown);
        let behind = told.destructions > vault.ratchet().count || told.moves > vault.moves();
        if back || lost || behind {
            return Err(Fault::KeyStoreBehind);
        }
        Ok(())
    }

    /// An end that was said is carried out, whatever the clocks say now: they agreed then, and
    /// a death came in between.
    async fn finish_ends(&self) -> Result<(), Fault> {
        let alive: BTreeSet<Epoch> = self.0.vault.epochs().into_iter().collect();
        let said = epochs::in_state(self, "expired").await?;
        for epoch in said.iter().filter(|epoch| alive.contains(epoch)) {
            self.0.vault.destroy(epoch, self.now())?;
            self.0.states.clear();
        }
        Ok(())
    }

    /// Says of every key that is destroyed that it ended, where the journal does not: a death
    /// came in between, or the journal was put back from before.
    pub(crate) async fn say_ended(&self) -> Result<(), Fault> {
        for epoch in epochs::unsaid(self).await? {
            if !self.0.vault.is_destroyed(&epoch) {
                continue;
            }
            let (mut names, mut kept) = (Vec::new(), 0);
            for name in epochs::unsaid_under(self, &epoch).await? {
                let Some(wrapped) = self.wrapped(&name).await? else { continue };
                if self.0.vault.has_another(&name, &wrapped, &epoch) {
                    kept += 1;
                } else {
                    names.push(name);
                }
            }
            self.say_gone(&epoch, &names, kept).await?;
        }
        Ok(())
    }

    async fn say_gone(&self, epoch: &Epoch, names: &[String], kept: u64) -> Result<(), Fault> {
        let parts = names.chunks(limits::EXPIRED_NAMES_MAX);
        let of = parts.len() as u32;
        for (index, names) in parts.enumerate() {
            let body = Expired {
                epoch: epoch.clone(),
                part: index as u32 + 1,
                of,
                names: names.to_vec(),
                kept,
                due_at: epoch.expires_on.start(),
                clocks: self.readings().said(),
            };
            let append = expired_part(&body, self.now(), &names[0])?;
            let done = self.0.journal.append(append).await?;
            self.shown(done.last).await;
        }
        Ok(())
    }

    fn note_time(&self, readings: &Readings, at_once: bool) -> Result<(), Fault> {
        let old = |mark: Mark| {
            mark.steady.boot != readings.steady.boot
                || readings.wall.since(mark.wall) >= limits::MARK_EVERY
        };
        if at_once || readings.mark.is_none_or(old) {
            let (wall, steady, high) = (readings.wall, readings.steady, readings.latest());
            let mark = Mark { wall, steady, high };
            self.0.vault.set_mark(mark)?;
        }
        Ok(())
    }

    async fn say_sealed(&self, epoch: Epoch, why: crate::Doubt) -> Result<(), Fault> {
        tracing::error!(%epoch, ?why, "the clocks disagree: an epoch is closed, not destroyed");
        let key = format!("sealed/{epoch}/{}", self.now().day().0);
        let stream = format!("retention/{}", epoch.class);
        let append = note(stream, SEALED, &Sealed { epoch, why }, self.now(), key)?;
        let done = self.0.journal.append(append).await?;
        self.shown(done.last).await;
        Ok(())
    }

    /// The event is appended first, with the epoch's name as its key: a crash in between only
    /// means that it is done once more. Then the key goes.
    async fn expire(&self, epoch: Epoch, clocks: BTreeMap<String, At>) -> Result<(), Fault> {
        let now = self.now();
        self.all_shown().await?;
        let (names, kept) = self.ends_with(&epoch).await?;
        self.collect_needles(&epoch, &names).await?;
        let parts: Vec<&[String]> = match names.chunks(limits::EXPIRED_NAMES_MAX) {
            chunks if chunks.len() == 0 => vec![&[]],
            chunks => chunks.collect(),
        };
        let mut last = Position(0);
        for (index, names) in parts.iter().enumerate() {
            let body = Expired {
                epoch: epoch.clone(),
                part: index as u32 + 1,
                of: parts.len() as u32,
                names: names.to_vec(),
                kept,
                due_at: epoch.expires_on.start(),
                clocks: clocks.clone(),
            };
            let part = body.part.to_string();
            last = self.0.journal.append(expired_part(&body, now, &part)?).await?.last;
        }
        self.0.vault.destroy(&epoch, now)?;
        self.0.states.clear();
        self.shown(last).await;
        Ok(())
    }

    /// The keys that are gone when this epoch ends, and how many of its keys are kept elsewhere.
    async fn ends_with(&self, epoch: &Epoch) -> Result<(Vec<String>, u64), Fault> {
        let mut all: BTreeSet<String> =
            epochs::born_under(self, epoch).await?.into_iter().collect();
        all.extend(self.0.vault.kept_under(epoch));
        let (mut names, mut kept) = (Vec::new(), 0);
        for name in all {
            let Some(wrapped) = self.wrapped(&name).await? else { continue };
            if self.0.vault.has_another(&name, &wrapped, epoch) {
                kept += 1;
            } else {
                names.push(name);
            }
        }
        Ok((names, kept))
    }

    /// Everything that ended with the epoch is cleared away: ciphertext, rows (by the read
    /// models, which saw the event), objects; then every file is searched.
    async fn erase(&self, epoch: &Epoch) -> Result<(), Fault> {
        let Some(forgetters) = self.0.forgetters.get() else { return Ok(()) };
        self.all_shown().await?;
        let names = epochs::names_of(self, epoch).await?;
        let (mut ciphertexts, mut dropped) = (0, Dropped::default());
        for name in &names {
            ciphertexts += self.erase_ciphertext(name).await?;
            for keeper in &forgetters.objects {
                let more = keeper.delete(self, name, epoch).await?;
                dropped.objects += more.objects;
                dropped.bytes += more.bytes;
            }
        }
        self.reads().fold_log().await?;
        let scan = self.search(epoch).await?;
        if scan.found > 0 {
            tracing::error!(%epoch, found = scan.found, "residue of something forgotten was found");
        }
        let first = self.expired_event(epoch).await?;
        let body = Erased {
            epoch: epoch.clone(),
            due_at: first.as_ref().map_or(epoch.expires_on.start(), |body| body.due_at),
            keys: names.len() as u64,
            ciphertexts,
            dropped,
            kept: first.map_or(0, |body| body.kept),
            scan,
            ratchet: self.0.vault.ratchet(),
        };
        let key = format!("erased/{epoch}/{}", names.len());
        let stream = format!("retention/{}", epoch.class);
        let done = self.0.journal.append(note(stream, ERASED, &body, self.now(), key)?).await?;
        self.shown(done.last).await;
        Ok(())
    }

    /// Searches every file for what the epoch sealed. The needles stay until a search was whole:
    /// one that broke off is made again with the same.
    async fn search(&self, epoch: &Epoch) -> Result<Scan, Fault> {
        let Some(forgetters) = self.0.forgetters.get() else { return Ok(Scan::default()) };
        let Some(residue) = &forgetters.residue else { return Ok(Scan::default()) };
        let held = || forgetters.needles.lock().expect("no holder panics");
        let needles = held().get(epoch).cloned().unwrap_or_default();
        let scan = residue.scan(&needles).await?;
        held().remove(epoch);
        Ok(scan)
    }

    async fn expired_event(&self, epoch: &Epoch) -> Result<Option<Expired>, Fault> {
        let stream = format!("retention/{}", epoch.class);
        let mut version = 0;
        loop {
            let records = self.0.journal.load(&stream, version, journal::limits::READ_MAX).await?;
            let Some(last) = records.last() else { return Ok(None) };
            version = last.version;
            for record in records.iter().filter(|record| record.kind == EXPIRED) {
                let body: Expired = serde_json::from_str(&record.clear).map_err(Fault::Encode)?;
                if body.epoch == *epoch {
                    return Ok(Some(body));
                }
            }
        }
    }

    async fn erase_ciphertext(&self, name: &str) -> Result<u64, Fault> {
        let stream = name.split('#').next().unwrap_or_default();
        let (mut version, mut erased) = (0, 0);
        loop {
            let records = self.0.journal.load(stream, version, journal::limits::READ_MAX).await?;
            let Some(last) = records.last() else { return Ok(erased) };
            version = last.version;
            // Those that are empty already too: a copy may have stayed in the journal's log.
            let sealed = records.iter().filter(|record| record.sealed_hash.is_some());
            let of_name = sealed.filter(|record| crate::key_of(record) == name);
            let positions: Vec<Position> = of_name.map(|record| record.position).collect();
            if !positions.is_empty() {
                erased += self.erase_positions(&positions).await?;
            }
        }
    }

    async fn erase_positions(&self, positions: &[Position]) -> Result<u64, Fault> {
        let mut tries = 0;
        let mut erased = 0;
        loop {
            match self.0.journal.erase(positions).await {
                Ok(more) => return Ok(erased + more),
                Err(journal::EraseFault::Lingers { erased: more })
                    if tries < limits::ERASE_TRIES_MAX =>
                {
                    erased += more;
                    tries += 1;
                    tokio::time::sleep(limits::ERASE_AGAIN).await;
                }
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// The keys themselves and words that they seal, of a sample: held in memory until they are
    /// looked for, and read for nothing else.
    async fn collect_needles(&self, epoch: &Epoch, names: &[String]) -> Result<(), Fault> {
        let Some(forgetters) = self.0.forgetters.get() else { return Ok(()) };
        if forgetters.residue.is_none() {
            return Ok(());
        }
        let mut needles = Vec::new();
        for name in names.iter().take(limits::NEEDLE_KEYS_MAX) {
            let Some(wrapped) = self.wrapped(name).await? else { continue };
            needles.extend(self.0.vault.needle(name, &wrapped));
            let Ok(key) = self.0.vault.unwrap_key(name, &wrapped, At(i64::MIN)) else { continue };
            needles.extend(self.words_under(name, &key).await?);
        }
        forgetters.needles.lock().expect("no holder panics").insert(epoch.clone(), needles);
        Ok(())
    }

    /// Waits until the read models show all that the journal has.
    async fn all_shown(&self) -> Result<(), Fault> {
        let head = self.0.journal.head().await?;
        self.shown(head).await;
        let shown = *self.reads().shown.borrow();
        // Nobody follows in a tool that only looks: its models are as the last run left them.
        if shown.0 > 0 && shown < head {
            return Err(Fault::Outside("the file of the read models"));
        }
        Ok(())
    }
}

/// One part of an epoch's end, to be appended; `part` tells it from the others.
pub(crate) fn expired_part(body: &Expired, at: At, part: &str) -> Result<Append, Fault> {
    let stream = format!("retention/{}", body.epoch.class);
    note(stream, EXPIRED, body, at, format!("epoch/{}/{part}", body.epoch))
}

fn note<T: Serialize>(
    stream: String,
    kind: &str,
    body: &T,
    at: At,
    key: String,
) -> Result<Append, Fault> {
    let clear = serde_json::to_string(body).map_err(Fault::Encode)?;
    Ok(Append {
        stream,
        expected: Expected::Any,
        events: vec![NewEvent { kind: kind.into(), clear, sealed: None }],
        at,
        actor: kernel::Actor::System.to_string(),
        purpose: Purpose::Retention.name().into(),
        key: Some(key),
    })
}
