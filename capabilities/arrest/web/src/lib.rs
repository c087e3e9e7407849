//! The front door of arrest: one panel beside the call, and the list behind it.

mod arrest;
mod arrest_list;

#[cfg(test)]
mod tests;

use ::arrest::permit;
use engine::Parts;
use kernel::Purpose;
use std::sync::Arc;
use ui::{Access, Capability, Panel, Route};

const PAGES: ui::PageTemplates = ui::page_templates!("arrest": "arrest");
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const WRITE: Access = Access::Staff(permit::WRITE, Purpose::Response);

/// The capability.
pub fn capability() -> Capability {
    Capability {
        name: "arrest",
        routes: vec![
            Route::get("/incidents/{incident}/arrest", READ, arrest::get),
            Route::post("/incidents/{incident}/arrest", WRITE, arrest::post),
            Route::post("/incidents/{incident}/arrest/withdrawn", WRITE, arrest::withdrawn),
        ],
        templates: Some(PAGES),
        permits: ::arrest::PERMITS,
        parts: Parts { models: vec![Arc::new(arrest_list::List)], ..Default::default() },
        panels: vec![Panel { noun: "arrest", title: "arrest-title", key: "t", order: 50 }],
        ..Default::default()
    }
}
