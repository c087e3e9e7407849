//! The seal around a package: a passphrase, or the public keys of those who may open it. Its
//! luck is the library's own: nothing sealed here is ever opened by us again.

use crate::limits;
use age::secrecy::SecretString;
use age::{Decryptor, Encryptor, stream};
use std::io::{self, Read, Write};
use std::iter;
use std::str::FromStr;

/// How a package is sealed.
pub enum Seal {
    /// To whoever knows these words.
    Passphrase(SecretString, u8),
    /// To whoever holds one of these keys.
    Recipients(Vec<age::x25519::Recipient>),
}

/// Why a seal cannot be made, or an opening not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// The passphrase is too short to keep anybody out.
    #[error("a passphrase needs at least {} characters", limits::PASSPHRASE_MIN)]
    Short,
    /// A line is not an age key.
    #[error("this is not a key of the kind that a package is sealed to")]
    Key,
    /// There is none.
    #[error("a package is sealed to somebody: no key was given")]
    Nobody,
}

impl Seal {
    /// To whoever knows these words.
    pub fn passphrase(words: &str) -> Result<Self, SealFault> {
        if words.chars().count() < limits::PASSPHRASE_MIN {
            return Err(SealFault::Short);
        }
        let words = SecretString::from(words.to_owned());
        Ok(Self::Passphrase(words, limits::PASSPHRASE_WORK))
    }

    /// To the holders of these keys: lines that begin with `age1`.
    pub fn recipients<'l>(lines: impl IntoIterator<Item = &'l str>) -> Result<Self, SealFault> {
        let parse = |line: &str| age::x25519::Recipient::from_str(line.trim());
        let keys: Result<Vec<_>, _> = lines.into_iter().map(parse).collect();
        let keys = keys.map_err(|_| SealFault::Key)?;
        if keys.is_empty() { Err(SealFault::Nobody) } else { Ok(Self::Recipients(keys)) }
    }

    /// What is written into the result arrives sealed in `out`.
    pub(crate) fn over<W: Write>(&self, out: W) -> io::Result<stream::StreamWriter<W>> {
        let encryptor = match self {
            Self::Passphrase(words, work) => {
                let mut recipient = age::scrypt::Recipient::new(words.clone());
                recipient.set_work_factor(*work);
                Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient))
            }
            Self::Recipients(keys) => {
                Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient))
            }
        };
        encryptor.map_err(io::Error::other)?.wrap_output(out)
    }
}

/// How a package is opened.
pub enum Opening {
    /// By these words.
    Passphrase(SecretString),
    /// By this key.
    Identity(Box<age::x25519::Identity>),
}

impl Opening {
    /// By these words.
    pub fn passphrase(words: &str) -> Self {
        Self::Passphrase(SecretString::from(words.to_owned()))
    }

    /// By the key in this text: the first line that begins with `AGE-SECRET-KEY-1`.
    pub fn identity(text: &str) -> Result<Self, SealFault> {
        let line = text.lines().map(str::trim).find(|line| line.starts_with("AGE-SECRET-KEY-1"));
        let identity = age::x25519::Identity::from_str(line.ok_or(SealFault::Key)?);
        Ok(Self::Identity(Box::new(identity.map_err(|_| SealFault::Key)?)))
    }

    /// The inside of a sealed file; nothing when this does not open it.
    pub(crate) fn of<R: Read>(&self, sealed: R) -> Option<stream::StreamReader<R>> {
        let decryptor = Decryptor::new(sealed).ok()?;
        match self {
            Self::Passphrase(words) => {
                let mut identity = age::scrypt::Identity::new(words.clone());
                identity.set_max_work_factor(limits::PASSPHRASE_WORK_MAX);
                decryptor.decrypt(iter::once(&identity as &dyn age::Identity)).ok()
            }
            Self::Identity(identity) => {
                decryptor.decrypt(iter::once(&**identity as &dyn age::Identity)).ok()
            }
        }
    }
}
