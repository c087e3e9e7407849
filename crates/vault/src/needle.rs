//! Bytes that must stand nowhere once a key is destroyed: looked for in every file, held in
//! memory only while they are looked for, and overwritten afterwards.

use memchr::memmem;
use zeroize::Zeroizing;

/// Shorter bytes would be found by chance in any large file.
const NEEDLE_MIN: usize = 12;

/// Bytes to look for. Never printed, never stored.
pub struct Needle(Zeroizing<Vec<u8>>);

impl Needle {
    /// `None` when the bytes are too few to mean anything.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= NEEDLE_MIN).then(|| Self(Zeroizing::new(bytes.to_vec())))
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Never: a needle has bytes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How often it stands in `haystack`.
    pub fn count_in(&self, haystack: &[u8]) -> usize {
        memmem::find_iter(haystack, &**self.0).count()
    }
}

impl std::fmt::Debug for Needle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Needle(..)")
    }
}
