//! Starts what runs by itself: read models first to the end of the journal, then reactions,
//! deadlines and due work, for ever; and stops it in order.

use crate::deadlines::{self, Deadlines, DueList};
use crate::forgetting::{Forgetters, Objects, Residue};
use crate::promises::{PromiseList, Promises};
use crate::reactions::{self, Reaction};
use crate::work::{self, ToDo, UnderWay, Work};
use crate::{Engine, Fault, ReadModel, epochs, limits};
use journal::Position;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Everything that the capabilities hand in.
#[derive(Default)]
pub struct Parts {
    /// What pages read.
    pub models: Vec<Arc<dyn ReadModel>>,
    /// Event to command.
    pub reactions: Vec<Arc<dyn Reaction>>,
    /// Time to command.
    pub deadlines: Vec<Arc<dyn Deadlines>>,
    /// Event to the outside world.
    pub works: Vec<Arc<dyn Work>>,
    /// What is owed, and by when.
    pub promises: Vec<Arc<dyn Promises>>,
    /// Sealed objects beside the journal, which go with their key.
    pub objects: Vec<Arc<dyn Objects>>,
    /// Who searches every file for what should be gone.
    pub residue: Option<Arc<dyn Residue>>,
}

/// How far a rebuild is, for whoever waits at the start.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The read model being rebuilt.
    pub model: &'static str,
    /// Where it stands.
    pub at: Position,
    /// Where it has to get to.
    pub of: Position,
}

/// What runs. Dropping it does not stop it; `stop` does.
pub struct Running {
    engine: Engine,
    stop: watch::Sender<bool>,
    acting: Vec<JoinHandle<()>>,
    stop_following: watch::Sender<bool>,
    following: JoinHandle<()>,
}

impl Engine {
    /// Brings every read model to the end of the journal (`progress` hears of each step),
    /// forgets what fell due while nothing ran, and starts what runs by itself. A key store
    /// that is older than the journal is refused.
    pub async fn run(
        &self,
        parts: Parts,
        progress: impl Fn(Progress) + Send,
    ) -> Result<Running, Fault> {
        self.start(parts, true, progress).await
    }

    /// The same without what acts by itself: for a simulation that says what happens when.
    pub async fn run_idle(
        &self,
        parts: Parts,
        progress: impl Fn(Progress) + Send,
    ) -> Result<Running, Fault> {
        self.start(parts, false, progress).await
    }

    async fn start(
        &self,
        parts: Parts,
        acts: bool,
        progress: impl Fn(Progress) + Send,
    ) -> Result<Running, Fault> {
        let Parts { mut models, reactions, deadlines, works, promises, objects, residue } = parts;
        // The second run of one engine keeps the forgetters of the first.
        let _ = self.0.forgetters.set(Forgetters::new(objects, residue));
        let (deadlines, works) = (Arc::new(deadlines), Arc::new(works));
        models.push(Arc::new(DueList(deadlines.clone())));
        models.push(Arc::new(ToDo(works.clone())));
        models.push(Arc::new(PromiseList(Arc::new(promises))));
        let keys: Arc<dyn ReadModel> = Arc::new(epochs::Keys);
        let position = self.0.journal.head().await?;
        self.catch_up(std::slice::from_ref(&keys), position, &progress).await?;
        // Before anything is opened with it.
        self.check_key_store().await?;
        self.catch_up(&models, position, &progress).await?;
        models.push(keys);
        self.0.reads.shown.send_replace(Position(position.0.max(1)));

        let stop = watch::Sender::new(false);
        let stop_following = watch::Sender::new(false);
        let last = stop_following.subscribe();
        let following = tokio::spawn(follow(self.clone(), models, position, last));
        let mut running =
            Running { engine: self.clone(), stop, acting: vec![], stop_following, following };
        if let Err(fault) = self.forget_before_serving().await {
            running.stop().await;
            return Err(fault);
        }
        if acts {
            running.acting = vec![
                tokio::spawn(react(self.clone(), reactions, running.stop.subscribe())),
                tokio::spawn(tick(self.clone(), deadlines, works, running.stop.subscribe())),
            ];
        }
        Ok(running)
    }

    //= Data Protection Act 2018, section 39(1): before anything is served again
    async fn forget_before_serving(&self) -> Result<(), Fault> {
        self.say_ended().await?;
        self.forget_expired().await.map(|_| ())
    }

