//! Reads a package back, member by member, and says what is proved or what is wrong with which.
//! Nothing is written anywhere.

use crate::extract::{Extract, Unproved};
use crate::hex::{Hash, Hasher};
use crate::package::archive::{Broken, Next, member, next};
use crate::package::{EXTRACT, FORMAT, MANIFEST, Manifest, NOTE, Opening, REQUIRED};
use crate::signed::{self, Key, Trust, WrongKey};
use crate::{limits, words};
use journal::checkpoint::NoteFault;
use std::fmt;
use std::io::Read;

/// The rule that a package breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The seal does not open.
    #[error("seal: this passphrase or key does not open it, or its first bytes were altered")]
    Seal,
    /// It stops in the middle, or the seal is broken there.
    #[error("`{0}`: cut off or altered: the file breaks inside it")]
    Cut(String),
    /// It stops between members.
    #[error("cut off or altered: the file breaks after `{0}`")]
    CutAfter(String),
    /// Something in it is not of the form of a package.
    #[error("form: what follows `{0}` is not a member of a package")]
    Form(String),
    /// More than is read.
    #[error("limit: {0}")]
    TooLarge(&'static str),
    /// A member is there twice.
    #[error("`{0}`: it is there twice")]
    Twice(String),
    /// The manifest is not one.
    #[error("`manifest.json`: it is not a manifest, or was written differently")]
    Manifest,
    /// It names the wrong key.
    #[error("key: {0}")]
    Key(#[from] WrongKey),
    /// It says that it is of another journal than the key's.
    #[error("origin: it is of another journal than the one that the key signs for")]
    Origin,
    /// The manifest is not what was signed.
    #[error("signature: the manifest was altered, or signed by somebody else ({0})")]
    Signature(NoteFault),
    /// A member that is listed is not there.
    #[error("`{0}`: missing")]
    Missing(String),
    /// A member is there that is not listed.
    #[error("`{0}`: not listed in the manifest")]
    Unlisted(String),
    /// A member is shorter or longer than listed.
    #[error("`{0}`: of another length than listed")]
    Length(String),
    /// A member is not the one that was listed.
    #[error("`{0}`: altered")]
    Altered(String),
    /// A member does not lie where it is listed.
    #[error("`{0}`: out of its order")]
    Order(String),
    /// The extract is not proved.
    #[error("`journal-extract.json`: {0}")]
    Journal(#[from] Unproved),
    /// The extract cannot be read.
    #[error("`journal-extract.json`: not an extract of a journal")]
    Extract,
    /// It changed while it was being opened, or could not be written out.
    #[error("`{0}`: could not be written out")]
    Out(String),
}

/// What was proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The manifest, every line of which holds.
    pub manifest: Manifest,
    /// Whether the key was given, or only found in the file.
    pub trust: Trust,
    /// Events that the journal was shown to hold.
    pub events: u64,
    /// Records of the journal at its checkpoint.
    pub size: u64,
}

/// A member as it was found.
struct Found {
    name: String,
    length: u64,
    sha256: Hash,
}

/// What was found on the way through.
#[derive(Default)]
struct Walk {
    found: Vec<Found>,
    kept: Vec<(String, Vec<u8>)>,
    bytes: u64,
}

/// Reads a sealed package and checks all of it.
pub fn verify(sealed: impl Read, opening: &Opening, key: Key<'_>) -> Result<Report, Refused> {
    verify_unsealed(opening.of(sealed).ok_or(Refused::Seal)?, key)
}

/// The same for what was inside the seal.
pub fn verify_unsealed(source: impl Read, key: Key<'_>) -> Result<Report, Refused> {
    let walk = walk(source)?;
    judge(&walk, key)
}

fn walk(mut source: impl Read) -> Result<Walk, Refused> {
    let mut walk = Walk::default();
    loop {
        let last = || walk.found.last().map_or_else(String::new, |found| found.name.clone());
        let (name, length) = match next(&mut source) {
            Ok(Next::End) => return Ok(walk),
            Ok(Next::Member(name, length)) => (name, length),
            Err(Broken::Cut) => return Err(Refused::CutAfter(last())),
            Err(Broken::Form) => return Err(Refused::Form(last())),
        };
        walk.allow(&name, length)?;
        let keep = [EXTRACT, MANIFEST, NOTE].contains(&name.as_str());
        let (mut hash, mut kept) = (Hasher::default(), Vec::new());
        let read = member(&mut source, length, |bytes| {
            hash.update(bytes);
            if keep {
                kept.extend_from_slice(bytes);
            }
        });
        match read {
            Ok(()) => {}
            Err(Broken::Cut) => return Err(Refused::Cut(name)),
            Err(Broken::Form) => return Err(Refused::Form(name)),
        }
        if keep {
            walk.kept.push((name.clone(), kept));
        }
        walk.found.push(Found { name, length, sha256: hash.end() });
    }
}

impl Walk {
    fn allow(&mut self, name: &str, length: u64) -> Result<(), Refused> {
        if self.found.len() >= limits::MEMBERS_MAX + 2 {
            return Err(Refused::TooLarge("it has more members than are read"));
        }
        let most = match name {
            NOTE => limits::NOTE_BYTES_MAX,
            EXTRACT | MANIFEST => limits::JSON_BYTES_MAX,
            _ => limits::MEMBER_BYTES_MAX,
        };
        if length > most {
            return Err(Refused::TooLarge("a member is longer than is read"));
        }
        self.bytes = self.bytes.saturating_add(length);
        if self.bytes > limits::PACKAGE_BYTES_MAX + limits::JSON_BYTES_MAX {
            return Err(Refused::TooLarge("it is longer than is read"));
        }
        if self.found.iter().any(|found| found.name == name) {
            return Err(Refused::Twice(name.to_owned()));
        }
        Ok(())
    }

    fn kept(&self, name: &str) -> Result<&[u8], Refused> {
        let kept = self.kept.iter().find(|(kept, _)| kept == name);
        kept.map(|(_, bytes)| bytes.as_slice()).ok_or_else(|| Refused::Missing(name.to_owned()))
    }
}

fn judge(walk: &Walk, key: Key<'_>) -> Result<Report, Refused> {
    let bytes = walk.kept(MANIFEST)?;
    let manifest = Manifest::read(bytes).ok_or(Refused::Manifest)?;
    let (signer, trust) = key.signer(&manifest.key)?;
    if manifest.origin != signer.name() {
        return Err(Refused::Origin);
    }
    let note = std::str::from_utf8(walk.kept(NOTE)?);
    let note = note.map_err(|_| Refused::Signature(NoteFault::Form))?;
    signed::check(FORMAT, bytes, note, &signer).map_err(Refused::Signature)?;
    compare(&manifest, &walk.found)?;
    let extract = serde_json::from_slice::<Extract>(walk.kept(EXTRACT)?);
    let extract = extract.map_err(|_| Refused::Extract)?;
    let head = extract.verify(&signer)?;
    Ok(Report { trust, events: extract.events.len() as u64, size: head.size, manifest })
}

/// The members against the list, both ways, and in its order.
fn compare(manifest: &Manifest, found: &[Found]) -> Result<(), Refused> {
    for member in &manifest.members {
        let name = || member.name.clone();
        let here = found.iter().find(|found| found.name == member.name);
        let here = here.ok_or_else(|| Refused::Missing(name()))?;
        if here.length != member.length {
            return Err(Refused::Length(name()));
        }
        if here.sha256 != member.sha256 {
            return Err(Refused::Altered(name()));
        }
    }
    let listed = manifest.members.iter().map(|member| member.name.as_str());
    let listed: Vec<&str> = listed.chain([MANIFEST, NOTE]).collect();
    for here in found {
        if !listed.contains(&here.name.as_str()) {
            return Err(Refused::Unlisted(here.name.clone()));
        }
    }
    if let Some(name) = REQUIRED.iter().find(|name| !listed.contains(*name)) {
        return Err(Refused::Missing((*name).to_owned()));
    }
    match found.iter().zip(listed).find(|(here, listed)| here.name != *listed) {
        Some((here, _)) => Err(Refused::Order(here.name.clone())),
        None => Ok(()),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let manifest = &self.manifest;
        let origin = &manifest.origin;
        let members = words::count(manifest.members.len() as u64, "member");
        writeln!(f, "Package {} of case {}", manifest.id, manifest.case)?;
        writeln!(f, "Made {} by {}", words::time(manifest.made_at), manifest.made_by)?;
        writeln!(f, "Proved:")?;
        writeln!(
            f,
            "- All {members} are there, none altered, none added, since `{origin}` signed."
        )?;
        writeln!(
            f,
            "- {} of the extract stand in the journal of `{origin}`, in a signed checkpoint of {}.",
            words::count(self.events, "event"),
            words::count(self.size, "record"),
        )?;
        writeln!(f, "Not proved:")?;
        if self.trust == Trust::Contained {
            writeln!(
                f,
                "- Whose key signed it: the key was taken from the package itself. Ask `{origin}` \
                 for its line another way, and give it with --key."
            )?;
        }
        writeln!(
            f,
            "- That the films show what happened: only that they are what the service had."
        )?;
        writeln!(f, "Members:")?;
        for member in &manifest.members {
            writeln!(f, "  {}  {:>12}  {}", member.sha256, member.length, member.name)?;
        }
        Ok(())
    }
}
