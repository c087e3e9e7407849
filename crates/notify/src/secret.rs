//! A secret from the configuration: wiped when dropped, never printed, compared in constant
//! time. Never here: where it comes from.

use aws_lc_rs::digest::{SHA256, digest};
use serde::{Deserialize, Deserializer};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Text that must not be read by anybody who reads a log.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `other` is the same text; takes the same time wherever they first differ, and
    /// tells nothing of the length, because digests are compared.
    pub fn is(&self, other: &str) -> bool {
        let (ours, theirs) =
            (digest(&SHA256, self.0.as_bytes()), digest(&SHA256, other.as_bytes()));
        ours.as_ref().ct_eq(theirs.as_ref()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_compared_but_never_printed() {
        let secret = Secret::new("correct horse");
        assert!(secret.is("correct horse"));
        assert!(!secret.is("correct hors"));
        assert!(!secret.is(""));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
    }
}
