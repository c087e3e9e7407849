//! What a schedule can find: which rule broke, and how, in words.

use std::fmt;

/// The rules of forgetting, as a schedule checks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing is readable after its day by any clock that is right.
    Late,
    /// Nothing is destroyed, erased or closed before its day.
    Early,
    /// What is held or promoted stays, and a hold in time is granted.
    Kept,
    /// The chain verifies, and what was erased keeps its hash.
    Chain,
    /// What is past its day is destroyed, erased, and said to be.
    Left,
    /// A key store that is behind the journal is refused, and no other is.
    Keys,
    /// The trusted time is never ahead of the truth.
    Clock,
    /// Nothing fails that was not made to.
    Fault,
}

/// A rule that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub rule: Rule,
    /// What was seen.
    pub words: String,
}

impl Broken {
    pub(crate) fn new(rule: Rule, words: impl Into<String>) -> Self {
        Self { rule, words: words.into() }
    }

    /// A fault that nobody asked for, with what lies beneath it.
    pub(crate) fn fault(what: &str, fault: &dyn std::error::Error) -> Self {
        let mut words = format!("{what}: {fault}");
        let mut source = fault.source();
        while let Some(cause) = source {
            words = format!("{words}: {cause}");
            source = cause.source();
        }
        Self::new(Rule::Fault, words)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Late => "readable after its day",
            Self::Early => "gone before its day",
            Self::Kept => "a hold that did not hold",
            Self::Chain => "the chain",
            Self::Left => "left behind after its day",
            Self::Keys => "the age of a key store",
            Self::Clock => "a trusted time ahead of the truth",
            Self::Fault => "a fault that nobody made",
        })
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.words)
    }
}
