//! Reads the journal from its first record to its last and says whether it is what was written:
//! the chain, the order, the sealed bytes, and the checkpoints that somebody kept elsewhere. It
//! names the first event that is wrong, and says what has been erased. It repairs nothing.

use crate::chain::{self, Flaw};
use crate::tree::{Frontier, Hash, Head};
use crate::{Journal, Position, ReadFault, Recorded, limits};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// What is wrong with the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// One of the flaws that a record and its neighbour show.
    Chain(Flaw),
    /// Its version does not follow the one before it in its stream.
    Version,
    /// It cannot be read, or not as what it was.
    Unreadable,
    /// Everything up to here hangs together and is not what the checkpoint of this size signed:
    /// the journal was written anew.
    Checkpoint,
    /// The journal ends before a checkpoint that was signed: its end was cut off.
    Short,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chain(Flaw::Prev) => "does not follow the record before it",
            Self::Chain(Flaw::Hash) => "its fields were altered",
            Self::Chain(Flaw::Sealed) => "its sealed bytes were altered",
            Self::Chain(Flaw::Order) => "a record before it is missing",
            Self::Version => "its version does not follow in its stream",
            Self::Unreadable => "cannot be read",
            Self::Checkpoint => "up to here it is not what the signed checkpoint says",
            Self::Short => "the journal ends before a signed checkpoint",
        })
    }
}

/// The first bad event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Where it stands, or should.
    pub position: Position,
    /// Its stream, as it says itself; empty when it cannot be read.
    pub stream: String,
    /// What is wrong.
    pub wrong: Wrong,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {}", self.position)?;
        if !self.stream.is_empty() {
            write!(f, " of {}", self.stream)?;
        }
        write!(f, ": {}", self.wrong)
    }
}

/// What was found. The counts are of the sound records before the first bad one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Records.
    pub records: u64,
    /// Streams.
    pub streams: u64,
    /// Records with sealed bytes that were there and sound.
    pub sealed: u64,
    /// Records whose sealed bytes were deleted.
    pub deleted: u64,
    /// Of those, the ones whose key is not known to be destroyed: somebody has to explain them.
    pub unexplained: u64,
    /// Records that nobody can open any more, by retention class.
    pub erased: BTreeMap<String, u64>,
    /// Of those, the ones whose bytes are still there, for the next round of forgetting.
    pub undropped: u64,
    /// Root of the tree over the records.
    pub root: Hash,
    /// Checkpoints that agreed.
    pub checkpoints: u64,
    /// The first bad event; `None` is a sound journal.
    pub bad: Option<Bad>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.bad.is_none()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.bad {
            None => writeln!(f, "The journal is sound.")?,
            Some(bad) => writeln!(f, "THE JOURNAL IS DAMAGED at {bad}.")?,
        }
        writeln!(f, "  records                  {}", self.records)?;
        writeln!(f, "  streams                  {}", self.streams)?;
        writeln!(f, "  with sealed content      {}", self.sealed)?;
        writeln!(f, "  sealed content deleted   {}", self.deleted)?;
        writeln!(f, "    key not destroyed      {}", self.unexplained)?;
        let erased: u64 = self.erased.values().sum();
        writeln!(f, "  erased (key destroyed)   {erased}")?;
        for (class, count) in &self.erased {
            writeln!(f, "    {class:<22} {count}")?;
        }
        if self.undropped > 0 {
            writeln!(f, "    bytes not yet deleted  {}", self.undropped)?;
        }
        writeln!(f, "  checkpoints that agree   {}", self.checkpoints)?;
        write!(f, "  root                     ")?;
        self.root.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Follows the records one by one. What `verify` runs on; also for those who read anyway.
pub struct Verifier {
    report: Report,
    before: Option<(Position, Hash)>,
    versions: HashMap<[u8; 16], u64>,
    frontier: Frontier,
    checkpoints: Vec<Head>,
}

impl Verifier {
    /// Begins at the first record, with checkpoints whose signatures were checked before.
    pub fn new(checkpoints: impl IntoIterator<Item = Head>) -> Self {
        let mut checkpoints: Vec<_> = checkpoints.into_iter().collect();
        checkpoints.sort_by_key(|head| std::cmp::Reverse(head.size));
        let mut new = Self {
            report: Report::default(),
            before: None,
            versions: HashMap::new(),
            frontier: Frontier::default(),
            checkpoints,
        };
        let nothing = Position(0);
        new.check_checkpoints(nothing, "");
        new
    }

