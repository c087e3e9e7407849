//! The one list of capabilities, one line each, in the order of the journey.

use ui::Capability;

/// Every capability of the service.
pub(crate) fn all() -> Vec<Capability> {
    vec![
        access_web::capability(),
    ]
}
