//! Retention classes: what kind of thing is kept, and for how many days at most.

/// One purpose's class. Its days are the default; a force may set fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// Stored name, as it stands in the key store: lower case and hyphens.
    pub name: &'static str,
    /// Days from birth to the deadline, counted in whole UTC days.
    pub keep_days: u32,
    /// The authority for the number, cited by document and section.
    pub authority: &'static str,
}

/// Casework on an incident that has not been promoted to evidence: six years, then review.
//= Management of Police Information, code of practice: minimum of six years, then review
pub const CASEWORK: Class = Class {
    name: "casework",
    keep_days: 2192,
    authority: "Management of Police Information code of practice: six years, then review",
};

/// Who looked at what, and staff accounts: kept longer than what they looked at.
//= Data Protection Act 2018, section 62: logging
pub const ACCESS_LOG: Class = Class {
    name: "access-log",
    keep_days: 4383,
    authority: "Data Protection Act 2018 s.62; misuse is found years later",
};

/// Settings and opening hours: nothing personal, kept with the record.
pub const SERVICE: Class =
    Class { name: "service", keep_days: 4383, authority: "Needed to explain past decisions" };