    /// Takes the next record. `erased` names the retention class when its key was destroyed.
    /// False: it is bad, and there is no point in going on.
    pub fn push(
        &mut self,
        record: &Recorded,
        erased: impl Fn(&Recorded) -> Option<String>,
    ) -> bool {
        if self.report.bad.is_some() {
            return false;
        }
        let flaw = chain::flaw(record, self.before).map(Wrong::Chain);
        let stream = chain::digest(record.stream.as_bytes());
        let version = self.versions.entry(part(&stream)).or_default();
        let out_of_turn = (record.version != *version + 1).then_some(Wrong::Version);
        if let Some(wrong) = flaw.or(out_of_turn) {
            self.bad(record.position, &record.stream, wrong);
            return false;
        }
        *version += 1;
        self.report.records += 1;
        match (&record.sealed, &record.sealed_hash) {
            (Some(_), _) => self.report.sealed += 1,
            (None, Some(_)) => self.report.deleted += 1,
            (None, None) => {}
        }
        let class = record.sealed_hash.and_then(|_| erased(record));
        if let Some(class) = class {
            *self.report.erased.entry(class).or_default() += 1;
            self.report.undropped += u64::from(record.sealed.is_some());
        } else if record.sealed.is_none() && record.sealed_hash.is_some() {
            self.report.unexplained += 1;
        }
        self.before = Some((record.position, record.hash));
        self.frontier.push(&record.hash);
        self.check_checkpoints(record.position, &record.stream);
        self.report.bad.is_none()
    }

    /// What was found. A checkpoint larger than the journal says that its end is gone.
    pub fn finish(mut self) -> Report {
        if self.report.bad.is_none() && !self.checkpoints.is_empty() {
            self.bad(Position(self.frontier.size() + 1), "", Wrong::Short);
        }
        self.report.streams = self.versions.len() as u64;
        self.report.root = self.frontier.root();
        self.report
    }

    fn check_checkpoints(&mut self, position: Position, stream: &str) {
        while let Some(head) = self.checkpoints.pop_if(|h| h.size == self.frontier.size()) {
            if head.root != self.frontier.root() {
                return self.bad(position, stream, Wrong::Checkpoint);
            }
            self.report.checkpoints += 1;
        }
    }

    fn bad(&mut self, position: Position, stream: &str, wrong: Wrong) {
        self.report.bad = Some(Bad { position, stream: stream.to_owned(), wrong });
    }
}

fn part(hash: &Hash) -> [u8; 16] {
    *hash.first_chunk().expect("16 is fewer than 32")
}

/// Verifies the journal up to where it ends now. An error means only that the store does not
/// answer at all.
pub async fn verify(
    journal: &dyn Journal,
    checkpoints: impl IntoIterator<Item = Head>,
    erased: impl Fn(&Recorded) -> Option<String>,
) -> Result<Report, ReadFault> {
    let head = journal.head().await?;
    let mut verifier = Verifier::new(checkpoints);
    let mut limit = limits::READ_MAX;
    // Where it is, is counted here and never taken from a record.
    while verifier.frontier.size() < head.0 {
        let at = Position(verifier.frontier.size());
        let records = match journal.read_from(at, limit).await {
            Ok(records) => records,
            // One of many cannot be read: go one by one, to name it.
            Err(_) if limit > 1 => {
                limit = 1;
                continue;
            }
            Err(fault) => {
                tracing::warn!(%fault, "a record could not be read");
                verifier.bad(Position(at.0 + 1), "", Wrong::Unreadable);
                break;
            }
        };
        if records.is_empty() {
            // The end went away while it was being read.
            verifier.bad(Position(at.0 + 1), "", Wrong::Unreadable);
            break;
        }
        let left = usize::try_from(head.0 - at.0).unwrap_or(usize::MAX);
        if !records.iter().take(left).all(|record| verifier.push(record, &erased)) {
            break;
        }
    }
    Ok(verifier.finish())
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
