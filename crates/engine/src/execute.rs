//! A command's way: load, fold, decide, seal, append, and wait until pages can show it.

use crate::sealing::{KEY_WRAPPED, Sealing};
use crate::{Engine, Fault, limits};
use journal::{Append, AppendFault, Expected, Position};
use kernel::{Actor, At, Context, Decider, Purpose};
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Who asks, and what for.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// What for.
    pub purpose: Purpose,
}

impl Caller {
    /// Sightline itself, responding.
    pub const fn system() -> Self {
        Self { actor: Actor::System, purpose: Purpose::Response }
    }
}

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done<E> {
    /// What happened; empty when it had been done already with the same key.
    pub events: Vec<E>,
    /// Where the journal stands after it.
    pub position: Position,
    /// Whether an earlier command with the same key had done it.
    pub repeated: bool,
}

/// Why a command was not done: a refusal is an answer, a fault is an incident.
#[derive(Debug, thiserror::Error)]
pub enum Refused<R: std::error::Error + 'static> {
    /// The rules say no.
    #[error(transparent)]
    Refusal(R),
    /// Something beneath failed.
    #[error("the service could not do this")]
    Fault(#[source] Fault),
}

impl<R: std::error::Error + 'static> From<Fault> for Refused<R> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A state at a version, and until when it may be used: it holds what was opened.
#[derive(Clone)]
struct Folded {
    version: u64,
    state: Arc<dyn Any + Send + Sync>,
    until: At,
}

/// Folded states by stream, so that a long stream is not folded anew for every command.
#[derive(Default)]
pub(crate) struct StateCache(Mutex<States>);

#[derive(Default)]
struct States {
    folded: BTreeMap<String, Folded>,
    /// Raised by every forgetting: what was opened before it is not kept after it.
    generation: u64,
}

impl StateCache {
    fn get<S: Clone + 'static>(&self, stream: &str, now: At) -> Option<(u64, S, At)> {
        let states = self.0.lock().expect("no holder of this lock panics");
        let folded = states.folded.get(stream).filter(|folded| now < folded.until)?;
        let state = folded.state.downcast_ref::<S>();
        state.map(|state| (folded.version, state.clone(), folded.until))
    }

    fn generation(&self) -> u64 {
        self.0.lock().expect("no holder of this lock panics").generation
    }

    fn put(&self, stream: &str, folded: Folded, generation: u64) {
        let mut states = self.0.lock().expect("no holder of this lock panics");
        if states.generation != generation {
            return;
        }
        if states.folded.len() >= limits::STATES_MAX {
            states.folded.clear();
        }
        states.folded.insert(stream.to_owned(), folded);
    }

    pub(crate) fn clear(&self) {
        let mut states = self.0.lock().expect("no holder of this lock panics");
        states.folded.clear();
        states.generation += 1;
    }
}

impl Engine {
    /// A stream's state now, and its version (0: nothing has happened).
    pub async fn state<D: Decider>(&self, stream: &str) -> Result<(D::State, u64), Fault> {
        let generation = self.0.states.generation();
        let cached = self.0.states.get::<D::State>(stream, self.latest());
        let (mut version, mut state, mut until) =
            cached.unwrap_or_else(|| (0, D::State::default(), At(i64::MAX)));
        let (before, mut whole) = (version, true);
        loop {
            let records = self.0.journal.load(stream, version, journal::limits::READ_MAX).await?;
            let full = records.len() == journal::limits::READ_MAX;
            for record in records {
                version = record.version;
                if record.kind == KEY_WRAPPED {
                    self.know_key(&record)?;
                    continue;
                }
                let at = record.at;
                if record.sealed_hash.is_some() {
                    until = until.min(self.ends_at(&record).await?);
                }
                let sealed = record.sealed.is_some();
                let opened = self.open(record).await?;
                // Closed by a clock that may be put right: nothing to remember.
                whole &= !(sealed && opened.erased);
                let event: D::Event = opened.decode()?;
                state = D::evolve(state, &event, at);
            }
            if !full {
                break;
            }
        }
        if version != before && whole {
            let folded = Folded { version, state: Arc::new(state.clone()), until };
            self.0.states.put(stream, folded, generation);
        }
        Ok((state, version))
    }

    /// Does a command, or says why not. With a `key`, doing it again does nothing.
    /// Returns once the read models show it.
    pub async fn execute<D: Decider>(
        &self,
        stream: &str,
        command: D::Command,
        caller: &Caller,
        key: Option<&str>,
    ) -> Result<Done<D::Event>, Refused<D::Refusal>> {
        let done = self.decide::<D>(stream, command, caller, key).await?;
        self.shown(done.position).await;
        Ok(done)
    }

    async fn decide<D: Decider>(
        &self,
        stream: &str,
        command: D::Command,
        caller: &Caller,
        key: Option<&str>,
    ) -> Result<Done<D::Event>, Refused<D::Refusal>> {
        debug_assert!(stream.starts_with(D::NOUN), "a command for another noun's stream");
        if let Some(done) = self.done_before(key).await? {
            return Ok(done);
        }
        let mut tries = 0;
        loop {
            let (state, version) = self.state::<D>(stream).await?;
            let at = self.now();
            let context = Context { at, actor: caller.actor.clone() };
            let events = D::decide(&state, command.clone(), &context).map_err(Refused::Refusal)?;
            if events.is_empty() {
                let position = self.0.journal.head().await.map_err(Fault::Read)?;
                return Ok(Done { events, position, repeated: false });
            }
            let append = self.sealed::<D>(stream, version, &events, at, caller, key).await?;
            match self.0.journal.append(append).await {
                Ok(done) if done.repeated => {
                    return Ok(Done { events: vec![], position: done.last, repeated: true });
                }
                Ok(done) => return Ok(Done { events, position: done.last, repeated: false }),
                Err(AppendFault::Conflict { .. }) if tries < limits::CONFLICT_TRIES_MAX => {
                    tries += 1;
                }
                Err(fault) => return Err(Fault::Append(fault).into()),
            }
        }
    }

    async fn done_before<E>(&self, key: Option<&str>) -> Result<Option<Done<E>>, Fault> {
        let Some(key) = key else { return Ok(None) };
        let found = self.0.journal.find(key).await?;
        Ok(found.map(|done| Done { events: vec![], position: done.last, repeated: true }))
    }

    async fn sealed<D: Decider>(
        &self,
        stream: &str,
        version: u64,
        events: &[D::Event],
        at: At,
        caller: &Caller,
        key: Option<&str>,
    ) -> Result<Append, Fault> {
        let mut batch = Vec::with_capacity(events.len() + 1);
        let first = events.first().filter(|_| version == 0).map(D::class);
        let (own, carries) = self.sealing(stream, first, None).await?;
        batch.extend(carries);
        let mut parts: BTreeMap<&str, Sealing> = BTreeMap::new();
        for event in events {
            let under = match D::apart(event) {
                None => &own,
                Some(class) => {
                    if !parts.contains_key(class.name) {
                        let (part, carries) = self.sealing(stream, None, Some(class)).await?;
                        batch.extend(carries);
                        parts.insert(class.name, part);
                    }
                    &parts[class.name]
                }
            };
            let place = version + 1 + batch.len() as u64;
            batch.push(self.seal_event(stream, place, event, under)?);
        }
        Ok(Append {
            stream: stream.to_owned(),
            expected: Expected::Version(version),
            events: batch,
            at,
            actor: caller.actor.to_string(),
            purpose: caller.purpose.name().to_owned(),
            key: key.map(str::to_owned),
        })
    }
}
