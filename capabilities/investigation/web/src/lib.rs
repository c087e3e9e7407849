//! The front door of investigation: one panel beside the call, the first account and whether it
//! is a crime.

mod investigation;

#[cfg(test)]
mod tests;

use ::investigation::permit;
use kernel::Purpose;
use ui::{Access, Capability, Panel, Route};

const PAGES: ui::PageTemplates = ui::page_templates!("investigation": "investigation");
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const RECORD: Access = Access::Staff(permit::RECORD, Purpose::Response);

/// The capability.
pub fn capability() -> Capability {
    Capability {
        name: "investigation",
        routes: vec![
            Route::get("/incidents/{incident}/investigation", READ, investigation::get),
            Route::post("/incidents/{incident}/investigation", RECORD, investigation::post),
            Route::post("/incidents/{incident}/investigation/crime", RECORD, investigation::crime),
        ],
        templates: Some(PAGES),
        permits: ::investigation::PERMITS,
        panels: vec![Panel {
            noun: "investigation",
            title: "investigation-title",
            key: "a",
            order: 10,
        }],
        ..Default::default()
    }
}
