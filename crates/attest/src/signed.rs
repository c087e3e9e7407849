//! How a certificate, a manifest and a file beside its note are signed: a note, like a
//! checkpoint's, over three lines: what it is, whose it is, and the hash of its bytes. The first
//! line keeps the signature of one thing from ever being that of another.

use crate::hex::Hash;
use journal::checkpoint::{NoteFault, Signer};

/// Whose signature is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// That of this key, which came another way than the file.
    Given(&'a Signer),
    /// That of the key that the file itself names: it shows that the file is whole, not whose.
    Contained,
}

/// How the key was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It was given.
    Given,
    /// It was found in the file.
    Contained,
}

impl Key<'_> {
    /// The signer to check by, given the line that the file holds.
    pub(crate) fn signer(&self, contained: &str) -> Result<(Signer, Trust), WrongKey> {
        let inside = Signer::parse(contained).ok_or(WrongKey::Unreadable)?;
        // One key has one line.
        if inside.line() != contained {
            return Err(WrongKey::Unreadable);
        }
        match self {
            Self::Contained => Ok((inside, Trust::Contained)),
            Self::Given(given) if **given == inside => Ok((inside, Trust::Given)),
            Self::Given(_) => Err(WrongKey::Other),
        }
    }
}

/// What is wrong with the key that a file names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongKey {
    /// Its line is not one.
    #[error("the line that names its key cannot be read")]
    Unreadable,
    /// It is another than the one given.
    #[error("it names another key than the one given")]
    Other,
}

fn text(what: &str, origin: &str, hash: Hash) -> String {
    format!("{what}\n{origin}\n{hash}\n")
}

/// The note that signs `bytes` as `what`.
pub fn sign(what: &str, bytes: &[u8], signer: &Signer, sign: impl Fn(&[u8]) -> [u8; 64]) -> String {
    signer.sign(&text(what, signer.name(), Hash::of(bytes)), sign)
}

/// Checks such a note.
pub fn check(what: &str, bytes: &[u8], note: &str, signer: &Signer) -> Result<(), NoteFault> {
    let signed = signer.open(note)?;
    let expected = text(what, signer.name(), Hash::of(bytes));
    if signed == expected { Ok(()) } else { Err(NoteFault::False) }
}
