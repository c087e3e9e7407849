//! What a verified certificate proves, and what it does not; or the rule that it breaks.

use crate::certificate::Statement;
use crate::extract::Unproved;
use crate::signed::{Trust, WrongKey};
use crate::words;
use journal::Position;
use journal::checkpoint::NoteFault;
use std::fmt;

/// The rule that a certificate breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It has not the form of a certificate.
    #[error("form: {0}")]
    Form(&'static str),
    /// It names the wrong key.
    #[error("key: {0}")]
    Key(#[from] WrongKey),
    /// It says that it is of another journal than the key's.
    #[error("origin: it is of another journal than the one that the key signs for")]
    Origin,
    /// What it says is not what was signed.
    #[error("signature: it was altered after it was signed, or signed by somebody else ({0})")]
    Signature(NoteFault),
    /// Its events are not proved.
    #[error("journal: {0}")]
    Journal(#[from] Unproved),
    /// An event cannot be read.
    #[error("events: the event at position {0} does not say what such an event says")]
    Body(Position),
    /// An event is missing.
    #[error("events: there is no `{0}` where there must be one")]
    Absent(&'static str),
    /// A part of an epoch's end is missing.
    #[error("events: a part of the list of what went is missing")]
    Part,
    /// An event is of another epoch.
    #[error("events: the event at position {0} is of another class or day")]
    Other(Position),
    /// It says something else than its events.
    #[error("agreement: it says something else than the journal about {0}")]
    Disagrees(&'static str),
    /// Something was destroyed before its time was up.
    #[error("time: something was destroyed before its time was up, at {0}")]
    Early(String),
    /// No clock is named.
    #[error("clocks: it names no clock by which the time was up")]
    NoClock,
    /// A clock did not agree.
    #[error("clocks: by the clock `{0}` the time was not up")]
    Clock(String),
    /// The search found something.
    #[error("residue: {0} pieces of what should be gone were found")]
    Residue(u64),
}

/// What was proved, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the key was given, or only found in the file.
    pub trust: Trust,
    /// What was proved.
    pub proved: Vec<String>,
    /// What was not.
    pub not_proved: Vec<String>,
}

/// Kinds of file that a search should have read.
const KINDS: [(&str, &str); 4] = [
    ("journal", "the journal's database and its write-ahead log"),
    ("read_models", "the read models"),
    ("objects", "the recordings' objects"),
    ("backup", "the last backup"),
];

impl Verdict {
    pub(crate) fn of(statement: &Statement, size: u64, trust: Trust) -> Self {
        let account = &statement.account;
        let late = account.erased_at.since(account.deadline).as_secs();
        let origin = &statement.origin;
        let gone = &account.gone;
        let count = words::count;
        let mut proved = vec![
            format!("Nothing in this file was altered since `{origin}` signed it."),
            format!(
                "Its {} stand in the journal of `{origin}`, in a signed checkpoint of {}.",
                count(statement.journal.events.len() as u64, "event"),
                count(size, "record"),
            ),
            format!(
                "That journal says: {} of class `{}`, due {}, destroyed {} ({} later); with them \
                 {}, and {} of {} bytes.",
                count(gone.keys, "key"),
                account.class,
                words::time(account.deadline),
                words::time(account.erased_at),
                count(late, "second"),
                count(gone.ciphertexts, "sealed record"),
                count(gone.objects, "object"),
                gone.bytes,
            ),
            format!(
                "All clocks that it names said that the time was up: {}.",
                list(statement.clocks.iter().map(|clock| clock.name.as_str())),
            ),
        ];
        let scan = &account.scan;
        let searched = scan.files > 0 && scan.needles > 0;
        if searched {
            proved.push(format!(
                "It says that {} of {} bytes ({}) were searched for {} afterwards, and nothing \
                 was found.",
                count(scan.files, "file"),
                scan.bytes,
                list(scan.kinds.iter().map(String::as_str)),
                count(scan.needles, "piece"),
            ));
        }
        Self { trust, proved, not_proved: not_proved(statement, searched, trust) }
    }
}

fn not_proved(statement: &Statement, searched: bool, trust: Trust) -> Vec<String> {
    let account = &statement.account;
    let mut not = Vec::new();
    if trust == Trust::Contained {
        not.push(format!(
            "Whose key signed it: the key was taken from the file itself. Ask `{}` for its line \
             another way, and give it with --key.",
            statement.origin
        ));
    }
    if !searched {
        not.push("That nothing is left in any file: nothing was searched for.".to_owned());
    }
    let missed = KINDS.iter().filter(|(kind, _)| !account.scan.kinds.contains(*kind));
    for (_, what) in missed.filter(|_| searched) {
        not.push(format!("That nothing is left in {what}: it was not searched."));
    }
    if account.kept > 0 {
        not.push(format!(
            "That everything of this class and day is gone: {} something keeps it for a reason \
             (a hold, or evidence).",
            if account.kept == 1 { "of 1 key".into() } else { format!("of {} keys", account.kept) },
        ));
    }
    not.push(
        "That nobody had copied what was readable before its day: no file can show that."
            .to_owned(),
    );
    not.push(
        "That the service ran the program it should have: it is the service that states what it \
         destroyed and searched."
            .to_owned(),
    );
    not
}

fn list<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Proved:")?;
        self.proved.iter().try_for_each(|words| writeln!(f, "- {words}"))?;
        writeln!(f, "Not proved:")?;
        self.not_proved.iter().try_for_each(|words| writeln!(f, "- {words}"))
    }
}
