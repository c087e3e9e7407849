//! Bytes that must stand nowhere once a key is destroyed: looked for in every file, held in
//! memory only while they are looked for, and overwritten afterwards.

use aho_corasick::{AhoCorasick, MatchKind};
use zeroize::Zeroizing;

/// Shorter bytes would be found by chance in any large file.
const NEEDLE_MIN: usize = 12;
/// Longer ones are cut: what is found of them is found all the same.
const NEEDLE_MAX: usize = 64;

/// Bytes to look for. Never printed, never stored.
#[derive(Clone)]
pub struct Needle(Zeroizing<Vec<u8>>);

impl Needle {
    /// `None` when the bytes are too few to mean anything.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let cut = &bytes[..bytes.len().min(NEEDLE_MAX)];
        (bytes.len() >= NEEDLE_MIN).then(|| Self(Zeroizing::new(cut.to_vec())))
    }
}

impl std::fmt::Debug for Needle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Needle(..)")
    }
}

/// Looks for many needles at once, in bytes that come piece by piece.
pub struct Finder {
    automaton: AhoCorasick,
    needles: usize,
}

impl Finder {
    /// Makes the search; the same needle twice is one.
    pub fn new(needles: &[Needle]) -> Self {
        let mut different: Vec<&[u8]> = needles.iter().map(|one| one.0.as_slice()).collect();
        different.sort_unstable();
        different.dedup();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&different)
            .expect("a few thousand short needles are within the automaton's size");
        Self { automaton, needles: different.len() }
    }

    /// How many different needles it looks for.
    pub const fn needles(&self) -> usize {
        self.needles
    }

    /// How many bytes of one piece must be looked at again with the next, so that nothing is
    /// missed where they meet.
    pub const fn overlap(&self) -> usize {
        NEEDLE_MAX - 1
    }

    /// How often any needle stands in `haystack`.
    pub fn count_in(&self, haystack: &[u8]) -> usize {
        if self.needles == 0 { 0 } else { self.automaton.find_iter(haystack).count() }
    }
}
