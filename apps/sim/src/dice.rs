//! The dice of a schedule: the same throws for the same seed.

use engine::{Luck, SeededLuck};

pub(crate) struct Dice(SeededLuck);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(SeededLuck::new(seed))
    }

    pub(crate) fn number(&self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_be_bytes(bytes)
    }

    /// A number below `n`, 0 when there is none.
    pub(crate) fn below(&self, n: u64) -> u64 {
        self.number() % n.max(1)
    }

    pub(crate) fn one_in(&self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len() as u64) as usize)
    }

    /// Words that stand nowhere else, to be sealed and looked for.
    pub(crate) fn secret(&self) -> String {
        format!("invented-{:016x}", self.number())
    }
}
