//! The one source of luck, and a seeded one so that a test can be played again.

use aws_lc_rs::digest;
use std::sync::atomic::{AtomicU64, Ordering};

/// Fills bytes that nobody can guess.
pub trait Luck: Send + Sync {
    /// Fills all of `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's.
pub struct SystemLuck;

impl Luck for SystemLuck {
    #[expect(clippy::disallowed_methods, reason = "this is the one source of luck")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("an operating system without luck cannot keep a secret");
    }
}

/// The same luck for the same seed: SHA-256 over seed and a counter. For tests only.
pub struct SeededLuck {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededLuck {
    /// Luck from a seed.
    pub const fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }
}

impl Luck for SeededLuck {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::SeqCst);
            let mut input = self.seed.to_be_bytes().to_vec();
            input.extend(drawn.to_be_bytes());
            let block = digest::digest(&digest::SHA256, &input);
            chunk.copy_from_slice(&block.as_ref()[..chunk.len()]);
        }
    }
}
