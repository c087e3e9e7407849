//! The front door of perpetrator: its pages, read models and reactions. It never leads to
//! another capability's pages.

use ui::Capability;

/// What the roof knows of it.
pub fn capability() -> Capability {
    Capability { name: "perpetrator", permits: perpetrator::permit::ROWS, ..Capability::default() }
}
