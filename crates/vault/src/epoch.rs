//! An epoch: one retention class and the UTC day on which everything under it is forgotten.

use crate::VaultFault;
use kernel::{At, Day};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Names one epoch's key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Epoch {
    /// The retention class's stored name: lower case and hyphens.
    pub class: String,
    /// The day at whose start everything under this epoch expires.
    pub expires_on: Day,
}

/// What the class of a hold's own epoch begins with; the hold's id follows.
const HOLD: &str = "hold-";

impl Epoch {
    /// The epoch of a class and a day.
    pub fn of(class: &str, expires_on: Day) -> Self {
        Self { class: class.to_owned(), expires_on }
    }

    /// The epoch of one hold: no day ends it, only its own end does.
    pub fn hold(id: u128) -> Self {
        Self { class: format!("{HOLD}{id:032x}"), expires_on: Day(i32::MAX) }
    }

    /// Whether it is a hold's.
    pub fn is_hold(&self) -> bool {
        self.class.starts_with(HOLD)
    }

    /// Whether its day has come at `now`.
    pub fn is_over(&self, now: At) -> bool {
        self.expires_on.start() <= now
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.class, self.expires_on.0)
    }
}

impl FromStr for Epoch {
    type Err = VaultFault;

    fn from_str(text: &str) -> Result<Self, VaultFault> {
        let damaged = || VaultFault::Damaged("epoch name".into());
        let (class, day) = text.rsplit_once('.').ok_or_else(damaged)?;
        let tidy = !class.is_empty()
            && class.len() <= 40
            && class.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !tidy {
            return Err(damaged());
        }
        let day = day.parse().map_err(|_| damaged())?;
        Ok(Self { class: class.into(), expires_on: Day(day) })
    }
}
