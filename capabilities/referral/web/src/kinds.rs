//! The force's table of kinds, read once at the start: `data/kinds.toml` until it sets its own.

use referral::Kinds;
use std::sync::OnceLock;

/// The table that stands until a force sets its own.
const DEMONSTRATION: &str = include_str!("../../data/kinds.toml");

static TABLE: OnceLock<Kinds> = OnceLock::new();

/// A table that cannot be used, in words for whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the table of referral kinds cannot be used: {0}")]
pub struct KindsFault(String);

/// Reads a force's table; a fault names the line, or the kind and the field.
pub fn read(text: &str) -> Result<Kinds, KindsFault> {
    let kinds: Kinds = toml::from_str(text).map_err(|fault| KindsFault(fault.to_string()))?;
    kinds.check().map_err(|fault| KindsFault(fault.to_string()))?;
    Ok(kinds)
}

/// Our own table.
pub fn demonstration() -> Kinds {
    read(DEMONSTRATION).expect("a test reads our own table")
}

/// Sets the table of this process; the first one stands.
pub(crate) fn set(kinds: Kinds) {
    let _ = TABLE.set(kinds);
}

/// The table.
pub(crate) fn table() -> &'static Kinds {
    TABLE.get_or_init(demonstration)
}

/// A kind's name on the page; its code where the table knows it no more.
pub(crate) fn title(code: &str) -> String {
    table().get(code).map_or_else(|| code.to_owned(), |kind| kind.title.clone())
}
