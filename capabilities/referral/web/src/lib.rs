//! The front door of referral: one panel beside the call, and the list behind it.

mod referral;
mod referral_list;

#[cfg(test)]
mod tests;

use ::referral::permit;
use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, Capability, Panel, Route};

const PAGES: ui::PageTemplates = ui::page_templates!("referral": "referral");
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const WRITE: Access = Access::Staff(permit::WRITE, Purpose::Response);

/// The capability.
pub fn capability() -> Capability {
    Capability {
        name: "referral",
        routes: vec![
            Route::get("/incidents/{incident}/referral", READ, referral::get),
            Route::post("/incidents/{incident}/referral", WRITE, referral::post),
            Route::post("/incidents/{incident}/referral/withdrawn", WRITE, referral::withdrawn),
        ],
        templates: Some(PAGES),
        permits: ::referral::PERMITS,
        parts: Parts { models: vec![Arc::new(referral_list::List)], ..Default::default() },
        panels: vec![Panel { noun: "referral", title: "referral-title", key: "e", order: 40 }],
        ..Default::default()
    }
}
