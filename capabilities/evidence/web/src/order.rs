//! What is asked of whoever makes packages, which stands outside: a case with its master, its
//! papers, and what opens the copy.

use crate::case::Tape;
use async_trait::async_trait;
use engine::Fault;
use evidence::{ExportId, Why};
use incident::IncidentId;
use std::fmt;
use std::io::Write;

/// What opens a copy.
#[derive(Clone)]
pub enum Seal {
    /// These words.
    Passphrase(String),
    /// The key of whoever receives it.
    Recipient(String),
}

impl fmt::Debug for Seal {
    /// Never the words: a log line is not a place for them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Passphrase(..)",
            Self::Recipient(_) => "Recipient(..)",
        })
    }
}

/// One part of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Opens a section.
    Heading(String),
    /// Running text.
    Text(String),
    /// Names and what they are.
    Facts(Vec<(String, String)>),
    /// Rows under a head.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// The statement page, in words, before it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Its title.
    pub title: String,
    /// From top to bottom.
    pub parts: Vec<Part>,
}

/// The papers of a case.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// What was written in the calls, as JSON.
    pub chat: Vec<u8>,
    /// What the officers marked, as JSON.
    pub markers: Vec<u8>,
    /// Who had what when, as JSON.
    pub custody: Vec<u8>,
    /// The statement.
    pub statement: Statement,
}

/// One working copy to be made.
#[derive(Clone, Debug)]
pub struct Order {
    /// Of which export.
    pub export: ExportId,
    /// Its number.
    pub copy: u32,
    /// Of which incident.
    pub incident: IncidentId,
    /// Who makes it.
    pub made_by: String,
    /// Why, and for whom.
    pub purpose: String,
    /// What opens it.
    pub seal: Seal,
    /// The master.
    pub tapes: Vec<Tape>,
    /// The papers.
    pub papers: Papers,
    /// The case's streams, whose records are proved.
    pub streams: Vec<String>,
    /// Records of the trail that the custody log is made of.
    pub custody: Vec<u64>,
}

/// What a copy came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Files in it.
    pub members: u32,
    /// The hash of the list of the master's pieces.
    pub master: String,
}

/// What a comparison of the master with the record came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Pieces compared.
    pub pieces: usize,
    /// Those that are not as the record says: the object, and `missing` or `altered`.
    pub damaged: Vec<(String, String)>,
}

/// Makes packages.
#[async_trait]
pub trait Packages: Send + Sync + 'static {
    /// Compares every sealed piece of a master with the record.
    async fn check(&self, tape: &Tape) -> Result<Checked, Fault>;

    /// Whether this is a key that a package can be sealed to.
    fn is_key(&self, line: &str) -> bool;

    /// Makes a copy, its bytes going into `out` as they come; `told` hears of bytes done and of
    /// how many there are. Blocks: called where that hurts nobody.
    fn make(
        &self,
        order: &Order,
        out: &mut dyn Write,
        told: &dyn Fn(u64, u64),
    ) -> Result<Made, Why>;
}
