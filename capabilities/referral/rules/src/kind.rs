//! Kinds of help, as data: when they are for her, on what ground they go, what the agency is
//! told, and by when it answers. A force sets its own table. Pure.

use crate::event::Basis;
use crate::limits;
use serde::{Deserialize, Serialize};

/// The stored code of a kind, e.g. `adviser`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindCode(pub String);

impl KindCode {
    /// The code as text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl From<&str> for KindCode {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

macro_rules! fields {
    ($($(#[$line:meta])* $variant:ident = $code:literal,)+) => {
        /// What an agency can be told of her record, besides the words written for it.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Field {
            $($(#[$line])* #[serde(rename = $code)] $variant,)+
        }

        impl Field {
            /// All of them, in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The one with this code.
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

fields! {
    /// Her name.
    Name = "name",
    /// When she was born.
    Born = "born",
    /// How she can be reached safely: number, times, what to say.
    Contact = "contact",
    /// Whether she may be rung or texted, and that no message is left.
    ContactRules = "contact_rules",
    /// Where she lives or it happened.
    Place = "place",
    /// What she reported.
    Account = "account",
    /// Who she says did it.
    Suspect = "suspect",
    /// What he is to her.
    Relationship = "relationship",
    /// Whether children are there.
    Children = "children",
}

/// A code and its words: a criterion, or a ground to go without consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coded {
    /// The stored code.
    pub code: String,
    /// The words on the page.
    pub words: String,
}

/// One kind of help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// The stored code.
    pub code: KindCode,
    /// Its name on the page.
    pub title: String,
    /// When it is for her.
    #[serde(default)]
    pub criteria: Vec<Coded>,
    /// Whether one of the criteria must be named.
    #[serde(default)]
    pub criteria_needed: bool,
    /// On which grounds it may go.
    pub bases: Vec<Basis>,
    /// Lawful grounds for going without consent.
    #[serde(default)]
    pub grounds: Vec<Coded>,
    /// What the agency may be told of her record: nothing else ever leaves.
    //= Data Protection Act 2018, section 37: adequate, relevant and not excessive
    pub shares: Vec<Field>,
    /// Within how many hours the agency says yes or no.
    pub acknowledge_hours: u32,
    /// Within how many hours it has spoken with her.
    pub due_hours: u32,
    /// Whether a meeting of agencies hears it.
    #[serde(default)]
    pub meeting: bool,
}

/// A force's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// Raised whenever it changes.
    pub version: u32,
    /// The kinds, in the order of the form.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
}

/// A table that cannot be used: which kind, which field, what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("kind {kind}: {field}: {wrong}")]
pub struct KindFault {
    /// Its code, or its place when it has none.
    pub kind: String,
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub wrong: &'static str,
}

impl Kinds {
    /// The kind with this code.
    pub fn get(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code.text() == code)
    }

    /// Whether it can be used.
    pub fn check(&self) -> Result<(), KindFault> {
        if self.kinds.is_empty() || self.kinds.len() > limits::KINDS_MAX {
            let kind = self.kinds.len().to_string();
            return Err(KindFault { kind, field: "kind", wrong: "give 1 to 40 kinds" });
        }
        for (place, kind) in self.kinds.iter().enumerate() {
            if self.kinds[..place].iter().any(|before| before.code == kind.code) {
                let kind = kind.code.text().to_owned();
                return Err(KindFault { kind, field: "code", wrong: "stands twice" });
            }
            kind.check(place)?;
        }
        Ok(())
    }
}

fn plain(code: &str) -> bool {
    (1..=40).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl Kind {
    /// The words of a criterion.
    pub fn criterion(&self, code: &str) -> Option<&str> {
        self.criteria.iter().find(|one| one.code == code).map(|one| one.words.as_str())
    }

    /// The words of a ground.
    pub fn ground(&self, code: &str) -> Option<&str> {
        self.grounds.iter().find(|one| one.code == code).map(|one| one.words.as_str())
    }

    fn check(&self, place: usize) -> Result<(), KindFault> {
        let code = self.code.text();
        let fault = |field, wrong| {
            let kind = if code.is_empty() { format!("#{}", place + 1) } else { code.to_owned() };
            Err(KindFault { kind, field, wrong })
        };
        let hours = 1..=limits::DUE_HOURS_MAX;
        let codes = |list: &[Coded]| {
            list.len() <= limits::CRITERIA_MAX
                && list.iter().all(|one| plain(&one.code) && !one.words.trim().is_empty())
        };
        if !plain(code) {
            return fault("code", "lower-case letters, digits and hyphens, at most 40");
        }
        if self.title.trim().is_empty() || self.title.chars().count() > limits::LINE_CHARS_MAX {
            return fault("title", "1 to 200 characters");
        }
        if self.bases.is_empty() {
            return fault("bases", "consent, override, or both");
        }
        if self.bases.contains(&Basis::Override) && self.grounds.is_empty() {
            return fault("grounds", "going without consent needs at least one lawful ground");
        }
        if !codes(&self.criteria) || (self.criteria_needed && self.criteria.is_empty()) {
            return fault("criteria", "each has a code and words, at most 20, one when needed");
        }
        if !codes(&self.grounds) {
            return fault("grounds", "each has a code and words, at most 20");
        }
        if !hours.contains(&self.due_hours) {
            return fault("due_hours", "1 to 72");
        }
        if !(1..=self.due_hours).contains(&self.acknowledge_hours) {
            return fault("acknowledge_hours", "from 1 to due_hours");
        }
        Ok(())
    }
}
