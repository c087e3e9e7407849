//! A checkpoint: what the journal held at some size, signed, in the text that monitors and
//! witnesses of transparency logs read (C2SP `tlog-checkpoint` in a `signed-note`). Signing is a
//! closure; checking needs nothing but the text and the public key.

use crate::chain;
use crate::tree::{Hash, Head};
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};

/// Signature type of plain Ed25519.
//= C2SP signed-note, Signature types: 0x01 is Ed25519
const ED25519_TYPE: u8 = 1;
/// Signatures that a note is searched for: the sixteen that everyone must take, with room for
/// more witnesses.
const SIGNATURES_MAX: usize = 32;
/// Bytes of a note: signatures of coming kinds take five thousand each.
const NOTE_BYTES_MAX: usize = 256 * 1024;

/// What a checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which journal: a name like a web address without its scheme, e.g. `force.example/rvr`.
    pub origin: String,
    /// How much of it, and the root over that.
    pub head: Head,
}

/// Why a checkpoint is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// It does not have the form of a checkpoint.
    #[error("this is not a checkpoint")]
    Form,
    /// It is of another journal.
    #[error("this checkpoint is of another journal")]
    Origin,
    /// None of its signatures is by this key.
    #[error("this checkpoint is not signed by the key given")]
    Unsigned,
    /// A signature that names this key is not by it.
    #[error("a signature on this checkpoint is false")]
    False,
}

/// Who signs: the name stands in the signature line and is the journal's origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    name: String,
    public: [u8; 32],
}

impl Signer {
    /// The key `public` under a name. `None` when the name could not stand in a note: it is
    /// empty, or has a space or a plus or a control character in it.
    pub fn new(name: &str, public: [u8; 32]) -> Option<Self> {
        let fits = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
        let fit = !name.is_empty() && name.chars().all(fits);
        fit.then(|| Self { name: name.to_owned(), public })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of a hash over name, type and key.
    pub fn key_id(&self) -> [u8; 4] {
        //= C2SP signed-note, Ed25519 signatures: how the key id is made
        let name = self.name.as_bytes();
        let hash = chain::digest(&[name, b"\n", &[ED25519_TYPE], &self.public].concat());
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// The key as one line that other implementations read: name, key id, type and key.
    pub fn line(&self) -> String {
        let id = u32::from_be_bytes(self.key_id());
        let key = BASE64.encode([&[ED25519_TYPE][..], &self.public].concat());
        format!("{}+{id:08x}+{key}", self.name)
    }

    /// Reads such a line.
    pub fn parse(line: &str) -> Option<Self> {
        let mut parts = line.splitn(3, '+');
        let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
        let key = BASE64.decode(key).ok()?;
        let public = key.strip_prefix(&[ED25519_TYPE])?.try_into().ok()?;
        let signer = Self::new(name, public)?;
        (signer.line().split('+').nth(1)? == id).then_some(signer)
    }

    /// Signs a text that ends in a newline.
    pub fn sign(&self, text: &str, sign: impl Fn(&[u8]) -> [u8; 64]) -> String {
        let signature = BASE64.encode([&self.key_id()[..], &sign(text.as_bytes())].concat());
        format!("{text}\n\u{2014} {} {signature}\n", self.name)
    }

    /// Checks a note and gives back the text that was signed. Signatures by other keys are
    /// passed over; a false one in this key's name spoils the whole.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteFault> {
        let bad = note.len() > NOTE_BYTES_MAX || note.chars().any(|c| c < ' ' && c != '\n');
        // The text may hold empty lines: the last one parts it from the signatures.
        let parts = note.rsplit_once("\n\n").filter(|_| !bad).ok_or(NoteFault::Form)?;
        let text = &note[..=parts.0.len()];
        let lines = parts.1.strip_suffix('\n').ok_or(NoteFault::Form)?;
        let mut signed = false;
        for (count, line) in lines.split('\n').enumerate() {
            if count >= SIGNATURES_MAX {
                return Err(NoteFault::Form);
            }
            let (name, signature) = signature_line(line).ok_or(NoteFault::Form)?;
            let (id, signature) = signature.split_at(4);
            if name == self.name && id == self.key_id() {
                let key = UnparsedPublicKey::new(&ED25519, self.public);
                key.verify(text.as_bytes(), signature).map_err(|_| NoteFault::False)?;
                signed = true;
            }
        }
        if signed { Ok(text) } else { Err(NoteFault::Unsigned) }
    }
}

fn signature_line(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, signature) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let signature = BASE64.decode(signature).ok()?;
    (!name.is_empty() && signature.len() > 4).then_some((name, signature))
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.head.size, BASE64.encode(self.head.root))
    }

    /// Reads such a text. Lines after the third are allowed and not kept.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        if origin.is_empty() || lines.any(str::is_empty) {
            return None;
        }
        let number: u64 = size.parse().ok()?;
        // No plus sign and no leading zeroes: one number has one text.
        if number.to_string() != size {
            return None;
        }
        let root: Hash = BASE64.decode(root).ok()?.try_into().ok()?;
        Some(Self { origin: origin.to_owned(), head: Head { size: number, root } })
    }

    /// The signed checkpoint of the journal that is called as the signer is.
    pub fn sign(head: Head, signer: &Signer, sign: impl Fn(&[u8]) -> [u8; 64]) -> String {
        let checkpoint = Self { origin: signer.name.clone(), head };
        signer.sign(&checkpoint.text(), sign)
    }

    /// Checks a signed checkpoint of the signer's own journal, offline.
    pub fn open(note: &str, signer: &Signer) -> Result<Self, NoteFault> {
        let checkpoint = Self::parse(signer.open(note)?).ok_or(NoteFault::Form)?;
        if checkpoint.origin != signer.name {
            return Err(NoteFault::Origin);
        }
        Ok(checkpoint)
    }
}

#[cfg(test)]
#[path = "checkpoint_tests.rs"]
mod tests;