    async fn catch_up(
        &self,
        models: &[Arc<dyn ReadModel>],
        head: Position,
        progress: &(impl Fn(Progress) + Send),
    ) -> Result<(), Fault> {
        for model in models {
            let mut at = self.0.reads.prepare(&**model).await?;
            // A file from a later life of the journal than the one restored: start over.
            assert!(at <= head, "the read models are ahead of the journal: delete their file");
            while at < head {
                let one = std::slice::from_ref(model);
                let Some(next) = self.project(one, at, Some(head)).await? else { break };
                at = next;
                progress(Progress { model: model.name(), at, of: head });
            }
        }
        Ok(())
    }
}

impl Running {
    /// Stops everything in order, the read models last (whoever acts waits for them), and
    /// closes them.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        for task in &mut self.acting {
            if let Err(fault) = task.await {
                tracing::error!(%fault, "a task of the engine had ended early");
            }
        }
        self.stop_following.send_replace(true);
        for task in [self.following] {
            if let Err(fault) = task.await {
                tracing::error!(%fault, "a task of the engine had ended early");
            }
        }
        self.engine.0.reads.close().await;
    }

    /// Whether everything that should run still does.
    pub fn healthy(&self) -> bool {
        !self.following.is_finished() && self.acting.iter().all(|task| !task.is_finished())
    }
}

async fn follow(
    engine: Engine,
    models: Vec<Arc<dyn ReadModel>>,
    mut position: Position,
    mut stop: watch::Receiver<bool>,
) {
    let mut head = engine.journal().subscribe();
    loop {
        match engine.project(&models, position, None).await {
            Ok(Some(next)) => {
                position = next;
                engine.reads().shown.send_replace(position);
                continue;
            }
            Ok(None) => {}
            Err(fault) => pause(&fault, "read models").await,
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            _ = head.changed() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

async fn react(engine: Engine, reactions: Vec<Arc<dyn Reaction>>, mut stop: watch::Receiver<bool>) {
    let mut shown = engine.reads().subscribe();
    let mut position = None;
    loop {
        if *stop.borrow() {
            break;
        }
        let after = match position {
            Some(position) => Ok(position),
            None => reactions::start(&engine).await,
        };
        let stepped = match after {
            Ok(after) => {
                position = Some(after);
                reactions::step(&engine, &reactions, after).await
            }
            Err(fault) => Err(fault),
        };
        match stepped {
            Ok(Some(next)) => {
                position = Some(next);
                continue;
            }
            Ok(None) => {}
            Err(fault) => {
                pause(&fault, "reactions").await;
                // What was answered before the fault stays answered.
                position = None;
            }
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => break,
            _ = shown.changed() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
    if let Some(position) = position
        && let Err(fault) = reactions::note(&engine, position).await
    {
        tracing::warn!(%fault, "the reactions could not note how far they are");
    }
}

async fn tick(
    engine: Engine,
    deadlines: Arc<Vec<Arc<dyn Deadlines>>>,
    works: Arc<Vec<Arc<dyn Work>>>,
    mut stop: watch::Receiver<bool>,
) {
    let mut shown = engine.reads().subscribe();
    let under_way = UnderWay::default();
    let mut forgotten_at: Option<kernel::At> = None;
    loop {
        let now = engine.now();
        if forgotten_at.is_none_or(|at| now < at || now.since(at) >= limits::FORGET_EVERY) {
            forgotten_at = Some(now);
            if let Err(fault) = engine.forget_expired().await {
                pause(&fault, "forgetting").await;
            }
        }
        if let Err(fault) = deadlines::fire_due(&engine, &deadlines).await {
            pause(&fault, "deadlines").await;
        }
        if let Err(fault) = work::start_due(&engine, &works, &under_way).await {
            pause(&fault, "due work").await;
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            _ = shown.changed() => {}
            () = tokio::time::sleep(limits::TICK) => {}
        }
    }
}

async fn pause(fault: &Fault, what: &'static str) {
    let cause = std::error::Error::source(fault).map(ToString::to_string);
    tracing::error!(%fault, ?cause, what, "a fault of the engine; trying again");
    tokio::time::sleep(Duration::from_secs(1)).await;
}
