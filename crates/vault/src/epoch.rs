//! An epoch: one retention class and the UTC day on which everything under it is forgotten.

use crate::VaultFault;
use kernel::Day;
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
            && class.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if !tidy {
            return Err(damaged());
        }
        let day = day.parse().map_err(|_| damaged())?;
        Ok(Self { class: class.into(), expires_on: Day(day) })
    }
}
