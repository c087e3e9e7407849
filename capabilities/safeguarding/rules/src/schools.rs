//! Whom a school notice goes to: schools and authorities' officers, as a force's own data, and
//! the bell before which each must have heard.

use calendar::{Jurisdiction, NoCalendar, SchoolTerms, next_bell};
use kernel::At;
use serde::Deserialize;

/// One versioned list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schools {
    /// Which version this is.
    pub version: u32,
    /// Whose bank holidays count for what she is owed to hear.
    #[serde(default = "england_and_wales")]
    pub jurisdiction: Jurisdiction,
    /// Schools, and officers for children who are taught at home.
    pub contacts: Vec<SchoolContact>,
    /// School days, one an authority; set beside the list, from files of their own.
    #[serde(skip)]
    pub terms: Vec<SchoolTerms>,
}

/// Where a force's own list does not say: earlier lists did not.
const fn england_and_wales() -> Jurisdiction {
    Jurisdiction::EnglandAndWales
}

/// Somebody who must hear.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolContact {
    /// What is stored.
    pub code: String,
    /// What is shown.
    pub title: String,
    /// Whose school days count: the name of an authority with terms.
    pub authority: String,
    /// The mailbox of whoever is trained for it; no notice goes by e-mail without one.
    #[serde(default)]
    pub email: String,
    /// Their telephone.
    #[serde(default)]
    pub phone: String,
    /// Not offered any more; still shown where it stands.
    #[serde(default)]
    pub retired: bool,
}

/// A bell, and whether school days had to be assumed for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// When it rings.
    pub bell: At,
    /// Nobody knows the terms of that day: the earliest day it could be was taken.
    pub assumed: bool,
}

impl Schools {
    /// The one with this code, offered or not.
    pub fn get(&self, code: &str) -> Option<&SchoolContact> {
        self.contacts.iter().find(|one| one.code == code)
    }

    /// The one that may be chosen now.
    pub fn offered(&self, code: &str) -> Option<&SchoolContact> {
        self.get(code).filter(|one| !one.retired)
    }

    /// The bell before which this one must have heard of what happened at `since`.
    //= Victims and Prisoners Act 2024, Operation Encompass: whoever is trained for it at the
    //= school hears before the next school day begins
    pub fn before(&self, contact: &SchoolContact, since: At) -> Result<Before, NoCalendar> {
        let terms = self.terms.iter().find(|one| one.authority == contact.authority);
        match terms.map(|terms| next_bell(since, terms)) {
            Some(Ok(bell)) => Ok(Before { bell, assumed: false }),
            // A calendar that ends must not cost a child the notice: the earliest day it can be.
            Some(Err(_)) | None => Ok(Before { bell: earliest(since)?, assumed: true }),
        }
    }

    /// Why this list cannot be used, if it cannot.
    pub fn fault(&self) -> Option<&'static str> {
        let plain = |code: &str| {
            !code.is_empty()
                && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        let mut codes: Vec<&str> = self.contacts.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        match () {
            () if self.version == 0 => Some("the version is at least 1"),
            () if !codes.iter().all(|code| plain(code)) => {
                Some("a code has small letters, digits and underscores")
            }
            () if codes.windows(2).any(|two| two[0] == two[1]) => Some("a code stands once"),
            () if self.contacts.iter().any(|one| one.title.trim().is_empty()) => {
                Some("every contact has a title")
            }
            () => None,
        }
    }
}

/// The first weekday morning after `since`, holiday or not.
fn earliest(since: At) -> Result<At, NoCalendar> {
    let bell = calendar::Bell::default();
    let mut day = calendar::civil_day(since);
    loop {
        let at = calendar::at_time(day, bell.hour, bell.minute)?;
        if at > since && day.weekday().to_monday_zero_offset() < 5 {
            return Ok(at);
        }
        day = day.tomorrow().map_err(|_| NoCalendar::OutOfRange)?;
    }
}
