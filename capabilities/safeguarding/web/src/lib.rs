//! The front door of safeguarding: one panel beside the call, advice given and actions owed.

mod safeguarding;

#[cfg(test)]
mod tests;

use ::safeguarding::permit;
use kernel::Purpose;
use ui::{Access, Capability, Panel, Route};

const PAGES: ui::PageTemplates = ui::page_templates!("safeguarding": "safeguarding");
const READ: Access = Access::Staff(permit::READ, Purpose::Response);
const WRITE: Access = Access::Staff(permit::WRITE, Purpose::Response);

/// The capability.
pub fn capability() -> Capability {
    Capability {
        name: "safeguarding",
        routes: vec![
            Route::get("/incidents/{incident}/safeguarding", READ, safeguarding::get),
            Route::post("/incidents/{incident}/safeguarding", WRITE, safeguarding::post),
            Route::post("/incidents/{incident}/safeguarding/actions", WRITE, safeguarding::set),
            Route::post("/incidents/{incident}/safeguarding/done", WRITE, safeguarding::done),
            Route::post("/incidents/{incident}/safeguarding/dropped", WRITE, safeguarding::dropped),
        ],
        templates: Some(PAGES),
        permits: ::safeguarding::PERMITS,
        panels: vec![Panel {
            noun: "safeguarding",
            title: "safeguarding-title",
            key: "f",
            order: 30,
        }],
        ..Default::default()
    }
}
