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

impl Class {
    /// The same class kept for `days`, as a force's settings say; never longer than the class.
    #[must_use]
    pub const fn within(mut self, days: u32) -> Self {
        if days < self.keep_days {
            self.keep_days = days;
        }
        self
    }
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

/// Where she was: it helped a patrol find her, and a pattern of places is a risk by itself.
//= Data Protection Act 2018, section 39(1): kept for no longer than is necessary
pub const LOCATION: Class = Class {
    name: "location",
    keep_days: 31,
    authority: "Data Protection Act 2018 s.39: a place is needed while it can be acted on",
};

/// What was written in a call: as long as the recording in which it is spoken of.
//= Data Protection Act 2018, section 39(1): kept for no longer than is necessary
pub const CHAT: Class = Class {
    name: "chat",
    keep_days: 31,
    authority: "Data Protection Act 2018 s.39: as long as the recording it belongs to",
};

/// A disclosure as it was spoken: thirty days, in case what was told is misused.
//= Data Protection Act 2018, section 39(1): kept for no longer than is necessary
pub const DISCLOSURE_RECORDING: Class = Class {
    name: "disclosure-recording",
    keep_days: 30,
    authority: "Data Protection Act 2018 s.39: thirty days at most, in case what was told is \
                misused",
};

/// An application that ends without a disclosure. Every application is born in this class, and
/// one that leads to a disclosure is promoted to casework before its day.
//= Data Protection Act 2018, section 39(2): time limits for a periodic review
pub const APPLICATION: Class = Class {
    name: "application",
    keep_days: 365,
    authority: "Data Protection Act 2018 s.39: a year, so that a second application is seen \
                beside the first",
};

/// What she thought of the service.
//= Data Protection Act 2018, section 39(1): kept for no longer than is necessary
pub const SURVEY: Class = Class {
    name: "survey",
    keep_days: 365,
    authority: "Data Protection Act 2018 s.39: a year of answers to learn from",
};

/// What was promoted to evidence, by two people and for a reason: six years, then review.
//= Management of Police Information, code of practice: minimum of six years, then review
pub const EVIDENCE: Class = Class {
    name: "evidence",
    keep_days: 2192,
    authority: "Management of Police Information code of practice: six years, then review",
};

/// The classes that more than one capability seals under; the others have their own.
pub const SHARED: [Class; 9] = [
    CASEWORK,
    ACCESS_LOG,
    SERVICE,
    LOCATION,
    CHAT,
    DISCLOSURE_RECORDING,
    APPLICATION,
    SURVEY,
    EVIDENCE,
];
