//! A certificate that something was forgotten: what, when, on whose authority, what was searched
//! afterwards; the journal's own events that say so, each proved to stand in a signed
//! checkpoint; all of it signed. The format is `docs/formats/certificate.md`.

mod account;
mod printed;
mod verdict;

pub use account::{Account, ERASED, EXPIRED, Gone, Scan};
pub use printed::{document, pdf};
pub use verdict::{Refused, Verdict};

use crate::extract::Extract;
use crate::signed::{self, Key};
use crate::{limits, words};
use journal::checkpoint::Signer;
use kernel::At;
use serde::{Deserialize, Serialize};

/// What every certificate of this version says of itself.
pub const FORMAT: &str = "sightline certificate v1";

/// A signed statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// What it says.
    pub statement: Statement,
    /// The note that signs it.
    pub signature: String,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// `FORMAT`.
    pub format: String,
    /// Its own name.
    pub id: String,
    /// The journal that it is of: the name in its checkpoints.
    pub origin: String,
    /// The line of the key that signs it.
    pub key: String,
    /// When it was written.
    pub issued_at: At,
    /// The law or policy that set the day.
    pub authority: String,
    /// What went, and when.
    pub account: Account,
    /// What each clock said when the keys were destroyed.
    pub clocks: Vec<Clock>,
    /// The events that say so.
    pub journal: Extract,
}

/// A clock, and what it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which: `wall`, `steady`, `store`, `mark`.
    pub name: String,
    /// What it said.
    pub says: At,
}

/// What the issuer adds to what the journal says.
#[derive(Clone, Debug)]
pub struct Issue<'a> {
    /// The certificate's name.
    pub id: &'a str,
    /// The law or policy that set the day.
    pub authority: &'a str,
    /// What each clock said when the keys were destroyed.
    pub clocks: Vec<Clock>,
    /// Now.
    pub issued_at: At,
}

impl Certificate {
    /// Makes the certificate of the epoch whose events these are, and refuses what `check` would
    /// refuse: no certificate leaves that nobody could verify.
    pub fn issue(
        issue: Issue<'_>,
        journal: Extract,
        signer: &Signer,
        sign: impl Fn(&[u8]) -> [u8; 64],
    ) -> Result<Self, Refused> {
        let statement = Statement {
            format: FORMAT.to_owned(),
            id: issue.id.to_owned(),
            origin: signer.name().to_owned(),
            key: signer.line(),
            issued_at: issue.issued_at,
            authority: issue.authority.to_owned(),
            account: Account::of(&journal)?,
            clocks: issue.clocks,
            journal,
        };
        let signature = signed::sign(FORMAT, &statement.bytes(), signer, sign);
        let certificate = Self { statement, signature };
        certificate.verify(Key::Given(signer))?;
        Ok(certificate)
    }

    /// The certificate as a file.
    pub fn file(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("strings and numbers are JSON");
        text.push('\n');
        text
    }

    /// Reads a file, which must be byte for byte what `file` writes.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() > limits::CERTIFICATE_BYTES_MAX {
            return Err(Refused::Form("it is longer than any certificate"));
        }
        let certificate: Self = serde_json::from_slice(bytes)
            .map_err(|_| Refused::Form("it is not the JSON of a certificate"))?;
        if certificate.file().as_bytes() != bytes {
            return Err(Refused::Form("it was written differently, or something was added"));
        }
        Ok(certificate)
    }

    /// Reads a file and checks all of it.
    pub fn check(bytes: &[u8], key: Key<'_>) -> Result<(Self, Verdict), Refused> {
        let certificate = Self::read(bytes)?;
        let verdict = certificate.verify(key)?;
        Ok((certificate, verdict))
    }

    /// Checks all of it; the refusal names the first rule that it breaks.
    pub fn verify(&self, key: Key<'_>) -> Result<Verdict, Refused> {
        let statement = &self.statement;
        if statement.format != FORMAT {
            return Err(Refused::Form("it is not of the version that is read here"));
        }
        if statement.id.is_empty() || statement.authority.is_empty() {
            return Err(Refused::Form("it has no name or no authority"));
        }
        let (signer, trust) = key.signer(&statement.key)?;
        if statement.origin != signer.name() {
            return Err(Refused::Origin);
        }
        signed::check(FORMAT, &statement.bytes(), &self.signature, &signer)
            .map_err(Refused::Signature)?;
        if self.statement.journal.events.len() > limits::CERTIFICATE_EVENTS_MAX {
            return Err(Refused::Form("it holds more events than are read"));
        }
        let head = statement.journal.verify(&signer)?;
        let account = Account::of(&statement.journal)?;
        if let Some(what) = account.differs(&statement.account) {
            return Err(Refused::Disagrees(what));
        }
        statement.on_time()?;
        if account.scan.found > 0 {
            return Err(Refused::Residue(account.scan.found));
        }
        Ok(Verdict::of(statement, head.size, trust))
    }
}

impl Statement {
    /// What is signed.
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings and numbers are JSON")
    }

    //= Data Protection Act 2018, section 39: kept until the day that was set, and no less
    fn on_time(&self) -> Result<(), Refused> {
        let deadline = self.account.deadline;
        if self.account.erased_at < deadline {
            return Err(Refused::Early(words::time(self.account.erased_at)));
        }
        if self.issued_at < self.account.cleared_at {
            return Err(Refused::Form("it was written before what it certifies"));
        }
        if self.clocks.is_empty() {
            return Err(Refused::NoClock);
        }
        match self.clocks.iter().find(|clock| clock.says < deadline) {
            Some(clock) => Err(Refused::Clock(clock.name.clone())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[path = "certificate_tests.rs"]
mod tests;
