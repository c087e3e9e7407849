//! A copy being made: on a thread of its own, its bytes passed on as they come, and each end of it
//! on record. How far it is, is known in memory alone.

use crate::limits::{AT_ONCE, CHUNKS_WAITING};
use crate::order::{Order, Packages};
use crate::sink::{Piece, Sink, Whole};
use engine::{Caller, Engine, Refused};
use evidence::{Command, Export, ExportId, Why};
use kernel::Purpose;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::Sender;

/// How far the making of a copy is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Progress {
    done: u64,
    of: u64,
    percent: u64,
}

/// The copies that are being made.
#[derive(Clone, Default)]
pub(crate) struct Making(Arc<Mutex<BTreeMap<ExportId, Progress>>>);

impl Making {
    /// How far this one is, while it is made.
    pub(crate) fn of(&self, export: ExportId) -> Option<minijinja::Value> {
        let all = self.0.lock().expect("no holder of this lock panics");
        all.get(&export).map(|progress| minijinja::Value::from(ui::Serde(progress)))
    }

    /// A place to make one, if there is any and none of this export is being made.
    pub(crate) fn slot(&self, export: ExportId) -> Option<Slot> {
        let mut all = self.0.lock().expect("no holder of this lock panics");
        if all.len() >= AT_ONCE || all.contains_key(&export) {
            return None;
        }
        all.insert(export, Progress::default());
        Some(Slot { making: self.clone(), export })
    }
}

/// A place in which one copy is made; free again when it is dropped.
pub(crate) struct Slot {
    making: Making,
    export: ExportId,
}

impl Slot {
    fn note(&self, done: u64, of: u64) {
        let percent = done.saturating_mul(100).checked_div(of).unwrap_or(0);
        let mut all = self.making.0.lock().expect("no holder of this lock panics");
        all.insert(self.export, Progress { done, of, percent });
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut all = self.making.0.lock().expect("no holder of this lock panics");
        all.remove(&self.export);
    }
}

/// Makes it, and says what became of it.
pub(crate) async fn make(
    engine: Engine,
    packages: Arc<dyn Packages>,
    order: Order,
    slot: Slot,
    out: Sender<Piece>,
) {
    let (export, copy) = (order.export, order.copy);
    let writing = out.clone();
    let written = tokio::task::spawn_blocking(move || {
        let mut sink = Sink::new(writing);
        let made = packages.make(&order, &mut sink, &|done, of| slot.note(done, of));
        made.map(|made| (made, sink.end(), slot))
    });
    let (made, whole, _slot) = match written.await {
        Ok(Ok(made)) => made,
        Ok(Err(why)) => return cut(&engine, export, copy, why, &out).await,
        Err(_) => return cut(&engine, export, copy, Why::Fault, &out).await,
    };
    let Whole { sha256, bytes, tail } = whole;
    let (members, master) = (made.members, made.master);
    let packaged = Command::NotePackaged { copy, sha256, bytes, members, master };
    if !note(&engine, export, packaged).await {
        return cut(&engine, export, copy, Why::Fault, &out).await;
    }
    for piece in tail {
        if out.send(Ok(piece)).await.is_err() {
            return broken(&engine, export, copy, Why::Left).await;
        }
    }
    // All places are free again when the last piece was taken.
    if out.reserve_many(CHUNKS_WAITING).await.is_err() {
        return broken(&engine, export, copy, Why::Left).await;
    }
    note(&engine, export, Command::NoteDownloaded { copy }).await;
}

/// The answer is cut off, so that nobody takes a part for the whole.
async fn cut(engine: &Engine, export: ExportId, copy: u32, why: Why, out: &Sender<Piece>) {
    broken(engine, export, copy, why).await;
    // Whoever took it may be gone, which is why it may be cut off.
    let _ = out.send(Err(io::Error::from(io::ErrorKind::UnexpectedEof))).await;
}

/// A copy was not finished.
pub(crate) async fn broken(engine: &Engine, export: ExportId, copy: u32, why: Why) {
    note(engine, export, Command::NoteBrokenOff { copy, why }).await;
}

async fn note(engine: &Engine, export: ExportId, command: Command) -> bool {
    let caller = Caller { purpose: Purpose::Investigation, ..Caller::system() };
    match engine.execute::<Export>(&export.stream(), command, &caller, None).await {
        Ok(_) => true,
        Err(Refused::Refusal(refusal)) => {
            tracing::error!(%export, %refusal, "what became of a copy could not be noted");
            false
        }
        Err(Refused::Fault(fault)) => {
            tracing::error!(%export, %fault, "what became of a copy could not be noted");
            false
        }
    }
}
