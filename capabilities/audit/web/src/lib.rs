//! The front door of audit: the trail of who consulted what and why.

mod entries;
#[cfg(test)]
mod tests;
mod trail;

use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, Capability, NavItem, Route};

const PAGES: ui::PageTemplates = ui::page_templates!("audit": "trail");
const READ_OWN: Access = Access::Staff(audit::permit::READ_OWN, Purpose::Audit);
const READ: Access = Access::Staff(audit::permit::READ, Purpose::Audit);

/// The capability.
pub fn capability() -> Capability {
    Capability {
        name: "audit",
        routes: vec![
            Route::get("/trail", READ, trail::get),
            Route::get("/trail.csv", READ, trail::csv),
            Route::get("/trail/mine", READ_OWN, trail::mine),
        ],
        templates: Some(PAGES),
        permits: audit::PERMITS,
        parts: Parts { models: vec![Arc::new(entries::Entries)], ..Default::default() },
        nav: vec![
            NavItem {
                label: "audit-mine",
                href: "/trail/mine",
                action: audit::permit::READ_OWN,
                purpose: Purpose::Audit,
                key: "m",
                order: 90,
            },
            NavItem {
                label: "audit-nav",
                href: "/trail",
                action: audit::permit::READ,
                purpose: Purpose::Audit,
                key: "t",
                order: 80,
            },
        ],
        ..Default::default()
    }
}
