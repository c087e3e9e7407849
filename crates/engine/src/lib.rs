//! The only caller of `decide`: it loads, folds, decides, seals and appends; it keeps the read
//! models, runs the reactions, the deadlines and the due work. It knows no capability by name.
//! The clock and the luck of the whole service live here and nowhere else.

pub mod clock;
mod deadlines;
mod epochs;
mod execute;
mod fault;
pub mod forgetting;
mod keeping;
pub mod limits;
pub mod luck;
mod opened;
mod promises;
mod reactions;
mod reads;
mod run;
mod sealing;
pub mod trail;
mod trusted;
mod work;

pub use clock::{Clock, MovedClock, SystemClock};
pub use deadlines::{DeadlineChange, Deadlines};
pub use execute::{Caller, Done, Refused};
pub use fault::Fault;
pub use forgetting::{Dropped, Objects, Residue, Scan};
pub use luck::{Luck, SeededLuck, SystemLuck};
pub use opened::Opened;
pub use promises::{PromiseChange, Promised, Promises};
pub use reactions::Reaction;
pub use reads::{ReadModel, Reads, Tx};
pub use run::{Parts, Progress, Running};
pub use sealing::{key_of, wrapped_epoch};
pub use trusted::{Doubt, Readings};
pub use work::{Outcome, Work};

use journal::Journal;
use kernel::At;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, RwLock};
use vault::{Steady, Vault};

/// The engine: cheap to clone, one inside.
#[derive(Clone)]
pub struct Engine(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) luck: Arc<dyn Luck>,
    pub(crate) reads: Reads,
    pub(crate) states: execute::StateCache,
    pub(crate) keys: sealing::KeyCache,
    /// Days that the force keeps a class, where they are fewer than the class's own.
    pub(crate) schedule: RwLock<BTreeMap<String, u32>>,
    /// Held while keys are kept, let go or destroyed, so that a hold and its deadline never meet.
    pub(crate) forgetting: tokio::sync::Mutex<()>,
    /// What the clock of the journal's store said last, and the steady clock then.
    pub(crate) store_said: Mutex<Option<(At, Steady)>>,
    /// Who else keeps what must go; set when the engine runs.
    pub(crate) forgetters: OnceLock<forgetting::Forgetters>,
}

impl Engine {
    /// An engine over a journal, a vault and the local file of the read models.
    /// Nothing runs until `run` is called.
    pub fn new(
        journal: Arc<dyn Journal>,
        vault: Arc<Vault>,
        clock: Arc<dyn Clock>,
        luck: Arc<dyn Luck>,
        reads: Reads,
    ) -> Self {
        let states = execute::StateCache::default();
        let keys = sealing::KeyCache::default();
        let (schedule, forgetting, store_said, forgetters) = Default::default();
        Self(Arc::new(Inner {
            journal,
            vault,
            clock,
            luck,
            reads,
            states,
            keys,
            schedule,
            forgetting,
            store_said,
            forgetters,
        }))
    }

    /// What every clock of this process says.
    pub fn readings(&self) -> Readings {
        let (clock, mark) = (&self.0.clock, self.0.vault.mark());
        let (wall, steady) = (clock.now(), clock.steady());
        let said = *self.0.store_said.lock().expect("no holder of this lock panics");
        let store = said.map(|(at, then)| at.plus(steady.since.saturating_sub(then.since)));
        Readings { wall, steady, store, mark, kept_right: clock.is_kept_right() }
    }

    /// Remembers what the store's clock says: reading stops by it too.
    pub(crate) fn hear_store(&self, says: Option<At>) {
        let said = says.map(|at| (at, self.0.clock.steady()));
        *self.0.store_said.lock().expect("no holder of this lock panics") = said;
    }

    /// By which time reading stops: the latest that any clock says.
    pub(crate) fn latest(&self) -> At {
        self.readings().latest()
    }

    /// By which time new deadlines are set.
    pub(crate) fn believed(&self) -> At {
        self.readings().believed()
    }

    /// Sets how many days the force keeps a class; a class keeps no longer than its own limit.
    pub fn set_schedule(&self, days: BTreeMap<String, u32>) {
        *self.0.schedule.write().expect("no holder of this lock panics") = days;
    }

    /// How many days a class is kept here.
    pub fn keep_days(&self, class: kernel::Class) -> u32 {
        let days = self.0.schedule.read().expect("no holder of this lock panics");
        days.get(class.name).map_or(class.keep_days, |days| class.within(*days).keep_days)
    }

    /// The time now.
    pub fn now(&self) -> At {
        self.0.clock.now()
    }

    /// Sixteen bytes of luck, e.g. for an id.
    pub fn luck16(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.0.luck.fill(&mut bytes);
        bytes
    }

    /// The read models, for queries.
    pub fn reads(&self) -> &Reads {
        &self.0.reads
    }

    /// The journal, for reading.
    pub fn journal(&self) -> &Arc<dyn Journal> {
        &self.0.journal
    }

    /// A blind index of a normalised value within one domain.
    pub fn blind(&self, domain: &str, normalised: &str) -> [u8; 16] {
        self.0.vault.blind(domain, normalised)
    }

    /// Bytes that only this service can say again: secrets of links, signatures of cookies.
    pub fn derive(&self, domain: &str, name: &[u8]) -> [u8; 32] {
        self.0.vault.derive(domain, name)
    }
}
