//! What the journal's own events say of an epoch that ended: which keys, when, what went with
//! them and what was searched. A certificate says the same, or it is refused.

use crate::certificate::Refused;
use crate::extract::{Extract, Proved};
use crate::limits;
use journal::Position;
use kernel::{At, Day};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The stored name of an epoch's end.
pub const EXPIRED: &str = "epoch.expired.v1";
/// The stored name of everything of an epoch being cleared away.
pub const ERASED: &str = "epoch.erased.v1";

/// What went, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The retention class.
    pub class: String,
    /// The UTC day at whose start it was to go; the last day there is for what a hold kept.
    pub expires_on: Day,
    /// When its time was up.
    pub deadline: At,
    /// When the last of its keys was destroyed.
    pub erased_at: At,
    /// When the last of its ciphertext was cleared away, and the search was over.
    pub cleared_at: At,
    /// The keys that went, by the streams that they sealed.
    pub names: BTreeSet<String>,
    /// How much went.
    pub gone: Gone,
    /// Keys of the same class and day that something else keeps: a hold, or evidence.
    pub kept: u64,
    /// What was searched afterwards.
    pub scan: Scan,
}

/// How much went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Data keys: one a stream, more where a part of it is kept for another time.
    pub keys: u64,
    /// Records that lost their ciphertext.
    pub ciphertexts: u64,
    /// Objects beside the journal: segments, stills.
    pub objects: u64,
    /// Bytes of those objects.
    pub bytes: u64,
}

/// What a search for residue saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Files read.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Different pieces looked for.
    pub needles: u64,
    /// Pieces found.
    pub found: u64,
    /// What kinds of file were read.
    pub kinds: BTreeSet<String>,
}

/// The body of `EXPIRED`, as far as a certificate needs it.
#[derive(Deserialize)]
struct Expired {
    class: String,
    expires_on: Day,
    part: u32,
    of: u32,
    names: Vec<String>,
    due_at: At,
}

/// The body of `ERASED`, likewise.
#[derive(Deserialize)]
struct Erased {
    class: String,
    expires_on: Day,
    keys: u64,
    ciphertexts: u64,
    objects: u64,
    bytes: u64,
    kept: u64,
    scan: Scan,
}

fn body<'e, T: Deserialize<'e>>(event: &'e Proved) -> Result<T, Refused> {
    serde_json::from_str(&event.clear).map_err(|_| Refused::Body(event.position))
}

impl Account {
    /// What these events say. They must be of one epoch, all parts of its end and at least one
    /// clearing away after the last of them.
    pub fn of(journal: &Extract) -> Result<Self, Refused> {
        let mut account: Option<Self> = None;
        // How many parts each end has, and which are here.
        let mut parts: BTreeMap<(At, u32), BTreeSet<u32>> = BTreeMap::new();
        let (mut ended, mut cleared) = (Position(0), Position(0));
        for event in journal.events.iter().filter(|event| event.kind == EXPIRED) {
            let end: Expired = body(event)?;
            if event.at < end.due_at {
                return Err(Refused::Early(crate::words::time(event.at)));
            }
            let account = account.get_or_insert_with(|| Self::begun(&end, event.at));
            account.is_of(&end.class, end.expires_on, event.position)?;
            account.names.extend(end.names);
            account.erased_at = account.erased_at.max(event.at);
            parts.entry((event.at, end.of)).or_default().insert(end.part);
            ended = event.position;
        }
        let mut account = account.ok_or(Refused::Absent(EXPIRED))?;
        if account.names.len() > limits::STREAMS_MAX {
            return Err(Refused::Form("it holds more names than are read"));
        }
        for ((_, of), here) in parts {
            if !(1..=of).all(|part| here.contains(&part)) {
                return Err(Refused::Part);
            }
        }
        for event in journal.events.iter().filter(|event| event.kind == ERASED) {
            let clearing: Erased = body(event)?;
            account.is_of(&clearing.class, clearing.expires_on, event.position)?;
            account.add(clearing, event.at)?;
            cleared = event.position;
        }
        if cleared <= ended {
            return Err(Refused::Absent(ERASED));
        }
        if account.gone.keys != account.names.len() as u64 {
            return Err(Refused::Disagrees("the number of keys"));
        }
        Ok(account)
    }

    fn begun(end: &Expired, at: At) -> Self {
        Self {
            class: end.class.clone(),
            expires_on: end.expires_on,
            deadline: end.due_at,
            erased_at: at,
            cleared_at: at,
            names: BTreeSet::new(),
            gone: Gone::default(),
            kept: 0,
            scan: Scan::default(),
        }
    }

    fn is_of(&self, class: &str, day: Day, position: Position) -> Result<(), Refused> {
        let same = self.class == class && self.expires_on == day;
        if same { Ok(()) } else { Err(Refused::Other(position)) }
    }

    /// Adds a clearing away: what went is added up, what was searched is what was searched last,
    /// unless anything was ever found.
    fn add(&mut self, clearing: Erased, at: At) -> Result<(), Refused> {
        let found = self.scan.found.saturating_add(clearing.scan.found);
        let sum = |one: u64, other: u64| {
            one.checked_add(other).ok_or(Refused::Disagrees("numbers beyond all reason"))
        };
        self.gone = Gone {
            keys: clearing.keys,
            ciphertexts: sum(self.gone.ciphertexts, clearing.ciphertexts)?,
            objects: sum(self.gone.objects, clearing.objects)?,
            bytes: sum(self.gone.bytes, clearing.bytes)?,
        };
        self.kept = clearing.kept;
        self.scan = Scan { found, ..clearing.scan };
        self.cleared_at = self.cleared_at.max(at);
        Ok(())
    }

    /// What another account says differently.
    pub(crate) fn differs(&self, other: &Self) -> Option<&'static str> {
        let same = [
            (self.class == other.class, "the class"),
            (self.expires_on == other.expires_on, "the day"),
            (self.deadline == other.deadline, "the deadline"),
            (self.erased_at == other.erased_at, "when the keys were destroyed"),
            (self.cleared_at == other.cleared_at, "when all was cleared away"),
            (self.names == other.names, "which keys went"),
            (self.gone == other.gone, "how much went"),
            (self.kept == other.kept, "how much is kept"),
            (self.scan == other.scan, "what was searched"),
        ];
        same.into_iter().find(|(same, _)| !same).map(|(_, what)| what)
    }
}
