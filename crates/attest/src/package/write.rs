//! Writes a package from members that come piece by piece: nothing of it is ever whole in
//! memory, and nothing plain ever on a disk.

use crate::hex::{Hash, Hasher};
use crate::package::{FORMAT, MANIFEST, Manifest, Member, NOTE, REQUIRED, Seal, archive, is_name};
use crate::{limits, signed};
use age::stream::StreamWriter;
use journal::checkpoint::Signer;
use kernel::At;
use std::io::{self, Read, Write};

/// What a package is of.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The package's own name.
    pub id: &'a str,
    /// The case, as the service names it.
    pub case: &'a str,
    /// Now.
    pub made_at: At,
    /// Who makes it.
    pub made_by: &'a str,
    /// Why, and for whom.
    pub purpose: &'a str,
}

/// Why a package was not made.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// It could not be written.
    #[error("the package could not be written")]
    Io(#[from] io::Error),
    /// A name cannot stand in a package, or stands there already.
    #[error("`{0}` cannot be the name of another member")]
    Name(String),
    /// More than is read.
    #[error("the package is over the limit: {0}")]
    TooLarge(&'static str),
    /// A member was longer or shorter than it was said to be.
    #[error("`{0}` is not as long as it was said to be")]
    Length(String),
    /// A member that no package is without is missing.
    #[error("a package needs `{0}`")]
    Missing(&'static str),
}

/// A package that is being written.
pub struct Sealed<W: Write> {
    out: StreamWriter<W>,
    manifest: Manifest,
    bytes: u64,
}

/// A member that is being written.
pub struct Open<'p, W: Write> {
    package: &'p mut Sealed<W>,
    member: Member,
    hash: Hasher,
    left: u64,
}

impl<W: Write> Sealed<W> {
    /// Begins one that arrives sealed in `out`.
    pub fn begin(out: W, seal: &Seal, case: Case<'_>, signer: &Signer) -> io::Result<Self> {
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            id: case.id.to_owned(),
            case: case.case.to_owned(),
            origin: signer.name().to_owned(),
            key: signer.line(),
            made_at: case.made_at,
            made_by: case.made_by.to_owned(),
            purpose: case.purpose.to_owned(),
            members: Vec::new(),
        };
        Ok(Self { out: seal.over(out)?, manifest, bytes: 0 })
    }

    /// Begins a member; its length is said beforehand, its bytes follow with `Open::write`.
    pub fn member(
        &mut self,
        name: &str,
        about: &str,
        length: u64,
    ) -> Result<Open<'_, W>, WriteFault> {
        let taken = self.manifest.members.iter().any(|member| member.name == name);
        if taken || !is_name(name) || name == MANIFEST || name == NOTE {
            return Err(WriteFault::Name(name.to_owned()));
        }
        if self.manifest.members.len() >= limits::MEMBERS_MAX {
            return Err(WriteFault::TooLarge("number of members"));
        }
        if length > limits::MEMBER_BYTES_MAX {
            return Err(WriteFault::TooLarge("bytes of a member"));
        }
        self.bytes = self.bytes.saturating_add(length);
        if self.bytes > limits::PACKAGE_BYTES_MAX {
            return Err(WriteFault::TooLarge("bytes together"));
        }
        archive::begin(&mut self.out, name, length)?;
        let member = Member {
            name: name.to_owned(),
            about: about.to_owned(),
            length,
            sha256: Hash([0; 32]),
        };
        Ok(Open { package: self, member, hash: Hasher::default(), left: length })
    }

    /// Adds a member that is in memory.
    pub fn add(&mut self, name: &str, about: &str, bytes: &[u8]) -> Result<(), WriteFault> {
        let mut member = self.member(name, about, bytes.len() as u64)?;
        member.write(bytes)?;
        member.end()
    }

    /// Adds a member from a reader.
    pub fn add_from(
        &mut self,
        name: &str,
        about: &str,
        length: u64,
        source: &mut dyn Read,
    ) -> Result<(), WriteFault> {
        let mut member = self.member(name, about, length)?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match source.read(&mut buffer)? {
                0 => return member.end(),
                got => member.write(&buffer[..got])?,
            }
        }
    }

    /// Signs the manifest and ends the package; gives back what it was written to, and the
    /// manifest for the custody log.
    pub fn finish(
        mut self,
        signer: &Signer,
        sign: impl Fn(&[u8]) -> [u8; 64],
    ) -> Result<(W, Manifest), WriteFault> {
        for name in REQUIRED {
            if !self.manifest.members.iter().any(|member| member.name == name) {
                return Err(WriteFault::Missing(name));
            }
        }
        let manifest = self.manifest.file();
        let note = signed::sign(FORMAT, &manifest, signer, sign);
        for (name, bytes) in [(MANIFEST, manifest.as_slice()), (NOTE, note.as_bytes())] {
            archive::begin(&mut self.out, name, bytes.len() as u64)?;
            self.out.write_all(bytes)?;
            archive::end(&mut self.out, bytes.len() as u64)?;
        }
        archive::finish(&mut self.out)?;
        Ok((self.out.finish()?, self.manifest))
    }
}

impl<W: Write> Open<'_, W> {
    /// Adds bytes to the member.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), WriteFault> {
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| WriteFault::Length(self.member.name.clone()))?;
        self.hash.update(bytes);
        Ok(self.package.out.write_all(bytes)?)
    }

    /// Ends the member, which must be as long as it was said to be.
    pub fn end(mut self) -> Result<(), WriteFault> {
        if self.left > 0 {
            return Err(WriteFault::Length(self.member.name));
        }
        archive::end(&mut self.package.out, self.member.length)?;
        self.member.sha256 = self.hash.end();
        self.package.manifest.members.push(self.member);
        Ok(())
    }
}
