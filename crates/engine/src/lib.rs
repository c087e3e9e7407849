//! The only caller of `decide`: it loads, folds, decides, seals and appends; it keeps the read
//! models, runs the reactions, the deadlines and the due work. It knows no capability by name.
//! The clock and the luck of the whole service live here and nowhere else.

pub mod clock;
mod deadlines;
mod execute;
mod fault;
pub mod forgetting;
pub mod limits;
pub mod luck;
mod opened;
mod reactions;
mod reads;
mod run;
mod sealing;
pub mod trail;
mod work;

pub use clock::{Clock, MovedClock, SystemClock};
pub use deadlines::{DeadlineChange, Deadlines};
pub use execute::{Caller, Done, Refused};
pub use fault::Fault;
pub use luck::{Luck, SeededLuck, SystemLuck};
pub use opened::Opened;
pub use reactions::Reaction;
pub use reads::{ReadModel, Reads, Tx};
pub use run::{Parts, Progress, Running};
pub use sealing::wrapped_epoch;
pub use work::{Outcome, Work};

use journal::Journal;
use kernel::At;
use std::sync::Arc;
use vault::Vault;

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
        Self(Arc::new(Inner { journal, vault, clock, luck, reads, states, keys }))
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
